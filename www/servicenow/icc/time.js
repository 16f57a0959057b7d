// @ts-check

/**
 * A time as ICC wants it, such as `"Wed, 17 Dec 2025 05:23:41 GMT"` (ServiceNow's documentation of `setICContext`).
 *
 * @param {number} ms since 1970
 */
export const utc = (ms) => new Date(ms).toUTCString();

// @ts-check
// How large a context is for OpenFrame. Its library 1.0.2 refused messages over 4400 characters; whether today's has a limit is
// not known, so this warns, and nothing is held back because of it.

/** In characters (openFrameAPI 1.0.2). */
export const sizeLimit = 4_400;

/**
 * In characters of JSON, as the library sends it.
 *
 * @param {{ type: string, context: unknown }} order
 */
export const sizeOf = ({ type, context }) =>
  JSON.stringify({ type, context }).length;

/**
 * A warning for the administrator, if this may be too long.
 *
 * @param {{ type: string, context: unknown }} order
 */
export function sizeWarning(order) {
  const size = sizeOf(order);
  return size > sizeLimit
    ? `The context ${order.type} has ${size} characters. Older OpenFrame libraries refuse more than ${sizeLimit}; watch for openframe_communication_failure, and update OpenFrame if it comes.`
    : undefined;
}

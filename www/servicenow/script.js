// @ts-check

/**
 * Loads a classic script.
 *
 * @param {string} src
 * @returns {Promise<boolean>} whether it has loaded
 */
export function loadScript(src) {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = src;
    script.addEventListener("load", () => resolve(true));
    script.addEventListener("error", () => resolve(false));
    document.head.append(script);
  });
}

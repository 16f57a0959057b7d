// @ts-check
/**
 * Copies a text. Where the browser does not let pages do that, a copy of a selection may still work.
 *
 * @param {string} text
 * @returns {Promise<boolean>} whether it did
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus();
    return copied;
  }
}

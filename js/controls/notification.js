// @ts-check

/** Whether this page may notify; `missing`: the browser has no notifications. */
export function permission() {
  return typeof Notification === "undefined"
    ? "missing"
    : Notification.permission;
}

/** Asks the agent; to be called in a click. */
export async function askPermission() {
  if (typeof Notification !== "undefined")
    await Notification.requestPermission();
}

/** Notifications about offered contacts, while the page is hidden. */
export class Notices {
  /** @type {Map<string, Notification>} */
  #open = new Map();

  /**
   * @param {string} id of the contact
   * @param {string} title
   * @param {string} body
   * @param {() => void} clicked
   */
  show(id, title, body, clicked) {
    if (!document.hidden || permission() !== "granted") return;
    try {
      const notice = new Notification(title, {
        body,
        tag: `connect-softphone ${id}`,
        requireInteraction: true,
      });
      notice.onclick = () => {
        window.focus();
        notice.close();
        clicked();
      };
      this.#open.set(id, notice);
    } catch {
      // Chrome on Android has notifications in service workers only.
    }
  }

  /** @param {string} id */
  close(id) {
    this.#open.get(id)?.close();
    this.#open.delete(id);
  }

  closeAll() {
    for (const id of [...this.#open.keys()]) this.close(id);
  }
}

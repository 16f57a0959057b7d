// @ts-check
import { button, element, found } from "./dom.js";

/** The OpenFrame window: its iframe, its header, its size. */
export class FrameWindow {
  /** @type {HTMLIFrameElement | undefined} */
  iframe;
  /** What the user does to the window, as an event of openFrameAPI. @type {(event: string, payload: unknown) => void} */
  onUserAction = () => {};

  #config;
  #options;
  #window = found("#openframe");
  #phone = found("#phone");
  #mode = found("#mode");

  /**
   * @param {any} config the OpenFrame configuration, if the user has one
   * @param {{ sandbox: string | null, allow: string, openAtStart: boolean }} options
   */
  constructor(config, options) {
    this.#config = config;
    this.#options = options;
  }

  /** Loads the frame. */
  start() {
    const config = this.#config;
    if (!config) {
      found("#controls-state").textContent =
        "This user has no OpenFrame configuration.";
      return;
    }
    const { sandbox, allow, openAtStart } = this.#options;
    this.#size(Number(config.width) || 350, Number(config.height) || 500);
    this.#text("#title", config.title ?? "");
    this.#text("#subtitle", config.subtitle ?? "");
    const iframe = element("iframe", {
      name: "gsft_openframe",
      title: config.title || "OpenFrame",
      ...(allow && { allow }),
      ...(sandbox !== null && {
        sandbox: sandbox.replaceAll(/[\s,]+/g, " ").trim(),
      }),
    });
    iframe.src = config.url;
    this.iframe = iframe;
    found("#frame").append(iframe);
    this.#phone.addEventListener("click", () =>
      this.#visible(this.#window.hidden === true, true),
    );
    found("#close").addEventListener("click", () => this.#visible(false, true));
    this.#mode.addEventListener("click", () => {
      const mode =
        this.#window.dataset.mode === "collapse" ? "expand" : "collapse";
      this.#setMode(mode);
    });
    this.#setMode("expand", false);
    if (openAtStart) this.#visible(true);
  }

  /** What `init` asks for. @param {any} payload */
  init({ width, height, title, subTitle, titleIcon, allow }) {
    if (width || height)
      this.#size(width ?? this.#width, height ?? this.#height);
    if (title !== undefined) this.#text("#title", title);
    if (subTitle !== undefined) this.#text("#subtitle", subTitle);
    if (titleIcon) this.#titleIcon(titleIcon);
    if (allow && this.iframe) this.iframe.allow = allow;
  }

  /**
   * @param {string} method of openFrameAPI
   * @param {any} payload
   * @returns {unknown}
   */
  request(method, payload) {
    if (method === "isVisible") return !this.#window.hidden;
    if (method === "show") return this.#visible(true);
    if (method === "hide") return this.#visible(false);
    if (method === "showIframe") return this.showNative(false);
    if (method === "hideIframe") return this.showNative(true);
    if (method === "setTitle") return this.#text("#title", payload);
    if (method === "setSubtitle") return this.#text("#subtitle", payload);
    if (method === "setSize") return this.#size(payload.width, payload.height);
    if (method === "setWidth") return this.#size(payload, this.#height);
    if (method === "setHeight") return this.#size(this.#width, payload);
    if (method === "setFrameMode") return this.#setMode(payload);
    if (method === "setTitleIcon") return this.#titleIcon(payload);
    if (method === "setIcons") return this.#icons(payload);
    return undefined;
  }

  /** Whether ServiceNow's own controls are shown instead of the frame. @param {boolean} native */
  showNative(native) {
    found("#dial-pad").hidden = !native;
    found("#frame").hidden = native;
  }

  #width = 0;
  #height = 0;

  /** At most 75 % of the window (read in source). @param {number} width @param {number} height */
  #size(width, height) {
    this.#width = width;
    this.#height = height;
    const most = (/** @type {number} */ all) => Math.floor(all * 0.75);
    this.#window.style.width = `${Math.min(width, most(innerWidth))}px`;
    this.#window.style.height = `${Math.min(height, most(innerHeight))}px`;
    this.#dock();
  }

  /** Keeps the rest of the page clear of the window, which a real one floats over. */
  #dock() {
    const { hidden, style } = this.#window;
    document.body.style.setProperty(
      "--openframe",
      hidden ? "0px" : style.width,
    );
  }

  /** @param {boolean} visible @param {boolean} [byUser] */
  #visible(visible, byUser = false) {
    if (this.#window.hidden === !visible) return;
    this.#window.hidden = !visible;
    this.#dock();
    this.#phone.setAttribute("aria-expanded", String(visible));
    this.onUserAction(visible ? "openframe_shown" : "openframe_hidden", {});
    if (byUser && visible) this.#mode.focus();
  }

  /** @param {string} mode @param {boolean} [told] */
  #setMode(mode, told = true) {
    this.#window.dataset.mode = mode;
    this.#mode.textContent = mode === "collapse" ? "Expand" : "Collapse";
    if (told) this.onUserAction(`openframe_${mode}`, {});
  }

  /** @param {string} selector @param {string} text */
  #text(selector, text) {
    found(selector, this.#window).textContent = text;
  }

  /** @param {any} icon */
  #titleIcon(icon) {
    const image = /** @type {HTMLImageElement} */ (found("#title-icon"));
    image.src = icon.imageURL;
    image.alt = icon.imageTitle;
    image.hidden = false;
    image.onclick = () =>
      this.onUserAction("openframe_title_icon_clicked", icon);
  }

  /** @param {any[]} icons */
  #icons(icons) {
    const buttons = icons.map((icon) =>
      button(
        icon.imageTitle,
        () => this.onUserAction("openframe_icon_clicked", icon),
        { class: "second" },
      ),
    );
    found("#icons").replaceChildren(...buttons);
  }
}

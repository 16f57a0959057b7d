// @ts-check

/**
 * The box inside the host's container: it holds the CCP's frame, and over it a cover that says what is
 * going on until the phone is ready.
 *
 * Nothing here needs `style-src 'unsafe-inline'`: styles are set through the CSSOM.
 */
export class Panel {
  #container;
  #box = document.createElement("div");
  #cover = document.createElement("div");
  #text = document.createElement("p");
  #button = document.createElement("button");
  /** What the cover says, at once or soon. */
  #said = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} there while the cover is blank for its first moments */
  #blank;
  /** The CCP's frame, as it was last seen here. @type {HTMLIFrameElement | undefined} */
  #ccp;
  /**
   * The frame that shows without a cover. `hide` is called at every snapshot, and asking for the focus lays out the page.
   *
   * @type {HTMLIFrameElement | null | undefined}
   */
  #shown;
  /** How often the cover alone was put back. */
  #kept = 0;

  /**
   * @param {HTMLElement} container
   * @param {boolean} hidden whether Amazon's panel stays out of sight (`controls: "icc"`)
   * @param {boolean} prompt whether the cover is shown at all
   * @param {() => void} signIn what the button does, inside the click
   */
  constructor(container, hidden, prompt, signIn) {
    this.#container = container;
    this.hidden = hidden;
    this.prompt = prompt;
    this.#box.className = "connect-softphone";
    Object.assign(this.#box.style, {
      position: "relative",
      // A strip pushes the CCP down, which has controls at its top, by a height that changes with the window's width.
      display: hidden ? "" : "flex",
      flexDirection: "column",
      width: "100%",
      height: "100%",
      // Amazon's panel needs this much (Amazon Connect Administrator Guide, "Embed the CCP").
      minHeight: hidden ? "" : "465px",
    });
    this.#cover.className = "connect-softphone-cover";
    this.#cover.hidden = true;
    this.#text.part.add("text");
    this.#text.setAttribute("role", "status");
    this.#text.tabIndex = -1;
    this.#button.part.add("button");
    this.#button.type = "button";
    this.#button.addEventListener("click", signIn);
    const root = this.#cover.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE + (hidden ? INLINE : OVERLAY) + STRIP);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#text, this.#button);
    this.putBack();
  }

  /** Puts everything where it belongs, after somebody took it away. */
  putBack() {
    if (this.prompt && this.#cover.parentNode !== this.#box)
      this.#box.prepend(this.#cover);
    if (!this.#container.contains(this.#box)) this.#container.append(this.#box);
  }

  /** Puts a cover back that alone was taken away, which nobody has to hear of; but does not fight for it. */
  keepCover() {
    const lost = this.prompt && this.#cover.parentNode !== this.#box;
    if (lost && this.#kept++ < 10) this.#box.prepend(this.#cover);
  }

  /** Whether the box is in the container, and the CCP's frame in the box. */
  get isWhole() {
    this.#ccp = this.#frame ?? this.#ccp;
    return (
      this.#container.contains(this.#box) &&
      (!this.#ccp || this.#box.contains(this.#ccp) || isClosed(this.#ccp))
    );
  }

  /** Where Streams puts the CCP's frame. */
  get holder() {
    return this.#box;
  }

  /**
   * Shows a sentence, and a button if it has a label. Meanwhile the CCP's frame is hidden, because it may
   * show a login page, which cannot work in a frame. Without `covers` it stays visible below: a call may
   * be going on in it.
   *
   * A cover without a button stays blank for its first moments: where the phone is ready at once, a sentence
   * would only flash, and a page's first text delays its start.
   *
   * @param {string} text
   * @param {string | undefined} label
   * @param {boolean} covers
   * @param {boolean} [reveals] whether the agent has something to do in the frame, which shows even if Amazon's panel stays
   *   out of sight
   * @param {number} [time] what `{time}` in the text stands for, in milliseconds since 1970
   */
  show(text, label, covers, reveals = false, time = undefined) {
    this.#shown = undefined;
    if (time !== undefined) {
      const clock = new Date(time).toLocaleTimeString([], {
        timeStyle: "short",
      });
      text = text.replace("{time}", clock.replaceAll(" ", "\u00a0"));
    }
    this.#say(text, covers && label === undefined);
    // Keep the keyboard's focus in the cover when its button disappears.
    if (label === undefined && this.#focused === this.#button)
      this.#text.focus();
    this.#button.hidden = label === undefined;
    if (label !== undefined) this.#button.textContent = label;
    // Without Amazon's panel there is nothing to cover, and an empty box would only move the host's own.
    this.#cover.hidden = this.hidden && this.#blank !== undefined;
    this.#cover.classList.toggle("connect-softphone-strip", !covers);
    this.#reveal(!covers, reveals);
  }

  /** Shows the CCP. */
  hide() {
    if (this.#shown && this.#box.contains(this.#shown)) return;
    const frame = (this.#shown = this.#frame);
    const hadFocus = this.#focused;
    this.#say("", false);
    this.#cover.hidden = true;
    this.#reveal(true);
    // What had the keyboard's focus is hidden now; the phone has taken its place.
    if (hadFocus && !this.hidden) frame?.focus();
  }

  /** Takes everything out of the container. */
  close() {
    clearTimeout(this.#blank);
    this.#box.remove();
  }

  /**
   * Takes the frames out, and says what is wrong where they were.
   *
   * @param {string} text
   */
  fail(text) {
    for (const frame of this.#box.querySelectorAll("iframe")) frame.remove();
    this.show(text, undefined, true);
    this.#write();
    this.#cover.hidden = false;
  }

  /**
   * @param {string} text
   * @param {boolean} soon whether a blank cover may stay blank for a moment
   */
  #say(text, soon) {
    if (soon && text !== this.#said && this.#said === "")
      this.#blank = setTimeout(() => {
        this.#write();
        this.#cover.hidden = false;
      }, BLANK_MS);
    this.#said = text;
    if (!soon || !this.#blank) this.#write();
  }

  #write() {
    clearTimeout(this.#blank);
    this.#blank = undefined;
    // A screen reader announces every write, so the same sentence is not written twice.
    if (this.#text.textContent !== this.#said)
      this.#text.textContent = this.#said;
  }

  /** What has the keyboard's focus in the cover. */
  get #focused() {
    return this.#cover.shadowRoot?.activeElement;
  }

  get #frame() {
    return /** @type {HTMLIFrameElement | null} */ (
      this.#box.querySelector(CCP)
    );
  }

  /**
   * @param {boolean} visible
   * @param {boolean} [always] even if Amazon's panel stays out of sight
   */
  #reveal(visible, always = false) {
    const frame = this.#frame;
    if (!frame) return;
    const style = frame.style;
    style.border = "0";
    if (this.hidden && always) {
      Object.assign(style, {
        position: "static",
        width: "100%",
        height: "320px",
        opacity: "",
        pointerEvents: "",
      });
      frame.tabIndex = 0;
      frame.removeAttribute("aria-hidden");
    } else if (this.hidden) {
      // Not display: none: a frame without a box may be throttled, and the phone lives in it.
      Object.assign(style, {
        position: "absolute",
        width: "1px",
        height: "1px",
        opacity: "0",
        pointerEvents: "none",
      });
      frame.tabIndex = -1;
      frame.setAttribute("aria-hidden", "true");
    } else {
      // All of the box that a strip leaves; Streams gives the frame its size in percent of the box.
      style.flex = "1 1 0px";
      style.minHeight = "0";
      style.visibility = visible ? "" : "hidden";
    }
  }
}

/**
 * Whether the phone itself has taken the frame away (ending.js).
 *
 * @param {HTMLIFrameElement} frame
 */
function isClosed(frame) {
  return frame.dataset.softphone === "closed";
}

/** Streams 2.28.2, `CCP_IFRAME_NAME`. */
const CCP = 'iframe[name="Amazon Connect CCP"]';

/** Most warm starts are over by then. */
const BLANK_MS = 400;

const STYLE = `
  :host { box-sizing: border-box; color-scheme: inherit;
    font: 1rem/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
  :host([hidden]) { display: none; }
  p { margin: 0; max-width: 26em; text-wrap: balance; }
  p:focus { outline: none; }
  button { font: inherit; font-weight: 600; padding: .6em 1.4em; border: 0; border-radius: .5em;
    color: #fff; background: #1d5fd1; cursor: pointer; }
  button:hover { background: #174ea8; }
  button:focus-visible { outline: 3px solid CanvasText; outline-offset: 3px; }
  button[hidden] { display: none; }
  @media (forced-colors: active) { button { border: 1px solid ButtonText; color: ButtonText;
    background: ButtonFace; } }
`;
const OVERLAY = `
  :host { position: absolute; inset: 0; padding: 1.5rem; display: flex; flex-direction: column;
    gap: 1.25rem; align-items: center; justify-content: center; text-align: center; z-index: 1; }
`;
const INLINE = `
  :host { padding: .75rem; display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
`;
const STRIP = `
  :host(.connect-softphone-strip) { position: relative; inset: auto; flex: none; padding: .7rem 1rem;
    flex-flow: row wrap; gap: .75rem 1rem; justify-content: space-between; text-align: start;
    border-inline-start: .35rem solid #c77700;
    border-block-end: 1px solid color-mix(in srgb, currentColor 25%, transparent); box-shadow: 0 1px 6px rgb(0 0 0 / .35); }
  :host(.connect-softphone-strip) p { flex: 1 1 15em; text-wrap: pretty; }
`;

// @ts-check
/**
 * ServiceNow's end of the line to openFrameAPI (see open-frame-double/line.js).
 */
export class TopFrame {
  #frame;
  #config;
  #request;
  /** How many more requests to begin are not answered. */
  #ignored;

  /**
   * @param {import("./frame-window.js").FrameWindow} frame
   * @param {any} config
   * @param {{ request(method: string, payload: any): unknown }} workspace
   */
  constructor(frame, config, { request }) {
    this.#frame = frame;
    this.#config = config;
    this.#request = request;
    this.#ignored = config.openFrame.initsIgnored;
    // Where a message comes from is not checked (read in source).
    addEventListener("message", ({ data, source }) => {
      const message = parsed(data);
      if (message?.eventName === "openframe_request" && source)
        this.#heard(message.args, /** @type {Window} */ (source));
    });
  }

  /** Sends an event to the frame. @param {string} method @param {unknown} payload */
  send(method, payload) {
    const { contentWindow } = this.#frame.iframe ?? {};
    if (contentWindow)
      post(contentWindow, "openframe_request", { method, payload });
  }

  /** @param {{ id: number, method: string, payload: any }} args @param {Window} source */
  async #heard({ id, method, payload }, source) {
    const respond = (
      /** @type {boolean} */ isSuccess,
      /** @type {unknown} */ result,
    ) =>
      post(source, "openframe_response", {
        isSuccess,
        context: { id, result },
      });
    if (method === "openframe_init") {
      if (this.#ignored-- > 0) return;
      this.#frame.init(payload ?? {});
      return respond(true, { topDomain: location.origin });
    }
    if (method === "openframe_get_config") return respond(true, this.#answer());
    try {
      respond(true, await this.#request(method, payload));
    } catch (error) {
      respond(false, error instanceof Error ? error.message : error);
    }
  }

  /** What `init` succeeds with: the names of its fields are not published. */
  #answer() {
    const { frame } = this.#config;
    return {
      sys_id: frame.sys_id,
      name: frame.name,
      title: frame.title,
      subtitle: frame.subtitle,
      url: frame.url,
      width: Number(frame.width),
      height: Number(frame.height),
      configuration: frame.configuration ?? "",
      show_presence_indicator: frame.show_presence_indicator === "true",
      instance_url: location.origin,
    };
  }
}

/** @param {Window} target @param {string} eventName @param {unknown} args */
function post(target, eventName, args) {
  // A frame in a sandbox has no origin that could be named.
  target.postMessage(
    JSON.stringify({ type: "NOW.PostMessage", eventName, args }),
    "*",
  );
}

/** @param {unknown} data */
function parsed(data) {
  if (typeof data !== "string") return undefined;
  try {
    const message = JSON.parse(data);
    return message?.type === "NOW.PostMessage" ? message : undefined;
  } catch {
    return undefined; // Not ours.
  }
}

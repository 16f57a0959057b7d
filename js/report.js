// @ts-check

/**
 * The text of `phone.report()`. Everything in it comes from what the core keeps, which holds no
 * token, name or number; addresses are cut to their origin.
 *
 * @param {any} outline of the configuration
 * @param {any} status
 * @param {string} audio
 * @param {any[]} timeline
 */
export function report(outline, status, audio, timeline) {
  const time = (/** @type {number} */ ms) => new Date(ms).toISOString();
  const { phase, sinceMs, way, error, session } = status;
  const [first] = timeline;
  const lines = [
    ...Object.entries(outline).map(([name, value]) => `${name}: ${value}`),
    `page: ${location.origin}${window === top ? "" : ", in a frame"}`,
    `browser: ${navigator.userAgent}`,
    `network: ${navigator.onLine ? "there" : "none"}`,
    `status: ${phase} since ${time(sinceMs)}${way ? ` by ${way}` : ""}`,
    `audio: ${audio}`,
    session && `session: ends ${time(session.endsAtMs)}`,
    error && `error: ${error.code}\n  ${error.message}\n  ${error.remedy}`,
    `timeline from ${time(first?.atMs ?? sinceMs)}:`,
    ...timeline.map(({ atMs, what, ...more }) => {
      const at = ((atMs - first.atMs) / 1000).toFixed(3).padStart(10);
      return `${at} s  ${[what, ...Object.values(more)].join(" ")}`;
    }),
  ];
  return `${lines.filter(Boolean).join("\n")}\n`;
}

// @ts-check

/**
 * What keeps Streams from making a CCP on this page; what an earlier softphone has left behind is removed first.
 *
 * @param {any} connect
 * @returns {{ created: boolean, origin: string } | undefined} whether a call created it, and the origin of its frame, if it
 *   has one
 */
export function inTheWay(connect) {
  const frames = [...document.getElementsByTagName("iframe")].filter(
    ({ name }) => name === NAME,
  );
  const others = frames.filter((frame) => !isLeftOver(frame));
  for (const frame of frames) if (!others.includes(frame)) frame.remove();
  // Streams' own sign of a CCP (2.28.2, connect-streams.js, `initCCP`).
  const created = Boolean(connect.core.initialized || connect.core.upstream);
  if (!created && !others.length) return;
  const url = others[0]?.src ?? connect.initCCPParams?.ccpUrl;
  const origin = /^https?:\/\/[^/]+/.exec(url)?.[0] ?? "";
  return { created, origin };
}

/**
 * The instance that the page's provider for Amazon's SDK belongs to. Streams makes one a page, and keeps it (2.28.2,
 * `AmazonConnectStreamsSite.init`).
 *
 * @param {any} connect
 * @returns {string | undefined} its origin
 */
export function providerOf(connect) {
  try {
    const { provider, isStreamsProvider, isACGREnabled } =
      connect.core._amazonConnectProviderData;
    if (isStreamsProvider && !isACGREnabled) return provider.config.instanceUrl;
  } catch {
    // None so far.
  }
}

/**
 * Whether a softphone that is closed, or has crashed, has not taken the frame along. Another copy of this module may have one
 * that works.
 *
 * @param {Element} frame
 */
function isLeftOver(frame) {
  if (!frame.closest(".connect-softphone")) return false;
  const container = frame.closest("[data-softphone-phase]");
  if (!(container instanceof HTMLElement)) return true;
  const { softphonePhase, softphoneError } = container.dataset;
  return softphonePhase === "closed" || softphoneError === "MODULE_CRASHED";
}

/** Streams 2.28.2, `CCP_IFRAME_NAME`. */
const NAME = "Amazon Connect CCP";

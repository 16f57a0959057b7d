// @ts-check
/**
 * The two pages that are compared. Both load the same Streams by the same tag and send the two times to `/bench/report`
 * once the agent is there, in milliseconds since the page's start (`performance.now()`).
 *
 * @typedef {object} Report
 * @property {number} openedAt just before the open call
 * @property {number} readyAt
 * @property {string} [way] by which the softphone signed in
 */

/**
 * A page as Streams' README shows it (2.28.2, "connect.core.initCCP()"), with single sign-on.
 *
 * @param {{ ccp: string, ssoLogin: string }} urls
 */
export function rawPage({ ccp, ssoLogin }) {
  const config = {
    ccpUrl: ccp,
    loginPopup: true,
    loginUrl: ssoLogin,
    loginPopupAutoClose: true,
    softphone: { allowFramedSoftphone: true },
  };
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Plain Streams</title>
    <link rel="icon" href="data:," />
    <script src="/connect-streams-min.js"></script>
  </head>
  <body onload="init()">
    <div id="container-div" style="width: 400px; height: 800px"></div>
    <script>
      function init() {
        const openedAt = performance.now();
        connect.core.initCCP(document.getElementById("container-div"), ${inScript(config)});
        connect.agent(() => report({ openedAt, readyAt: performance.now() }));
      }
      ${REPORT}
    </script>
  </body>
</html>
`;
}

/**
 * A page as our README shows it, with what the page needs next named in its head.
 *
 * @param {{ instance: string, ssoLogin: string }} urls
 * @param {object} [signIn] `config.signIn`
 */
export function ourPage({ instance, ssoLogin }, signIn) {
  const config = { instanceUrl: instance, ssoLoginUrl: ssoLogin, signIn };
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Softphone</title>
    <link rel="icon" href="data:," />
    <link rel="modulepreload" href="/softphone/index.js" />
    <link rel="preload" href="/softphone/connect_softphone_bg.wasm" as="fetch" type="application/wasm" crossorigin />
    <script src="/connect-streams-min.js"></script>
  </head>
  <body>
    <div id="softphone" style="width: 400px; height: 800px"></div>
    <script type="module">
      import { openSoftphone } from "/softphone/index.js";
      const openedAt = performance.now();
      const phone = await openSoftphone(document.getElementById("softphone"), ${inScript(config)});
      await phone.ready;
      report({ openedAt, readyAt: performance.now(), way: phone.status.way });
      ${REPORT}
    </script>
  </body>
</html>
`;
}

/** @param {object} value */
function inScript(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

const REPORT = `function report(times) {
        navigator.sendBeacon("/bench/report" + location.search, JSON.stringify(times));
      }`;

// @ts-check
import { readFileSync } from "node:fs";

/**
 * The pages that are compared, plain Streams' and ours each as its own README shows it. All load the same Streams. Once the
 * agent's data has arrived, each becomes Available and takes the call that waits in the queue. Then it sends its times to
 * `/bench/report`, in milliseconds since the page's start (`performance.now()`).
 *
 * @typedef {object} Report
 * @property {number} openedAt just before the open call
 * @property {number} readyAt when the agent's data had arrived
 * @property {number} takenAt when the call was connected
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
        connect.agent(() => take({ openedAt, readyAt: performance.now() }));
      }
      ${TAKE}
    </script>
  </body>
</html>
`;
}

/**
 * What a page could do at best for which somebody wrote all of this by hand: it opens the SSO Login URL in a hidden frame
 * before anything else, led to a page of its own that says when it is there, and calls `initCCP` then. It knows that there is no
 * session yet, that the frame will work, and nothing else.
 *
 * @param {{ ccp: string, ssoLogin: string }} urls `ssoLogin` leads to {@link backPage}
 */
export function idealPage({ ccp, ssoLogin }) {
  const config = {
    ccpUrl: ccp,
    loginPopup: false,
    softphone: { allowFramedSoftphone: true },
  };
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>By hand</title>
    <link rel="icon" href="data:," />
    <script>
      const openedAt = performance.now();
      const back = new Promise((resolve) => addEventListener("message", ({ data }) => data === "back" && resolve()));
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.src = ${inScript(ssoLogin)};
      document.documentElement.append(frame);
    </script>
    <script src="/connect-streams-min.js"></script>
  </head>
  <body>
    <div id="container-div" style="width: 400px; height: 800px"></div>
    <script>
      back.then(() => {
        connect.core.initCCP(document.getElementById("container-div"), ${inScript(config)});
        connect.agent(() => take({ openedAt, readyAt: performance.now() }));
      });
      ${TAKE}
    </script>
  </body>
</html>
`;
}

/** Where the frame of {@link idealPage} ends. */
export const backPage = `<!doctype html>
<title>Back</title>
<script>
  parent.postMessage("back", origin);
</script>
`;

/**
 * The page in our README, taken from there, with the lab's addresses.
 *
 * @param {{ instance: string, ssoLogin: string }} urls
 * @param {object} [signIn] `config.signIn`
 */
export function ourPage({ instance, ssoLogin }, signIn) {
  const config = { instanceUrl: instance, ssoLoginUrl: ssoLogin, signIn };
  const readme = readFileSync(
    new URL("../../README.md", import.meta.url),
    "utf8",
  );
  const page = /^```html\n(.*?)^```/ms.exec(readme)?.[1] ?? "";
  const opening = `openSoftphone(document.getElementById("softphone"), ${inScript(config)});`;
  return replaced(page, [
    [/<head>/, (head) => `${head}\n    <link rel="icon" href="data:," />`],
    [
      /const phone = await openSoftphone\(.*?\}\);/s,
      () =>
        `const openedAt = performance.now();\n      const phone = await ${opening}`,
    ],
    [
      /await phone\.ready;/,
      (ready) =>
        `${ready}\n      take({ openedAt, readyAt: performance.now(), way: phone.status.way });`,
    ],
    [/ +<\/script>\s*<\/body>/, (end) => `      ${TAKE}\n${end}`],
  ]);
}

/**
 * @param {string} text
 * @param {[RegExp, (match: string) => string][]} replacements
 * @throws {Error} if one matches nothing, because the README's page has changed
 */
function replaced(text, replacements) {
  return replacements.reduce((changed, [pattern, replacement]) => {
    if (!pattern.test(changed))
      throw new Error(`the page in README.md has no ${pattern.source}`);
    return changed.replace(pattern, replacement);
  }, text);
}

/** @param {unknown} value */
function inScript(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** By Streams' own objects on every page, so that it costs every page the same. */
const TAKE = `function take(times) {
        connect.contact((contact) => {
          contact.onConnecting(() => contact.accept());
          contact.onConnected(() => report({ ...times, takenAt: performance.now() }));
        });
        connect.agent((agent) => agent.setState(agent.getAgentStates().find(({ type }) => type === "routable")));
      }
      function report(times) {
        navigator.sendBeacon("/bench/report" + location.search, JSON.stringify(times));
      }`;

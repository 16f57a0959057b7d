// @ts-check
import { readFileSync } from "node:fs";

/**
 * The two pages that are compared, each as its own README shows it. Both load the same Streams. Once the agent's data has
 * arrived, each sends two times to `/bench/report`, in milliseconds since the page's start (`performance.now()`).
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
        `${ready}\n      report({ openedAt, readyAt: performance.now(), way: phone.status.way });`,
    ],
    [/ +<\/script>\s*<\/body>/, (end) => `      ${REPORT}\n${end}`],
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

/** @param {object} value */
function inScript(value) {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

const REPORT = `function report(times) {
        navigator.sendBeacon("/bench/report" + location.search, JSON.stringify(times));
      }`;

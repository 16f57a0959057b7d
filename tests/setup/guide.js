// @ts-check
/**
 * Writes docs/set-up-sso.md with what the writers of crates/setup say:
 *
 *     npm run build && node tests/setup/guide.js
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import prettier from "prettier";
import { root } from "../../scripts/run.js";
import { choices, examples, runbook, texts } from "./runbooks.js";

/** @typedef {import("./runbooks.js").Step} Step */
/** @typedef {import("./runbooks.js").Text} Text */

export const GUIDE = "docs/set-up-sso.md";

/** The whole page. */
export async function guide() {
  const file = path.join(root, GUIDE);
  const options = await prettier.resolveConfig(file, { editorconfig: true });
  const parts = [
    HEAD,
    answers(),
    okta(),
    hosts(),
    providers(),
    resiliency(),
    asCode(),
    TROUBLE,
  ];
  return prettier.format(parts.join("\n\n"), { ...options, filepath: file });
}

const HEAD = `# Set up SSO

<!-- Written by tests/setup/guide.js from crates/setup; a test compares the two. Change those, not this page. -->

An agent who is signed in at the identity provider is signed in to Amazon Connect. That takes about two dozen exact strings in three consoles, and this page has all of them, each with its place: with [Okta](#okta) in full, and for [other hosts](#other-hosts) and [other identity providers](#other-identity-providers) in tables. The values are those of an example; every string follows from the [answers](#the-answers) to a few questions.

## How it works

1. The **SSO Login URL** opens an app of the identity provider, in a hidden frame or in a short window.
2. The identity provider posts an **assertion** to AWS sign-in, at the **ACS URL**. It says which **role** in IAM the agent gets, by which **provider**, and who the agent is: **RoleSessionName**, which must be the agent's user name in Amazon Connect, in the same case.
3. AWS checks the assertion against the provider's metadata and the role's **trust policy**, and sends the browser to the **relay state**: the federate URL of the instance, with the page at which sign-in ends.
4. The role's **policy** lets the agent into the instance, which sets its cookie. The page that embeds the phone is one of the instance's **approved origins**.

Amazon Connect takes this way only: whoever opens the instance itself sees "Session expired".

## What you need

- An administrator of the identity provider, one of the AWS account, and whoever serves the page that embeds the phone.
- An Amazon Connect instance with **SAML 2.0-based authentication**, which is chosen when an instance is created and cannot be changed later.
- For each agent one user name, the same on both sides: 2 to 64 letters and digits of ASCII, and \`_\` \`.\` \`@\` \`-\`.

What is in the consoles may have moved since: the labels are as their makers document them.`;

const TROUBLE = `## When it does not work

| what the agent sees | what it means | what to look at |
| --- | --- | --- |
| "Session expired" | the sign-in did not come from the identity provider, or the session has ended | the SSO Login URL: it must begin at the identity provider |
| "Access denied" | Amazon Connect has no user of that name, or the role may not federate | RoleSessionName against the user name, letter by letter; the role's policy |
| the AWS console | there is no relay state | the relay state in the app or in the URL: some identity providers read it in one of the two only |
| a page on which to choose a role | the assertion has several roles | one role for each agent |
| "Your request included an invalid SAML response" | audience, recipient, clock or signature | the audience and the ACS URL; whether IAM has the current metadata |
| "Not authorized to perform sts:AssumeRoleWithSAML" | the trust policy does not fit the assertion | the provider in it, and every ACS URL under \`SAML:aud\` |
| a frame that stays blank | the page's origin is not approved, or cookies are blocked | _Approved origins_, and what [the page must arrange](../README.md#what-the-host-must-arrange) |

\`npx connect-softphone check\` says of each string whether it is wrong, where and why: see [Check the strings of a set-up](../README.md#check-the-strings-of-a-set-up).`;

function answers() {
  const { questions } = runbook(examples("okta", "page"));
  const rows = questions.map(({ label, hint, example, required }) => [
    label,
    hint,
    code(required || example !== "false" ? example : "no"),
    required ? "yes" : "optional",
  ]);
  return `## The answers

With these, everything below follows.

${table(["question", "where it is", "in this example", "needed"], rows)}`;
}

function okta() {
  const { steps } = runbook(examples("okta", "page"));
  const shown = steps.filter(({ id }) => id !== "as-code");
  return `## Okta

With the app "AWS Account Federation" of Okta's catalogue, for ${host("page")}.

${shown.map((step, index) => chapter(step, `${index + 1}. ${step.title}`)).join("\n\n")}`;
}

function hosts() {
  const parts = choices.host
    .filter(({ value }) => value !== "page")
    .map(({ value, label }) => {
      const { steps } = runbook(examples("okta", value));
      const own = steps.filter(
        ({ id }) =>
          id === "host" ||
          (value === "salesforce-scv" && /^(okta-profile|idp-)/.test(id)),
      );
      return `### ${upper(label)}\n\n${own.map((step) => chapter(step)).join("\n\n")}`;
    });
  return `## Other hosts

Everything else stays as above. The approved origin, and Okta's trusted origin, are the host's own.

${parts.join("\n\n")}`;
}

function providers() {
  const others = choices.idp.filter(({ value }) => value !== "okta");
  const links = others.map(({ value, label }) => {
    const book = runbook(examples(value, "page"));
    const relay = texts(book).find(({ id }) => id === "relay-state");
    const url =
      texts(book).find(({ id }) => id === "sso-login-url-test")?.value ?? "";
    const carried = url.includes("federate");
    return [
      label,
      code(url),
      carried ? "in the URL" : "",
      relay ? `_${relay.label}_` : "",
    ];
  });
  const parts = others.map(({ value, label }) => {
    const { steps } = runbook(examples(value, "page"));
    const own = steps.filter(({ id }) => id.startsWith("idp-"));
    return `### ${upper(label)}\n\n${own.map((step) => chapter(step)).join("\n\n")}`;
  });
  return `## Other identity providers

What is done in AWS and at the host stays as above, but for the names of the role and the provider. Okta's user in IAM, its provisioning and its trusted origin fall away.

The SSO Login URLs, and where the relay state goes. Where it is not in the URL, the identity provider ignores it there: sign-in then ends on the page that the app names, and the phone notices it a little later.

${table(["identity provider", "SSO Login URL", "relay state", "its field in the app"], links)}

${parts.join("\n\n")}`;
}

function resiliency() {
  const one = new Map(
    texts(runbook(examples("okta", "page"))).map(({ id, value }) => [
      id,
      value,
    ]),
  );
  const two = texts(runbook(examples("okta", "page", true))).filter(
    ({ id, value }, index, all) =>
      one.get(id) !== value && all.findIndex((it) => it.id === id) === index,
  );
  const { questions } = runbook(examples("okta", "page", true));
  const replica = questions.find(({ name }) => name === "replicaUrl");
  return `## Global Resiliency

With a replica of the instance in another AWS Region, agents sign in at an endpoint of the instances' own. Agents must exist in both instances, with the same user name, and belong to a traffic distribution group. The origin must be approved in both. One more question is asked: _${replica?.label}_, such as ${code(replica?.example ?? "")}. These strings differ:

${strings(two.filter(({ id }) => id !== "aws-cli" && id !== "terraform"))}`;
}

function asCode() {
  const { steps } = runbook(examples("okta", "page"));
  const step = steps.find(({ id }) => id === "as-code");
  return step ? chapter(step, step.title, "##") : "";
}

/** @param {Step} step @param {string} [title] @param {string} [level] */
function chapter(
  step,
  title = step.title,
  level = title === step.title ? "####" : "###",
) {
  const actions = step.actions.map(
    (action, index) => `${index + 1}. ${text(action)}`,
  );
  return [
    `${level} ${title}`,
    `_${text(step.console)}_: ${text(step.place)}`,
    actions.join("\n"),
    strings(step.strings),
    step.expect && `**You should see**: ${text(step.expect)}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** @param {Text[]} all short ones in a table, long ones below it */
function strings(all) {
  const isLong = (/** @type {Text} */ { value, language }) =>
    value.includes("\n") || !["text", "url", "json"].includes(language);
  const rows = all
    .filter((it) => !isLong(it))
    .map(({ label, place, value, note }) => [
      place ? `${place}: ${label}` : label,
      value === "" ? "(empty)" : code(value),
      note,
    ]);
  const blocks = all
    .filter(isLong)
    .map(
      ({ label, place, value, note, language }) =>
        `${text(place ? `${place}: ${label}` : label)}:${note && ` ${text(note)}`}\n\n\`\`\`${FENCES[language] ?? language}\n${value.trimEnd()}\n\`\`\``,
    );
  const hasNotes = rows.some(([, , note]) => note !== "");
  const shown = hasNotes ? rows : rows.map((row) => row.slice(0, 2));
  const head = ["field", "value", "note"].slice(0, hasNotes ? 3 : 2);
  return [rows.length > 0 && table(head, shown), ...blocks]
    .filter(Boolean)
    .join("\n\n");
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => (cell.startsWith("`") ? cell : text(cell)).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}

/** @param {string} value */
function code(value) {
  const fence = value.includes("`") ? "``" : "`";
  return `${fence}${value}${fence}`;
}

/** Words, in which Markdown would read more. @param {string} words */
function text(words) {
  return words.replaceAll("<", "&lt;").replaceAll("${", "\\${");
}

/** @param {string} words */
function upper(words) {
  return words[0].toUpperCase() + words.slice(1);
}

/** @param {string} value */
function host(value) {
  return choices.host.find((it) => it.value === value)?.label;
}

/** @type {Partial<Record<Text["language"], string>>} */
const FENCES = { shell: "sh", javascript: "js" };

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await writeFile(path.join(root, GUIDE), await guide());

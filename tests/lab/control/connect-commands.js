// @ts-check
import { CONNECT_SETTINGS } from "../connect/settings.js";
import { typesOf } from "../settings.js";
import { checkedFields, checkedObject } from "./body.js";
import { agentOf, callOf, stateOf } from "./state.js";

/** @typedef {import("./commands.js").Command} Command */

/**
 * The commands of the control API for the Connect instance.
 *
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
export function connectCommands(lab) {
  return [...instance(lab), ...calls(lab), ...failures(lab)];
}

/**
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
function instance(lab) {
  return [
    {
      method: "patch",
      path: "/connect",
      says: "Changes settings of the Connect instance. Times are in milliseconds.",
      settings: CONNECT_SETTINGS,
      run(body) {
        const values = checkedFields(body, typesOf(CONNECT_SETTINGS));
        Object.assign(lab.connect, values);
        return stateOf(lab).connect;
      },
    },
    {
      method: "put",
      path: "/connect/approved-origins",
      says: "Replaces the approved origins.",
      body: ["http://desk.localhost:8765"],
      run(body) {
        if (!Array.isArray(body)) throw new Error("expected a list of origins");
        lab.connect.approvedOrigins.clear();
        for (const origin of body) lab.connect.approvedOrigins.add(origin);
        return [...lab.connect.approvedOrigins];
      },
    },
    {
      method: "post",
      path: "/connect/users",
      says: "Adds a user to the instance, or changes fields of an existing one.",
      body: {
        username: "alan@example.com",
        password: "lab",
        firstName: "Alan",
        lastName: "Example",
      },
      run(body) {
        const { username } = checkedObject(body);
        if (typeof username !== "string" || !username)
          throw new Error("username: found nothing, expected a string");
        const known = lab.connect.users.get(username) ?? {
          password: "lab",
          firstName: "",
          lastName: "",
        };
        lab.connect.users.set(username, { ...known, ...body });
        return lab.connect.users.get(username);
      },
    },
    {
      method: "delete",
      path: "/connect/users/:username",
      says: "Removes a user from the instance.",
      run: (_body, { username }) => void lab.connect.users.delete(username),
    },
    {
      method: "post",
      path: "/connect/sessions",
      says: "Begins a session at the instance and returns its cookie.",
      body: { username: "ada@example.com" },
      run: (body) =>
        lab.connect.beginSession(
          checkedFields(body, { username: "string" }).username ?? "",
        ),
    },
    {
      method: "delete",
      path: "/connect/sessions",
      says: "Ends every session at the instance.",
      run: () => void lab.connect.endSessions(),
    },
    {
      method: "delete",
      path: "/connect/sockets",
      says: "Cuts every open WebSocket, as a network failure would.",
      run: () => lab.connect.dropSockets(),
    },
    {
      method: "delete",
      path: "/connect/ccps",
      says: "Makes every open CCP page stop responding; `told` is the number of browsers. For pages that load later, set `ccpDead`.",
      run: () => ({ told: lab.connect.killCcp("freeze") }),
    },
    {
      method: "delete",
      path: "/connect/workers",
      says: "Ends every SharedWorker of the CCP; `told` is their number.",
      run: () => ({ told: lab.connect.killWorker() }),
    },
    {
      method: "post",
      path: "/connect/workers/auth-fail",
      says: "Makes every SharedWorker treat its token as refused, once; `told` is their number.",
      run: () => ({ told: lab.connect.failAuth() }),
    },
    {
      method: "delete",
      path: "/aws/sessions",
      says: "Ends every AWS console session.",
      run: () => lab.aws.endSessions(),
    },
    {
      method: "get",
      path: "/connect/agents/:username",
      says: "Returns an agent’s current state, next state and contacts.",
      run: (_body, { username }) => agentOf(lab, username),
    },
  ];
}

/**
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
function calls(lab) {
  const find = (/** @type {string} */ id) => {
    const call =
      id === "last"
        ? lab.connect.calls.at(-1)
        : lab.connect.calls.find(({ contactId }) => contactId === id);
    if (!call) throw Object.assign(new Error(`no call ${id}`), { status: 404 });
    return call;
  };
  return [
    {
      method: "post",
      path: "/calls",
      says: "Places a call to an agent. All fields have defaults; without `username`, it goes to the first agent who is Available.",
      body: {
        username: "ada@example.com",
        from: "+15550100",
        queue: "Support",
        attributes: { orderId: "4711" },
      },
      run: (body) => callOf(lab.connect.call(checkedFields(body, INCOMING))),
    },
    {
      method: "post",
      path: "/callbacks",
      says: "Places a queued callback. With `customerFirst`, the customer is on the line already; otherwise they are dialled once the agent has accepted. Other fields as for `/calls`.",
      body: { username: "ada@example.com", customerFirst: false },
      run: (body) =>
        callOf(
          lab.connect.callback(
            checkedFields(body, { ...INCOMING, customerFirst: "boolean" }),
          ),
        ),
    },
    {
      method: "post",
      path: "/previews",
      says: "Offers a customer of a campaign, whom the agent looks at before they are called. Other fields as for `/calls`.",
      body: {
        username: "ada@example.com",
        dialsAfterMs: 30_000,
        canDiscard: true,
      },
      run: (body) =>
        callOf(
          lab.connect.preview(
            checkedFields(body, {
              ...INCOMING,
              dialsAfterMs: "number",
              canDiscard: "boolean",
            }),
          ),
        ),
    },
    {
      method: "post",
      path: "/monitoring",
      says: "Lets an agent, as a supervisor, listen to another agent’s call.",
      body: { username: "ada@example.com" },
      run(body) {
        const { username } = checkedFields(body, { username: "string" });
        return callOf(lab.connect.monitor(username ?? ""));
      },
    },
    {
      method: "get",
      path: "/calls",
      says: "Lists all calls so far, including those that agents made, newest last.",
      run: () => lab.connect.calls.map(callOf),
    },
    {
      method: "get",
      path: "/calls/:contactId",
      says: "Returns one call: its state, and when it was connected. The id `last` is the newest call.",
      run: (_body, { contactId }) => callOf(find(contactId)),
    },
    {
      method: "post",
      path: "/calls/:contactId/hang-up",
      says: "Hangs up as the customer.",
      run(_body, { contactId }) {
        const call = find(contactId);
        call.hangUp();
        return callOf(call);
      },
    },
    ...Object.entries(OTHERS).map(([path, { says, act }]) => ({
      method: /** @type {"post"} */ ("post"),
      path: `/calls/:contactId/${path}`,
      says,
      run(/** @type {unknown} */ _body, /** @type {any} */ { contactId }) {
        const call = find(contactId);
        act(call);
        return callOf(call);
      },
    })),
  ];
}

/** The fields of a customer's call. */
const INCOMING = {
  username: "string",
  from: "string",
  queue: "string",
  attributes: "object",
  ringTimeoutMs: "number",
  alongside: "boolean",
  transferOf: "string",
};

/** @type {Record<string, { says: string, act(call: import("../connect/call.js").Call): void }>} */
const OTHERS = {
  answer: {
    says: "Answers as the party who was dialled last.",
    act: (call) => call.answer(),
  },
  "no-answer": {
    says: "Lets the party who was dialled last not answer.",
    act: (call) => call.noAnswer(),
  },
  "third-party/hang-up": {
    says: "Hangs up, or declines, as the third party who joined last.",
    act: (call) => call.thirdPartyHangsUp(),
  },
};

/**
 * @param {import("../lab.js").Lab} lab
 * @returns {Command[]}
 */
function failures(lab) {
  /** @type {Map<string, () => void>} */
  const undo = new Map();
  let count = 0;
  return [
    {
      method: "post",
      path: "/connect/failures",
      says: "Makes an operation of the instance fail: with a `status` and `code`, by hanging (`hang`), by answering late (`delayMs`), by doing nothing (`ignored`), by answering all that after doing it (`done`), or by doing it late (`effectAfterMs`); for a number of `times`, by default until it is deleted. Returns its `id`.",
      body: { operation: "getAgentSnapshot", status: 500, times: 2 },
      run(body) {
        const { operation, ...how } = checkedFields(body, {
          operation: "string",
          status: "number",
          code: "string",
          message: "string",
          times: "number",
          skip: "number",
          hang: "boolean",
          delayMs: "number",
          ignored: "boolean",
          done: "boolean",
          effectAfterMs: "number",
        });
        if (!operation)
          throw new Error("operation: found nothing, expected a name");
        const id = String(++count);
        undo.set(id, lab.connect.fail(operation, how));
        return { id };
      },
    },
    {
      method: "delete",
      path: "/connect/failures/:id",
      says: "Ends one failure.",
      run(_body, { id }) {
        undo.get(id)?.();
        undo.delete(id);
      },
    },
    {
      method: "delete",
      path: "/connect/failures",
      says: "Ends all failures.",
      run() {
        for (const end of undo.values()) end();
        undo.clear();
      },
    },
  ];
}

// @ts-check
/**
 * What an administrator sets up in an instance: users, queues, agent states, quick connects.
 * All of it is example data. ARNs have the form that Streams parses (connect-streams.js, `getInstanceId`:
 * `/instance\/([0-9a-fA-F|-]+)\//`, `getAWSAccountId`: `/:([0-9]+):instance/`).
 */
import { createHash } from "node:crypto";

/**
 * @typedef {object} User
 * @property {string} username the Connect user name; case matters
 * @property {string} password for standard login, on an instance without SAML
 * @property {string} firstName
 * @property {string} lastName
 * @property {string} [routingProfile] its name, default "Basic Routing Profile"
 * @property {string[]} [queues] the names of the profile's queues; default all
 * @property {string | null | false} [defaultOutboundQueue] its name, default the profile's first queue; null: the profile has
 *   none; false: nor has the configuration the field, which Streams 2.28.2 does not survive: no page learns of the agent
 *   (connect-streams.js, `updateAgent`)
 * @property {string[]} [permissions] default ["outboundCall"]
 * @property {string} [extension] desk phone number, default ""
 */

/** @typedef {{ name: string, type: "routable" | "not_routable" | "offline", agentStateARN: string }} AgentState */
/** @typedef {{ queueARN: string, name: string | null }} Queue `name`: null for an agent's own queue */

/**
 * @typedef {object} Endpoint what a call can be sent to
 * @property {string} [endpointARN]
 * @property {string} type "phone_number", "agent" or "queue"
 * @property {string | null} [name]
 * @property {string | null} [phoneNumber]
 * @property {string | null} [agentLogin]
 * @property {Queue | null} [queue]
 */

/** @typedef {Endpoint & { queues: string[] }} QuickConnect `queues`: the names of the queues that it belongs to */

/** @typedef {ReturnType<typeof createDirectory>} Directory */

/** @returns {Map<string, User>} the two example agents */
export function exampleUsers() {
  return new Map(
    [
      {
        username: "ada@example.com",
        password: "Ada-2468",
        firstName: "Ada",
        lastName: "Example",
      },
      {
        username: "grace@example.com",
        password: "Grace-2468",
        firstName: "Grace",
        lastName: "Example",
      },
    ].map((user) => [user.username, user]),
  );
}

/** @param {string} instanceId */
export function createDirectory(instanceId) {
  const instanceArn = `arn:aws:connect:${region}:${account}:instance/${instanceId}`;
  /** @param {string} kind @param {string} name */
  const arn = (kind, name) => `${instanceArn}/${kind}/${idOf(kind + name)}`;

  /** @type {AgentState[]} */
  const states = [
    { name: "Available", type: "routable", agentStateARN: "" },
    { name: "Offline", type: "offline", agentStateARN: "" },
    { name: "Lunch", type: "not_routable", agentStateARN: "" },
    { name: "Training", type: "not_routable", agentStateARN: "" },
  ];
  for (const state of states)
    state.agentStateARN = arn("agent-state", state.name);

  /** @type {Queue[]} */
  const queues = ["Support", "Sales", "Billing"].map((name) => ({
    queueARN: arn("queue", name),
    name,
  }));

  /** @type {QuickConnect[]} */
  const quickConnects = [
    {
      type: "phone_number",
      name: "Front desk",
      phoneNumber: "+15550150",
      endpointARN: arn("transfer-destination", "Front desk"),
      queues: ["Support", "Sales", "Billing"],
    },
    {
      type: "phone_number",
      name: "Warehouse",
      phoneNumber: "+15550151",
      endpointARN: arn("transfer-destination", "Warehouse"),
      queues: ["Support", "Sales"],
    },
    {
      type: "agent",
      name: "Grace Example",
      agentLogin: "grace@example.com",
      endpointARN: arn("transfer-destination", "Grace"),
      queues: ["Support"],
    },
    {
      type: "queue",
      name: "Billing",
      queue: queues[2],
      endpointARN: arn("transfer-destination", "Billing"),
      queues: ["Support"],
    },
  ];
  /** Queues that calls came from and that no profile has, by name. @type {Map<string, Queue>} */
  const others = new Map();

  return {
    region,
    instanceArn,
    states,
    queues,
    /** Tests may add to them; `addQuickConnect` makes one. */
    quickConnects,
    /**
     * Adds a quick connect to queues.
     *
     * @param {string} name
     * @param {Partial<QuickConnect>} [fields] default: a number, in the queue "Support"
     */
    addQuickConnect(name, fields) {
      quickConnects.push({
        type: "phone_number",
        name,
        phoneNumber: "+15550160",
        endpointARN: arn("transfer-destination", name),
        queues: ["Support"],
        ...fields,
      });
    },
    /**
     * Returns the quick connects of some queues, in the form of GetEndpoints. One that belongs to several of them comes as often.
     * `agentLogin` is always null (Streams #158, #731).
     *
     * @param {User} user
     * @param {string[]} queueARNs
     * @returns {Endpoint[] | undefined} undefined if one of the queues is not, or no longer, in the user's routing profile
     */
    quickConnectsOf(user, queueARNs) {
      const mine = [...this.queuesOf(user), ...others.values()];
      const asked = queueARNs.map((queueARN) =>
        mine.find((queue) => queue.queueARN === queueARN),
      );
      if (asked.includes(undefined)) return undefined;
      return asked.flatMap((queue) =>
        quickConnects
          .filter(({ queues }) => queues.includes(queue?.name ?? ""))
          .map(({ endpointARN, type, name, phoneNumber }) => ({
            endpointARN,
            type,
            name,
            phoneNumber: phoneNumber ?? null,
            agentLogin: null,
            queue: null,
          })),
      );
    },
    arn,
    /** @param {string} username */
    agentArn: (username) => arn("agent", username),
    /**
     * Returns the queues of a user's routing profile. As in a real instance, they include the agent's own queue, which has no
     * name.
     *
     * @param {User} user
     * @returns {Queue[]}
     */
    queuesOf(user) {
      const own = {
        queueARN: `${instanceArn}/queue/agent/${idOf(`agent${user.username}`)}`,
        name: null,
      };
      const named = queues.filter(
        (queue) => user.queues?.includes(queue.name ?? "") ?? true,
      );
      return [...named, own];
    },
    /**
     * Returns the default outbound queue of a user's routing profile, in the form of GetAgentConfiguration.
     *
     * @param {User} user
     */
    outboundQueueOf(user) {
      const { defaultOutboundQueue: name } = user;
      if (name === false) return null;
      if (name === null) return { queueARN: null, name: null };
      const queues = this.queuesOf(user);
      return name === undefined
        ? queues[0]
        : queues.find((queue) => queue.name === name);
    },
    /**
     * Returns a queue by name. An unknown name becomes a new queue, so tests can use any name.
     *
     * @param {string} name
     * @returns {Queue}
     */
    queue(name) {
      const known =
        queues.find((queue) => queue.name === name) ?? others.get(name);
      if (known) return known;
      const queue = { queueARN: arn("queue", name), name };
      others.set(name, queue);
      return queue;
    },
  };
}

/**
 * Derives a UUID from a name; the same in every lab.
 *
 * @param {string} name
 */
function idOf(name) {
  const hex = createHash("sha256").update(name).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}

const region = "us-east-1";
const account = "111122223333"; // AWS's own example account

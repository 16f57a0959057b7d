// @ts-check

/** A contact of the phone. @param {object} [changes] @returns {any} */
export function contactOf(changes) {
  const offeredAtMs = Date.UTC(2024, 10, 4, 21, 45);
  return {
    id: "c1",
    initialId: "c1",
    kind: "call",
    direction: "inbound",
    phase: "talking",
    sinceMs: offeredAtMs,
    offeredAtMs,
    autoAccept: false,
    customer: { number: "+12065550100" },
    queue: { arn: "arn:aws:connect:q", name: "Support" },
    attributes: {},
    participants: [person("agent", "agent"), person("customer", "p1")],
    muted: false,
    media: "here",
    can: {},
    cannot: {},
    ...changes,
  };
}

/** @param {string} role @param {string} id @param {object} [changes] */
export function person(role, id, changes) {
  return {
    id,
    role,
    label: "",
    state: "connected",
    held: false,
    muted: false,
    sinceMs: 0,
    can: {},
    cannot: {},
    ...changes,
  };
}

/** What a page keeps, with what is in it to look at. @param {Record<string, string>} [items] */
export function storageOf(items = {}) {
  return {
    items,
    /** @param {string} name */
    getItem: (name) => items[name] ?? null,
    /** @param {string} name @param {string} value */
    setItem: (name, value) => {
      items[name] = value;
    },
  };
}

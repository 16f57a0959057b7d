// @ts-check
/** @typedef {import("node:http").IncomingMessage} IncomingMessage */

/**
 * A network with distance: each new connection takes one round trip before it can carry a request, and each request takes
 * another until its answer begins. What comes after that is not delayed: bodies are short, and neither TLS (two more round trips
 * of a new connection) nor bandwidth is simulated. HTTP/1.1 opens up to six connections to a host, where HTTP/2 opens one.
 *
 * The lab's own pages and its control API are not far away.
 */
export class Distance {
  /** One round trip in milliseconds; 0: every party is on this machine. */
  roundTripMs = 0;

  /** When each connection will have been made. @type {WeakMap<import("node:stream").Duplex, number>} */
  #madeAt = new WeakMap();

  /** @param {import("node:stream").Duplex} socket a new connection */
  connected(socket) {
    this.#madeAt.set(socket, performance.now() + this.roundTripMs);
  }

  /**
   * How long a request is on its way, there and back.
   *
   * @param {IncomingMessage} req
   * @returns {number} in milliseconds
   */
  of({ socket }) {
    if (this.roundTripMs === 0) return 0;
    const connecting = (this.#madeAt.get(socket) ?? 0) - performance.now();
    return this.roundTripMs + Math.max(0, connecting);
  }
}

// @ts-check
/**
 * The lab's own line to the CCP's SharedWorkers, by which it lets a worker, or the pages around one, die on order. A
 * WebSocket, because it takes none of the six connections that a browser has for a host's requests; it stands apart from
 * the agent's WebSocket (socket.js), and being cut off from that one does not cut it.
 */
import { WebSocketServer } from "ws";

/**
 * How the pages of the CCP die: "freeze", the page stays and does nothing any more; "blank", its frame shows an empty page.
 *
 * @typedef {"freeze" | "blank"} CcpDeath
 */

/** @typedef {ReturnType<typeof createOrders>} Orders */

export function createOrders() {
  const server = new WebSocketServer({ noServer: true });

  return {
    path: "/lab/orders",
    /**
     * @param {import("node:http").IncomingMessage} req
     * @param {import("node:stream").Duplex} socket
     * @param {Buffer} head
     */
    upgrade(req, socket, head) {
      server.handleUpgrade(req, socket, head, (ws) => {
        ws.on("error", () => ws.terminate());
      });
    },
    /**
     * @param {"end" | "authFail" | "hurry" | CcpDeath} order
     * @returns {number} how many workers were told
     */
    give(order) {
      for (const ws of server.clients) ws.send(order);
      return server.clients.size;
    },
    close() {
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
}

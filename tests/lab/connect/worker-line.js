// @ts-check
/**
 * The lab's own line to the CCP's SharedWorkers, over which it tells a worker or its pages to die. It is a WebSocket,
 * because that does not use up one of the six connections that a browser allows for a host's requests. It is separate from
 * the agent's WebSocket (socket.js), so cutting that one does not affect it.
 */
import { WebSocketServer } from "ws";

/**
 * How the CCP's pages die. "freeze": the page stays but stops working; "blank": its frame shows an empty page.
 *
 * @typedef {"freeze" | "blank"} CcpDeath
 */

/** @typedef {ReturnType<typeof createWorkerLine>} WorkerLine */

export function createWorkerLine() {
  const server = new WebSocketServer({ noServer: true });

  return {
    path: "/lab/worker-line",
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
     * @param {"end" | "authFail" | "hurry" | CcpDeath} message
     * @returns {number} the number of workers that were told
     */
    send(message) {
      for (const ws of server.clients) ws.send(message);
      return server.clients.size;
    },
    close() {
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
}

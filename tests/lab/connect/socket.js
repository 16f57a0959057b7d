// @ts-check
/**
 * The WebSocket that CreateTransport hands out: it answers `aws/heartbeat`, `aws/ping` and `aws/subscribe`
 * (Streams 2.28.2, connect-streams.js, the bundled WebSocketManager). No messages are sent on topics: voice needs none.
 */
import { randomBytes } from "node:crypto";
import { WebSocketServer } from "ws";

/** @typedef {ReturnType<typeof createSockets>} Sockets */

/** @param {{ refused(): boolean }} options `refused`: whether to refuse new WebSockets now */
export function createSockets({ refused }) {
  const server = new WebSocketServer({ noServer: true });
  /** @type {Set<string>} They stay valid, because Streams reuses an address if its first attempt fails. */
  const paths = new Set();

  return {
    /** Returns a new path for opening a WebSocket; its last segment is a secret that authorizes this. */
    path() {
      const path = `/websocket/${randomBytes(18).toString("base64url")}`;
      paths.add(path);
      return path;
    },
    /**
     * @param {import("node:http").IncomingMessage} req
     * @param {import("node:stream").Duplex} socket
     * @param {Buffer} head
     * @returns {number} the HTTP status of the response
     */
    upgrade(req, socket, head) {
      if (!paths.has(req.url ?? "")) {
        socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
        return 403;
      }
      if (refused()) {
        socket.end(
          "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n",
        );
        return 503;
      }
      server.handleUpgrade(req, socket, head, (ws) => {
        ws.on("error", () => ws.terminate());
        ws.on("message", (data) => {
          const answer = answerTo(String(data));
          if (answer) ws.send(JSON.stringify(answer));
        });
      });
      return 101;
    },
    /** Cuts every open connection, as a network failure would. */
    drop() {
      for (const ws of server.clients) ws.terminate();
    },
    close() {
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
}

/** @param {string} text */
function answerTo(text) {
  /** @type {{ topic?: string, content?: { topics?: string[] } }} */
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  switch (message.topic) {
    case "aws/heartbeat":
    case "aws/ping":
      return { topic: message.topic, statusCode: 200, statusContent: "OK" };
    case "aws/subscribe":
      return {
        topic: "aws/subscribe",
        content: { status: "success", topics: message.content?.topics ?? [] },
      };
    default:
      return undefined;
  }
}

// @ts-check
/**
 * The WebSocket that CreateTransport hands out: it answers `aws/heartbeat`, `aws/ping` and `aws/subscribe`
 * (Streams 2.28.2, connect-streams.js, the bundled WebSocketManager). Topics carry nothing: voice needs none.
 */
import { randomBytes } from "node:crypto";
import { WebSocketServer } from "ws";

/** @typedef {ReturnType<typeof createSockets>} Sockets */

/** @param {{ refused(): boolean }} options `refused`: whether new WebSockets are refused now */
export function createSockets({ refused }) {
  const server = new WebSocketServer({ noServer: true });
  /** @type {Set<string>} Streams opens an address again when the first attempt fails, so they stay valid. */
  const paths = new Set();

  return {
    /** A new path where a WebSocket may be opened; its last part is the permission to do so. */
    path() {
      const path = `/websocket/${randomBytes(18).toString("base64url")}`;
      paths.add(path);
      return path;
    },
    /**
     * @param {import("node:http").IncomingMessage} req
     * @param {import("node:stream").Duplex} socket
     * @param {Buffer} head
     * @returns {number} the HTTP status of the answer
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
    /** Cuts every open connection, as a network would. */
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

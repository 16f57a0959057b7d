// @ts-check
import express from "express";
import { Refusal, sendErrorPage } from "../error-page.js";
import { hostNamesOf } from "../hosts.js";
import { html, sendPage } from "../page.js";

/**
 * The part of the AWS console that agents pass through: `GET /connect/federate/<instance-id>?destination=…` exchanges the
 * console session for a one-time token of the instance, which decides whether to redirect to the destination. The account
 * has a second instance, which no page embeds.
 *
 * @param {import("../lab.js").LabContext} context
 * @param {object} parts
 * @param {import("../sessions.js").Sessions<string>} parts.sessions the console sessions, by user name
 * @param {import("../connect/connect.js").Connect} parts.connect
 */
export function createConsole(context, { sessions, connect }) {
  const app = express.Router();
  app.get("/connect/federate/:instanceId", (req, res) => {
    const username = sessions.find(req);
    if (!username)
      return sendErrorPage(
        res,
        NAME,
        new Refusal(
          401,
          "You have no console session, or it has ended. Sign in through your identity provider.",
        ),
      );
    if (req.params.instanceId === connect.otherInstanceId)
      return enterOther(req, res);
    if (req.params.instanceId !== connect.instanceId)
      return sendErrorPage(
        res,
        NAME,
        new Refusal(
          404,
          `There is no Amazon Connect instance ${req.params.instanceId} in this account.`,
        ),
      );
    const names = hostNamesOf(req);
    const url = new URL(`${context.origin("instance", names)}/auth/federate`);
    url.searchParams.set("token", connect.grant(username));
    const { destination } = req.query;
    if (typeof destination === "string")
      url.searchParams.set("destination", destination);
    res.redirect(302, url.href);
  });
  return app;

  /**
   * Plays both the console and the other instance, where a session begins: redirects to an approved destination, or shows
   * the other instance's panel.
   *
   * @param {express.Request} req
   * @param {express.Response} res
   */
  function enterOther(req, res) {
    const { destination } = req.query;
    const url =
      typeof destination === "string" && URL.canParse(destination)
        ? new URL(destination)
        : undefined;
    if (url && connect.approvedOrigins.has(url.origin))
      return res.redirect(302, url.href);
    sendPage(res, {
      party: "Amazon Connect",
      title: "Contact Control Panel of another instance",
      body: html`<p>
        You are signed in to the instance
        <code>${connect.otherInstanceId}</code>.
      </p>`,
    });
  }
}

const NAME = "AWS console";

// @ts-check
import express from "express";
import { hostNamesOf } from "../hosts.js";
import { html, sendPage } from "../page.js";
import { Refusal, sendErrorPage } from "../error-page.js";

/**
 * The AWS console as far as agents meet it: `GET /connect/federate/<instance-id>?destination=…` turns the console
 * session into a one-time token for the instance, which decides about the destination. The account has a second instance,
 * which nothing embeds.
 *
 * @param {import("../lab.js").LabContext} context
 * @param {object} parts
 * @param {import("../sessions.js").Sessions<string>} parts.sessions user names with a console session
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
          "Your console session has ended or has not begun. Sign in at your identity provider.",
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
   * Does what console and other instance do together: a session begins there, and the browser goes to the destination.
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

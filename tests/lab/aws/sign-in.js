// @ts-check
import express from "express";
import { hostName, hostNamesOf, HOST_NAMES } from "../hosts.js";
import { Refusal, sendErrorPage } from "../error-page.js";
import { Sessions } from "../sessions.js";
import { Verifier } from "./verifier.js";

/**
 * AWS sign-in: `POST /saml` takes the identity provider's response, begins a console session and sends the browser
 * on to the relay state.
 *
 * @param {import("../lab.js").LabContext} context
 * @param {object} parts
 * @param {Sessions<string>} parts.sessions user names with a console session
 * @param {string} parts.certificate PEM of the identity provider that is trusted
 */
export function createSignIn(context, { sessions, certificate }) {
  /** @type {Verifier | undefined} The ACS carries the port, which is known once the lab listens. */
  let verifier;
  const app = express.Router();
  app.post("/saml", express.urlencoded({ limit: "1mb" }), async (req, res) => {
    verifier ??= new Verifier({
      certificate,
      acs: HOST_NAMES.map((names) => `${context.origin("signIn", names)}/saml`),
      now: () => context.clock.now("aws"),
    });
    const names = hostNamesOf(req);
    try {
      const { username, durationMs } = await verifier.verify(
        req.body?.SAMLResponse,
      );
      const target = relayTarget(
        req.body.RelayState,
        context.origin("console", names),
      );
      const cookie = sessions.begin(username, awsDomain(names), durationMs);
      Sessions.send(res, cookie, { shared: true });
      res.redirect(302, target);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendErrorPage(res, NAME, error);
    }
  });
  app.all("/saml", (_req, res) => {
    const message =
      "This address takes SAML responses that an identity provider posts.";
    sendErrorPage(res, NAME, new Refusal(405, message));
  });
  return app;
}

/**
 * Only the console's federate address is followed: sign-in must not become a way to anywhere.
 *
 * @param {string | undefined} relayState
 * @param {string} consoleOrigin
 */
function relayTarget(relayState, consoleOrigin) {
  if (!relayState)
    throw new Refusal(
      400,
      "The SAML response came without a relay state, so there is no Amazon Connect instance to go to. Set the relay state in the identity provider’s app.",
    );
  const url = URL.canParse(relayState) ? new URL(relayState) : undefined;
  if (
    url?.origin !== consoleOrigin ||
    !url.pathname.startsWith("/connect/federate/")
  )
    throw new Refusal(
      400,
      `The relay state is not a federate address of this console: ${relayState}`,
    );
  return url.href;
}

/** The domain that sign-in and console share. @param {import("../hosts.js").HostNames} names */
function awsDomain(names) {
  return hostName("console", names).split(".").slice(2).join(".");
}

const NAME = "AWS sign-in";

// @ts-check
import express from "express";
import { Refusal, sendErrorPage } from "../error-page.js";
import { hostName, HOST_NAMES, hostNamesOf } from "../hosts.js";
import { Sessions } from "../sessions.js";
import { Verifier } from "./verifier.js";

/**
 * AWS sign-in: `POST /saml` verifies the identity provider's response, begins a console session and redirects to the
 * relay state.
 *
 * @param {import("../lab.js").LabContext} context
 * @param {object} parts
 * @param {Sessions<string>} parts.sessions the console sessions, by user name
 * @param {string} parts.certificate PEM of the trusted identity provider
 */
export function createSignIn(context, { sessions, certificate }) {
  /** @type {Verifier | undefined} Made at the first request: the ACS URL holds the port, unknown until the lab listens. */
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
      "This address accepts only SAML responses, posted by an identity provider.";
    sendErrorPage(res, NAME, new Refusal(405, message));
  });
  return app;
}

/**
 * Follows only the console's federate address: sign-in must not become an open redirect.
 *
 * @param {string | undefined} relayState
 * @param {string} consoleOrigin
 */
function relayTarget(relayState, consoleOrigin) {
  if (!relayState)
    throw new Refusal(
      400,
      "The SAML response came without a relay state, so it is unknown which Amazon Connect instance to open. Set the relay state in the identity provider’s app.",
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

/** The domain shared by AWS sign-in and the console. @param {import("../hosts.js").HostNames} names */
function awsDomain(names) {
  return hostName("console", names).split(".").slice(2).join(".");
}

const NAME = "AWS sign-in";

// @ts-check
import express from "express";
import { html, sendPage } from "../page.js";
import { cookieOf } from "../sessions.js";

/** Two pages that the start page frames from another site, to find out whether the browser allows third-party cookies. */
export function createCookieTest() {
  const app = express.Router();
  app.get("/lab/cookies", (_req, res) => {
    res.cookie(NAME, "1", {
      path: "/lab/cookies",
      httpOnly: true,
      secure: true,
      sameSite: "none",
    });
    res.redirect(302, "/lab/cookies/result");
  });
  app.get("/lab/cookies/result", (req, res) =>
    sendPage(res, {
      party: "Lab",
      title: "Cookie test",
      script: "cookies.js",
      body: cookieOf(req, NAME)
        ? html`<p data-cookie-arrived>The cookie arrived.</p>`
        : html`<p>The cookie did not arrive.</p>`,
    }),
  );
  return app;
}

const NAME = "lab-cookie-test";

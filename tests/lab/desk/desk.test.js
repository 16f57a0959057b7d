// @ts-check
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { startLab } from "../lab.js";
import { Visitor } from "../visitor.js";

/** @type {import("../lab.js").Lab} */
let lab;
/** @type {Visitor} */
let visitor;

beforeEach(async () => {
  lab = await startLab();
  visitor = new Visitor();
});
afterEach(() => lab.close());

describe("the desk", () => {
  test("serves its configuration with the host names of the request", async () => {
    const ask = async (/** @type {"separate" | "one"} */ names) =>
      JSON.parse(
        (await visitor.ask(`${lab.urlsOf(names).desk}/agent/config.json`)).text,
      );
    assert.deepEqual(await ask("separate"), lab.desk.config);
    const one = await ask("one");
    assert.equal(one.instanceUrl, lab.urlsOf("one").instance);
    assert.equal(one.ssoLoginUrl, lab.urlsOf("one").ssoLogin);
    lab.desk.config = { ...lab.desk.config, ssoLoginUrl: null };
    assert.equal((await ask("separate")).ssoLoginUrl, null);
  });

  test("serves Streams from the package, and again only after a change", async () => {
    const url = `${lab.urls.desk}/connect-streams-min.js`;
    const first = await visitor.ask(url);
    assert.equal(first.status, 200);
    assert.match(String(first.headers["content-type"]), /javascript/);
    const again = await visitor.ask(url, {
      headers: { "if-none-match": String(first.headers.etag) },
    });
    assert.equal(again.status, 304);
  });

  test("serves the return page and its script", async () => {
    const url = `${lab.urls.desk}/softphone-return.html`;
    const page = await visitor.ask(url);
    assert.equal(page.status, 200);
    const script = /<script src="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const answer = await visitor.ask(new URL(script, url).href);
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers["content-type"]), /javascript/);
    assert.match(answer.text, /softphoneSignInReturned/);
  });

  test("serves what a test mounts", async () => {
    lab.desk.mount("/bench", (_req, res) => void res.send("mounted"));
    const answer = await visitor.ask(`${lab.urls.desk}/bench/`);
    assert.equal(answer.text, "mounted");

    const folder = await mkdtemp(join(tmpdir(), "lab-"));
    await writeFile(join(folder, "a.wasm"), "");
    lab.desk.mount("/more", folder);
    const { headers } = await visitor.ask(`${lab.urls.desk}/more/a.wasm`);
    assert.equal(headers["content-type"], "application/wasm");
    await rm(folder, { recursive: true });
  });

  test("answers 404 for the paths in missing", async () => {
    const url = `${lab.urls.desk}/connect-streams-min.js`;
    lab.desk.missing.add("/connect-streams-min.js");
    assert.equal((await visitor.ask(url)).status, 404);
    lab.desk.missing.clear();
    assert.equal((await visitor.ask(url)).status, 200);
  });

  test("says how to build a missing file", async () => {
    const { status, text } = await visitor.ask(
      `${lab.urls.desk}/softphone/no-such-file.wasm`,
    );
    assert.equal(status, 404);
    assert.match(text, /npm run build/);
  });
});

import type { Browser, BrowserContext } from "@playwright/test";
import { expect, test } from "./fixtures.js";

/*
 * Tests share browsers (browsers.ts). Here two contexts of one browser meet at the very same addresses, which two tests never
 * do, because each has a lab, and so a port, of its own.
 */
test("a context of the same browser sees nothing of another", async ({
  lab,
  context,
  page,
  host,
  noise,
  beginIdpSession,
}) => {
  noise.secret("what the first page stored", MARK);
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  await context.grantPermissions(["microphone"], { origin: lab.urls.desk });
  const first = await page.evaluate(leave, MARK);
  expect(first).toEqual({ workers: 1, permission: "granted" });

  const browser = context.browser() as Browser;
  const other = await browser.newContext();
  const visit = await other.newPage();
  const heard: string[] = [];
  visit.on("console", (message) => heard.push(message.text()));
  await visit.goto(`${host.url}#wait`);
  expect(await visit.evaluate(find)).toEqual({
    stored: [],
    databases: [],
    caches: [],
    locks: 0,
    workers: 1, // Itself: not the worker that the first page is connected to.
    permission: expect.not.stringMatching("granted"),
  });
  expect(await other.cookies()).toEqual([]);
  expect(await signedIn(context, lab.urls.ccp)).toBe(true);
  expect(await signedIn(other, lab.urls.ccp)).toBe(false);

  await page.evaluate(() => new BroadcastChannel("mark").postMessage("mark"));
  await page.evaluate(() => (globalThis as any).listening.heard.then(() => {}));
  await visit.evaluate(() => console.log("anything heard was logged before"));
  await expect.poll(() => heard.at(-1)).toContain("logged before");
  expect(heard.filter((line) => line.includes("mark"))).toEqual([]);
  await other.close();
  await host.follows(lab); // The first is not disturbed when the other ends.
});

/** Runs in the first page: leaves something of every kind behind. */
async function leave(mark: string) {
  localStorage.setItem("mark", mark);
  sessionStorage.setItem("mark", mark);
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open("mark");
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
  await caches.open("mark");
  await new Promise<void>((acquired) => {
    void navigator.locks.request("mark", () => {
      acquired();
      return new Promise(() => {}); // Held until the page goes.
    });
  });
  const channel = new BroadcastChannel("mark");
  const heard = new Promise((resolve) => (channel.onmessage = resolve));
  Object.assign(globalThis, { listening: { channel, heard } });
  const { state } = await navigator.permissions.query({
    name: "microphone" as PermissionName,
  });
  return { workers: await connections(), permission: state };

  function connections() {
    return new Promise<number>((resolve) => {
      const worker = new SharedWorker("./counting-worker.js");
      worker.port.onmessage = ({ data }) => resolve(data);
    });
  }
}

/** Runs in the other page: what it finds. */
async function find() {
  const channel = new BroadcastChannel("mark");
  channel.onmessage = ({ data }) => console.log(data);
  const { held, pending } = await navigator.locks.query();
  const { state } = await navigator.permissions.query({
    name: "microphone" as PermissionName,
  });
  const workers = await new Promise<number>((resolve) => {
    const worker = new SharedWorker("./counting-worker.js");
    worker.port.onmessage = ({ data }) => resolve(data);
  });
  return {
    stored: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    locks: (held?.length ?? 0) + (pending?.length ?? 0),
    workers,
    permission: state,
  };
}

/** Whether Amazon Connect knows the browser that asks. */
async function signedIn(context: BrowserContext, ccp: string) {
  const page = await context.newPage();
  await page.goto(ccp);
  const title = await page.title();
  await page.close();
  return !title.startsWith("Session expired");
}

const MARK = "left-by-the-first-context";

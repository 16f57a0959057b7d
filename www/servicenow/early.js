// @ts-check
// Imported before anything else: the browser loads Amazon Connect Streams and OpenFrame's library while the phone's wasm, which
// is inside the script, is unpacked and compiled.
import { readPage } from "./page.js";
import { readSettings } from "./settings.js";

const holder = document.getElementById("connect-softphone");
const page = readPage(holder?.dataset.page);
if (page && page.parameters.sysparm_check !== "true") {
  const { settings } = readSettings(page.properties);
  const streams = settings["streams.url"] || holder?.dataset.streams || "";
  for (const href of [streams, settings["openframe.url"]]) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "script", href });
    document.head.append(link);
  }
}

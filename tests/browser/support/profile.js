// @ts-check
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A new folder for a Chromium profile of its own, which says whether frames of other sites have their cookies: agents'
 * browsers need them, and Debian's Chromium blocks them. Playwright's ordinary contexts are incognito ones, which always do.
 *
 * @param {boolean} thirdPartyCookies whether they are allowed
 */
export async function newProfile(thirdPartyCookies = true) {
  const folder = await mkdtemp(path.join(tmpdir(), "softphone-profile-"));
  await mkdir(path.join(folder, "Default"));
  const profile = {
    cookie_controls_mode: thirdPartyCookies ? 0 : 1,
    block_third_party_cookies: !thirdPartyCookies,
  };
  await writeFile(
    path.join(folder, "Default/Preferences"),
    JSON.stringify({ profile }),
  );
  return folder;
}

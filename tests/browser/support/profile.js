// @ts-check
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * A new folder with a Chromium profile that says whether frames of other sites may use their cookies. Agents'
 * browsers must allow that; Debian's Chromium blocks it by default. Contexts that are created later inherit the setting.
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

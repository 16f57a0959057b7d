import { readFileSync } from "node:fs";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

for (const file of ["update-set", "upgrade-set"])
  test(`importing the ${file} again leaves the administrator's properties${file === "upgrade-set" ? " and OpenFrame configuration" : ""}`, async ({
    page,
    lab,
    beginIdpSession,
  }) => {
    const { serviceNow } = lab;
    serviceNow.openAtStart = true;
    serviceNow.setProperty("connect_softphone.controls", "icc");
    const frame = () =>
      serviceNow.tables
        .rows("sn_openframe_configuration")
        .find(({ url }) => url?.includes("connect_softphone"));
    const changed = { title: "Acme phone", width: "360", order: "7" };
    Object.assign(frame() ?? {}, changed);
    const set = readFileSync(
      new URL(
        `../../../dist/servicenow/connect-softphone-${file}.xml`,
        import.meta.url,
      ),
      "utf8",
    );
    expect(serviceNow.importUpdateSet(set).problems).toEqual([]);
    expect(serviceNow.importUpdateSet(set).problems).toEqual([]);
    expect(serviceNow.property("connect_softphone.controls")).toBe("icc");
    if (file === "upgrade-set") expect(frame()).toMatchObject(changed);
    await beginIdpSession();
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await expect(workspace.panel).toBeAttached();
  });

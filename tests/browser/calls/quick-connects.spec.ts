import type { SoftphoneQuickConnect } from "connect-softphone";
import { ADA, expect, test, type Desk } from "./desk.js";

const ALL = [
  "Billing",
  "Front desk",
  "Grace Example",
  "Sales only",
  "Warehouse",
];

test.beforeEach(({ lab, noise }) => {
  noise.allow(/API request failed/);
  lab.connect.addQuickConnect("Sales only", { queues: ["Sales"] });
});

async function found(desk: Desk) {
  const { value } = await desk.run<{
    items: SoftphoneQuickConnect[];
    incomplete: string[];
  }>("quickConnects");
  return [value?.items.map(({ name }) => name), value?.incomplete];
}

test(
  "one stale queue costs only its own quick connects",
  { tag: "@quick-connects-stale" },
  async ({ lab, desk }) => {
    expect(await found(desk)).toEqual([ALL, []]);
    lab.connect.users.get(ADA)!.queues = ["Support", "Billing"];
    const rest = ALL.filter((name) => name !== "Sales only");
    expect(await found(desk)).toEqual([rest, ["Sales"]]);
  },
);

test(
  "quick connects that come in pages are whole",
  { tag: "@quick-connects-cut" },
  async ({ lab, desk }) => {
    lab.connect.pageSize = 1;
    expect(await found(desk)).toEqual([ALL, []]);
    lab.connect.faults.refused("GetEndpoints", { skip: 1, times: 1 });
    expect(await found(desk)).toEqual([ALL, []]);
  },
);

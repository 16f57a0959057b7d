// @ts-check
import { button, element, found } from "./dom.js";

/** ServiceNow's own dial pad, which `idleState` brings up in the OpenFrame window. */
export class DialPad {
  #act;
  #place = found("#dial-pad");
  #queues = element("div", {});

  /** @param {(name: string, payload: unknown) => void} act */
  constructor(act) {
    this.#act = act;
  }

  /** @param {any} idle the context idleState */
  show({
    capability = {},
    enableState = {},
    dialpadInfoMessage,
    currentInboundId,
  }) {
    const children = [];
    if (dialpadInfoMessage)
      children.push(
        element(
          "p",
          { id: "dialpad-message" },
          `${dialpadInfoMessage.label ?? ""} ${dialpadInfoMessage.value ?? ""}`,
        ),
      );
    if (capability.outBoundCall) {
      const number = element("input", {
        id: "dial-number",
        type: "tel",
        autocomplete: "off",
        value: this.#number(),
      });
      const dial = element(
        "form",
        {},
        element("label", { for: "dial-number" }, "Number"),
        number,
        element("button", { disabled: !enableState.outBoundCall }, "Call"),
      );
      dial.addEventListener("submit", (event) => {
        event.preventDefault();
        const { value } = number;
        this.#act("outboundCallInitiated", {
          targetAddress: value,
          phoneNumber: value,
          ...(currentInboundId && { inboundId: currentInboundId }),
        });
      });
      children.push(dial);
    }
    if (capability.outboundQueueSelection) children.push(this.#queues);
    if (capability.phoneDirectory)
      children.push(
        button(
          "Directory",
          () =>
            this.#act("getSearchTarget", {
              searchTerm: "",
              limit: 10,
              targetType: ["agent", "queue", "external"],
            }),
          { class: "second", disabled: !enableState.phoneDirectory },
        ),
      );
    if (capability.deviceSettings)
      children.push(
        button("Device settings", () => this.#act("deviceSettings", {}), {
          class: "second",
        }),
      );
    if (capability.logOut)
      children.push(
        button("Log out of the phone", () => this.#act("logout", undefined), {
          class: "second",
          disabled: !enableState.logOut,
        }),
      );
    this.#place.replaceChildren(...children);
  }

  /** @param {any} settings the context agentSettings */
  settings({ outboundQueue = {} }) {
    const select = element("select", { id: "outbound-queue" });
    for (const { id, label } of outboundQueue.targets ?? [])
      select.add(new Option(label, id));
    select.value = outboundQueue.currentSelectedQueue?.id ?? "";
    select.addEventListener("change", () =>
      this.#act("outboundQueueSelected", { id: select.value }),
    );
    this.#queues.replaceChildren(
      element("label", { for: "outbound-queue" }, "Outbound queue"),
      select,
    );
  }

  #number() {
    const input = this.#place.querySelector("#dial-number");
    return input instanceof HTMLInputElement ? input.value : "";
  }
}

// @ts-check
import { button, element, found } from "./dom.js";
import { Transfer } from "./transfer.js";

/** The active call component: what `activeCall` says, and buttons for what its capabilities allow. */
export class ActiveCalls {
  #act;
  #config;
  #place = found("#calls");
  #transfer;

  /** @param {any} config @param {(name: string, payload: unknown) => void} act */
  constructor(config, act) {
    this.#config = config;
    this.#act = act;
    this.#transfer = new Transfer(config, (name, call, more) =>
      act(name, { ...this.#ids(call), ...more }),
    );
  }

  /** @param {any[]} calls */
  show(calls) {
    const open = [...this.#place.querySelectorAll("details[open]")].map(
      (one) => one.closest("article")?.dataset.externalId,
    );
    this.#place.replaceChildren(...calls.map((call) => this.#call(call)));
    // A keypad that is in use stays open.
    for (const keypad of this.#place.querySelectorAll("details"))
      if (open.includes(keypad.closest("article")?.dataset.externalId))
        keypad.open = true;
    this.#transfer.calls(calls);
  }

  /** Enables Transfer. @param {any[]} lists the context searchTargetList */
  showTargets(lists) {
    this.#transfer.show(lists);
    for (const transfer of this.#place.querySelectorAll(
      "[data-action=transfer]",
    ))
      if (transfer instanceof HTMLButtonElement) transfer.disabled = false;
  }

  /** @param {any} call @param {string} [participantId] */
  #ids(
    { nowRecordTable, nowRecordId, externalId, currentParticipant },
    participantId,
  ) {
    return {
      nowRecordTable,
      nowRecordId,
      [this.#config.actions.callIdKey]: externalId,
      participantId: participantId ?? currentParticipant.id,
    };
  }

  /** @param {any} call */
  #call(call) {
    const { currentParticipant: me, participants = [] } = call;
    return element(
      "article",
      { "data-external-id": call.externalId, "aria-label": "Active call" },
      element(
        "p",
        { class: "state" },
        [
          call.direction,
          call.type,
          me.state,
          me.recording === "in_progress" && "recording",
        ]
          .filter(Boolean)
          .join(" · "),
      ),
      element("div", { class: "buttons" }, ...this.#buttons(call)),
      ...(call.callbackContext ? [this.#callback(call)] : []),
      element(
        "ul",
        {},
        ...participants.map((/** @type {any} */ one) =>
          this.#participant(call, one),
        ),
      ),
    );
  }

  /** @param {any} call */
  #buttons(call) {
    const { currentParticipant: me } = call;
    const can = me.capabilities ?? {};
    const send = (
      /** @type {string} */ name,
      /** @type {object} */ more = {},
    ) => this.#act(name, { ...this.#ids(call), ...more });
    /** @type {[string, string, boolean | undefined, () => void][]} */
    const rows = [
      [
        "mute",
        me.muted ? "Unmute" : "Mute",
        can.mute,
        () => send(me.muted ? "unmute" : "mute", { muted: !me.muted }),
      ],
      [
        "hold",
        me.held ? "Resume" : "Hold",
        can.hold,
        () => send(me.held ? "resume" : "hold", { held: !me.held }),
      ],
      ["transfer", "Transfer", can.transfer, () => this.#transfer.open(call)],
      ["mergeCall", "Merge", can.mergeCall, () => send("mergeCall")],
      [
        "leaveAndTransfer",
        "Leave and transfer",
        can.leaveAndTransfer,
        () => send("leaveAndTransfer"),
      ],
      [
        "startRecording",
        "Start recording",
        can.startRecording && me.recording !== "in_progress",
        () => send("startRecording"),
      ],
      [
        "pauseRecording",
        "Pause recording",
        can.pauseRecording,
        () => send("pauseRecording"),
      ],
      [
        "resumeRecording",
        "Resume recording",
        can.resumeRecording,
        () => send("resumeRecording"),
      ],
      [
        "stopRecording",
        "Stop recording",
        can.stopRecording,
        () => send("stopRecording"),
      ],
      ["flag", "Flag", can.flag, () => send("flag")],
      ["endCall", "End call", can.endCall, () => send("endCall")],
    ];
    const buttons = rows
      .filter(([, , allowed]) => allowed)
      .map(([action, label, , click]) =>
        button(label, click, {
          "data-action": action,
          class: action === "endCall" ? "danger" : "second",
          // Only a list of targets enables it (documented).
          disabled: action === "transfer" && !this.#transfer.enabled,
        }),
      );
    return can.dtmf ? [...buttons, this.#keypad(send)] : buttons;
  }

  /** @param {(name: string, more: object) => void} send */
  #keypad(send) {
    const keys = [..."123456789*0#"].map((key) =>
      button(key, () => send("dtmf", { digit: key, digits: key }), {
        class: "second",
      }),
    );
    return element(
      "details",
      {},
      element("summary", {}, "Keypad"),
      element("div", { class: "keys" }, ...keys),
    );
  }

  /** @param {any} call */
  #callback(call) {
    const { callbackContext: context, currentParticipant } = call;
    const can = currentParticipant.capabilities ?? {};
    const numbers = context.callbackNumbers ?? [];
    return element(
      "div",
      { class: "callback" },
      element("p", {}, `Callback for ${context.customerName ?? "a customer"}`),
      ...(can.initiateCall
        ? numbers.map((/** @type {string} */ phoneNumber) =>
            button(`Call ${phoneNumber}`, () =>
              this.#act("initiateCall", {
                ...this.#ids(call),
                targetAddress: phoneNumber,
                phoneNumber,
              }),
            ),
          )
        : []),
      ...(can.closeCallback
        ? [
            button(
              "Close callback",
              () => this.#act("closeCallback", this.#ids(call)),
              { class: "second" },
            ),
          ]
        : []),
    );
  }

  /** @param {any} call @param {any} participant */
  #participant(call, participant) {
    const { id, name, address, actor, state, held, muted } = participant;
    const can = participant.capabilities ?? {};
    const send = (/** @type {string} */ action, /** @type {object} */ more) =>
      this.#act(action, { ...this.#ids(call, id), ...more });
    return element(
      "li",
      { "data-participant": id },
      element("strong", {}, name || address || id),
      ` ${[actor, state, held && "on hold", muted && "muted"].filter(Boolean).join(", ")} `,
      ...(can.hold
        ? [
            button(
              held ? "Resume" : "Hold",
              () => send(held ? "resume" : "hold", { held: !held }),
              { class: "second" },
            ),
          ]
        : []),
      ...(can.mute
        ? [
            button(
              muted ? "Unmute" : "Mute",
              () => send(muted ? "unmute" : "mute", { muted: !muted }),
              { class: "second" },
            ),
          ]
        : []),
      ...(can.endCall
        ? [button("Remove", () => send("endCall", {}), { class: "second" })]
        : []),
    );
  }
}

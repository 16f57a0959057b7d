// @ts-check
import { ask, button, element, found } from "./dom.js";

/** The inbox's alert cards: calls that were offered through `offerContext`. */
export class Offers {
  #send;
  #place = found("#offers");
  /** Those that were seen, by external id: a context that is set again is the same offer. @type {Set<string>} */
  #seen = new Set();

  /** @param {(event: string, payload: unknown) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /** @param {any[]} offers */
  async show(offers) {
    const ids = offers.map(({ externalId }) => externalId);
    for (const card of this.#place.querySelectorAll("article"))
      if (!ids.includes(card.dataset.externalId)) card.remove();
    for (const offer of offers)
      if (!this.#seen.has(offer.externalId)) await this.#offer(offer);
  }

  /** @param {any} offer */
  async #offer(offer) {
    const { error, workItem } = await ask("POST", "offer", offer);
    this.#send("openframe_awa_client_offer", {
      // The shape is assumed: only these three words and the codes are documented.
      result: error ? { status: "error", ...error } : { status: "success" },
    });
    if (error) return;
    this.#seen.add(offer.externalId);
    this.#send("openframe_awa_workitem_offered", { result: { workItem } });
    const { displayContent = {}, assignment } = offer;
    const card = element(
      "article",
      { "data-external-id": offer.externalId, "aria-label": "Offered call" },
      element("strong", {}, displayContent.title ?? "Phone"),
      ...[1, 2, 3]
        .map((n) => displayContent[`displayContent${n}`])
        .filter(Boolean)
        .map((text) => element("p", {}, String(text))),
      element("p", {}, String(offer.requesterId)),
      button("Accept", async () => {
        card.remove();
        const answer = await ask("POST", "accept", offer);
        this.#send("openframe_awa_workitem_accepted", { result: answer });
      }),
    );
    if (assignment.allowedToDecline)
      card.append(
        button(
          "Decline",
          () => {
            card.remove();
            this.#send("openframe_awa_workitem_rejected", {
              payload: { workItem: { ...workItem, rejection: REJECTION } },
            });
          },
          { class: "second" },
        ),
      );
    this.#place.append(card);
  }
}

const REJECTION = {
  reason: "Busy",
  sys_id: "4e93fa29b38023002e7b6e5f26a8dc20",
};

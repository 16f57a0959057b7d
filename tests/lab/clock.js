// @ts-check
/**
 * The lab's time: the machine's plus offsets, so that tests can make hours pass or clocks disagree without waiting.
 *
 * @typedef {"idp" | "aws" | "connect" | "serviceNow"} ClockParty
 */
export class Clock {
  /** Milliseconds added to every clock. */
  offsetMs = 0;

  /** Milliseconds added to one party's clock, on top of `offsetMs`. @type {Record<ClockParty, number>} */
  offsets = { idp: 0, aws: 0, connect: 0, serviceNow: 0 };

  /**
   * Returns the time on a party's clock, in epoch milliseconds.
   *
   * @param {ClockParty} [party] default: the lab's own clock
   */
  now(party) {
    return (
      Date.now() + this.offsetMs + (party ? (this.offsets[party] ?? 0) : 0)
    );
  }
}

// @ts-check
/**
 * The lab's time: the machine's, moved by offsets, so that hours pass and clocks disagree without anybody waiting.
 *
 * @typedef {"idp" | "aws" | "connect"} ClockParty
 */
export class Clock {
  /** Milliseconds added to everybody's clock. */
  offsetMs = 0;

  /** Milliseconds added to one party's clock, on top. @type {Record<ClockParty, number>} */
  offsets = { idp: 0, aws: 0, connect: 0 };

  /**
   * Returns what a party's clock shows, in milliseconds since 1970.
   *
   * @param {ClockParty} [party] without it, the lab's own time
   */
  now(party) {
    return (
      Date.now() + this.offsetMs + (party ? (this.offsets[party] ?? 0) : 0)
    );
  }
}

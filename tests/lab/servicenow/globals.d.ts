/** What open-frame.js writes in front of the double of openFrameAPI. */
declare const labOpenFrame: {
  release: import("./releases.js").Release;
  /** Events of any release. */
  everKnown: string[];
  payloadLimit: number | null;
};

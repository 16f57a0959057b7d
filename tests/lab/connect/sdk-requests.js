// @ts-check
/**
 * What Amazon's SDK asks for besides activity: previews of campaigns, and voice enhancement. The routes and the shapes of
 * requests and answers are those of the clients in Streams 2.28.2 (connect-streams.js, `ContactClient`, `VoiceClient`); how
 * a request is refused is assumed.
 */

/** @type {Record<string, string>} */
const MODES = {
  NONE: "NONE",
  NOISE_SUPPRESSION: "NOISE_SUPPRESSION",
  VOICE_ISOLATION: "VOICE_ISOLATION",
};

/**
 * @param {object} parts
 * @param {(username: string) => import("./agent.js").Agent} parts.agent
 * @param {() => import("./settings.js").ConnectSettings} parts.settings
 * @returns {(username: string, command: string, data: any) => object | undefined} undefined: unknown. It throws what is
 *   refused.
 */
export function createSdkRequests({ agent, settings }) {
  /** @type {Record<string, (whose: import("./agent.js").Agent, data: any) => object>} */
  const routes = {
    "contact/isPreviewMode": (whose, data) => ({
      isPreviewMode: contactOf(whose, data).isPreview,
    }),
    "contact/getPreviewConfiguration": (whose, data) => {
      const { preview } = contactOf(whose, data);
      if (!preview) throw new Error("the contact is no preview");
      return {
        autoDialTimeout: preview.dialsAfterMs / 1000,
        canDiscardPreview: preview.canDiscard,
      };
    },
    "contact/engagePreviewContact": (whose, data) => {
      const call = contactOf(whose, data);
      call.engage();
      return { participantId: call.contactId };
    },
    "voice/setVoiceEnhancementMode": (whose, { voiceEnhancementMode }) => {
      const mode = MODES[voiceEnhancementMode];
      if (!mode) throw new Error("there is no such mode");
      whose.voiceEnhancementMode = mode;
      return {};
    },
    "voice/getVoiceEnhancementMode": ({ voiceEnhancementMode }) => ({
      voiceEnhancementMode,
    }),
  };
  return (username, command, data) => {
    if (!Object.hasOwn(routes, command)) return undefined;
    if (settings().sdkRefused && !command.startsWith("voice/get"))
      throw new Error("the agent may not do that");
    return routes[command](agent(username), data ?? {});
  };
}

/**
 * @param {import("./agent.js").Agent} whose
 * @param {{ contactId?: string }} data
 */
function contactOf(whose, { contactId }) {
  const found = whose.contacts.find((call) => call.contactId === contactId);
  if (!found) throw new Error("there is no such contact");
  return found;
}

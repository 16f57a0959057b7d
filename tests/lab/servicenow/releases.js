// @ts-check
/**
 * What each version of openFrameAPI can do. Which features came with which release is documented for what has to do with the
 * Interaction Controls, and assumed for the rest.
 *
 * @typedef {object} Release
 * @property {string} version what `openFrameAPI.version()` returns: "1.0.5" was read in source, the others are assumed
 * @property {string[]} methods
 * @property {string[]} events names that `subscribe` takes
 * @property {string[]} contexts types that `setICContext` takes
 */

const OLD = {
  version: "1.0.5",
  methods: (
    "init version subscribe hide show isVisible setTitle setSubtitle setTitleIcon setIcons setSize setHeight setWidth " +
    "setFrameMode openServiceNowForm openServiceNowFormwithChildTab openServiceNowList openCustomURL openInteraction " +
    "setPresenceIndicator getAWAAgentPresence"
  ).split(" "),
  events: (
    "openframe_communication openframe_communication_failure openframe_before_destroy openframe_shown openframe_hidden " +
    "openframe_collapse openframe_expand openframe_title_icon_clicked openframe_icon_clicked " +
    "openframe_header_icon_clicked openframe_awa_agent_presence openframe_awa_workitem_accepted " +
    "openframe_awa_workitem_offered openframe_awa_workitem_rejected openframe_agent_off_interaction"
  ).split(" "),
  contexts: /** @type {string[]} */ ([]),
};

const YOKOHAMA = {
  version: "1.1.0",
  methods: [...OLD.methods, "setICContext", "showIframe", "hideIframe", "log"],
  events: [
    ...OLD.events,
    "interaction_control_action",
    "openframe_heart_beat",
    "openframe_wrap_up_submitted",
  ],
  contexts: ["activeCall", "idleState", "searchTargetList"],
};

const ZURICH = {
  version: "1.2.0",
  methods: [...YOKOHAMA.methods, "toastMessage"],
  events: [
    ...YOKOHAMA.events,
    "openframe_awa_client_offer",
    "openframe_awa_workitem_cancelled",
  ],
  contexts: [...YOKOHAMA.contexts, "offerContext"],
};

const BRAZIL = {
  version: "1.3.0",
  methods: ZURICH.methods,
  events: [...ZURICH.events, "openframe_icc_record_opened"],
  contexts: [...ZURICH.contexts, "activeConversation", "agentSettings"],
};

/** By the names that the setting `library` takes. @type {Record<string, Release>} */
export const RELEASES = {
  "1.0.5": OLD,
  yokohama: YOKOHAMA,
  zurich: ZURICH,
  brazil: BRAZIL,
};

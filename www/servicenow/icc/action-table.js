// @ts-check
// The names of ICC's actions and what is done about them. D: documented by ServiceNow. G: a guess; most names are not published.
// An administrator changes or adds rows with the property `connect_softphone.icc.actions`; what stands on the right is in
// `commands.js`. Names are compared without case and punctuation.

/** @type {readonly (readonly [name: string, command: import("./commands.js").CommandName, source: "D" | "G"])[]} */
export const actionTable = [
  // From the documentation of the event `interaction_control_action`.
  ["mute", "setMute", "D"],
  ["getSearchTarget", "search", "D"],
  ["getMoreInfo", "moreInfo", "D"],
  ["callbackTransferInitiated", "startTransfer", "D"],
  ["cancelCallbackTransfer", "cancelTransfer", "D"],
  ["callbackLeaveAndTransfer", "leave", "D"],
  ["logout", "logout", "D"],
  ["outboundCallInitiated", "dial", "D"],
  ["iccRecordOpened", "recordOpened", "D"],

  // By analogy with those for callbacks.
  ["transferInitiated", "startTransfer", "G"],
  ["leaveAndTransfer", "leave", "G"],
  ["cancelTransfer", "cancelTransfer", "G"],

  // The ids of the toolbar (property toolbarLayoutOrder).
  ["hold", "setHold", "G"],
  ["dtmf", "sendDigits", "G"],
  ["transfer", "startTransfer", "G"],
  ["wrapUpInitiated", "wrapUp", "G"],
  ["flag", "reportIssue", "G"],

  // The names of capabilities.
  ["endCall", "endCall", "G"],
  ["mergeCall", "conference", "G"],
  ["startRecording", "startRecording", "G"],
  ["pauseRecording", "pauseRecording", "G"],
  ["resumeRecording", "resumeRecording", "G"],
  ["stopRecording", "stopRecording", "G"],
  ["initiateCall", "initiateCall", "G"],
  ["closeCallback", "closeCallback", "G"],
  ["monitor", "monitor", "G"],
  ["barge", "bargeIn", "G"],
  ["outBoundCall", "dial", "G"],
  ["outboundQueueSelection", "selectQueue", "G"],
  ["deviceSettings", "deviceSettings", "G"],

  // The events that usage analytics counts.
  ["handleRecording", "setRecording", "G"],
  ["muteParticipants", "setMute", "G"],
  ["startMonitoring", "monitor", "G"],

  // What others would call them.
  ["unmute", "unmute", "G"],
  ["muteParticipant", "setMute", "G"],
  ["unmuteParticipant", "unmute", "G"],
  ["unhold", "resume", "G"],
  ["resume", "resume", "G"],
  ["resumeCall", "resume", "G"],
  ["retrieve", "resume", "G"],
  ["holdCall", "setHold", "G"],
  ["holdParticipant", "setHold", "G"],
  ["end", "endCall", "G"],
  ["hangUp", "endCall", "G"],
  ["disconnect", "endCall", "G"],
  ["endCallInitiated", "endCall", "G"],
  ["removeParticipant", "removeParticipant", "G"],
  ["endParticipant", "removeParticipant", "G"],
  ["sendDTMF", "sendDigits", "G"],
  ["transferCall", "startTransfer", "G"],
  ["merge", "conference", "G"],
  ["mergeCalls", "conference", "G"],
  ["swap", "swap", "G"],
  ["record", "setRecording", "G"],
  ["recording", "setRecording", "G"],
  ["wrapUp", "wrapUp", "G"],
  ["accept", "accept", "G"],
  ["acceptCall", "accept", "G"],
  ["reject", "reject", "G"],
  ["decline", "reject", "G"],
  ["rejectCall", "reject", "G"],
  ["callInitiated", "dial", "G"],
  ["outboundQueueSelected", "selectQueue", "G"],
  ["bargeIn", "bargeIn", "G"],
];

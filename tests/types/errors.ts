// What failed calls reject with.
import {
  SoftphoneError,
  type SoftphoneConfigProblem,
  type SoftphoneErrorCode,
  type SoftphoneFault,
} from "connect-softphone";
import { same } from "./equal.js";

same<
  SoftphoneErrorCode,
  | "CONFIG_INVALID"
  | "CONTAINER_INVALID"
  | "ARGUMENT_INVALID"
  | "ALREADY_OPEN"
  | "MODULE_LOAD_FAILED"
  | "MODULE_CRASHED"
  | "STREAMS_MISSING"
  | "STREAMS_LOAD_FAILED"
  | "STREAMS_FAILED"
  | "WINDOW_BLOCKED"
  | "SIGN_IN_WINDOW_CLOSED"
  | "SIGN_IN_TIMEOUT"
  | "SSO_URL_FAILED"
  | "THIRD_PARTY_COOKIES_BLOCKED"
  | "STORAGE_ACCESS_DENIED"
  | "STORAGE_ACCESS_IGNORED"
  | "CCP_SILENT"
  | "AGENT_SILENT"
  | "AGENT_DATA_FROZEN"
  | "IDENTITY_MISMATCH"
  | "INSECURE_CONTEXT"
  | "FRAME_SANDBOXED"
  | "STREAMS_TOO_OLD"
  | "CCP_EXISTS"
  | "FRAME_BLOCKED"
  | "CONTAINER_REMOVED"
  | "CALL_AUDIO_LOST"
  | "NETWORK_OFFLINE"
  | "CONNECTION_LOST"
  | "CCP_LOST"
  | "SOFTPHONE_ELSEWHERE"
  | "ACCESS_DENIED"
  | "SESSION_ENDED"
  | "STAY_ACTIVE_FAILED"
  | "SIGN_OUT_FAILED"
  | "CONTACT_CONNECTED"
  | "MICROPHONE_DENIED"
  | "MICROPHONE_DISMISSED"
  | "MICROPHONE_MISSING"
  | "MICROPHONE_BUSY"
  | "MICROPHONE_LOST"
  | "NOT_POSSIBLE_NOW"
  | "COMMAND_REFUSED"
  | "COMMAND_TIMEOUT"
  | "CONTACT_GONE"
  | "CONNECTION_RESET"
  | "NO_AUDIO"
  | "TRANSFER_NOT_ANSWERED"
  | "NUMBER_INVALID"
  | "NOT_ALLOWED"
  | "MUTE_NOT_CONFIRMED"
  | "DEVICE_NOT_APPLIED"
  | "CLOSED"
>();

export function explain(thrown: unknown): string {
  if (!(thrown instanceof SoftphoneError)) throw thrown;
  const error: Error = thrown;
  same<typeof thrown.name, "SoftphoneError">();
  same<typeof thrown.code, SoftphoneErrorCode>();
  same<typeof thrown.remedy, string>();
  same<typeof thrown.problems, readonly SoftphoneConfigProblem[] | undefined>();
  same<typeof thrown.cause, unknown>();
  const problems = (thrown.problems ?? []).map(
    ({ field, found, expected }) =>
      `${field} is ${found} and should be ${expected}`,
  );
  return [error.message, error.stack, ...problems].join("\n");
}

/** A status' error and a thrown one can be shown by the same code. */
export function show({ code, message, remedy }: SoftphoneFault): string {
  return `${message} (${code}: ${remedy})`;
}

export function mistakes(error: SoftphoneError): void {
  show(error);
  // @ts-expect-error a code that does not exist
  if (error.code === "POPUP_BLOCKED") return;
  // @ts-expect-error errors are only read
  error.code = "CLOSED";
  // @ts-expect-error and their problems as well
  error.problems?.push({ field: "", found: "", expected: "" });
  // @ts-expect-error nothing was found out about what another party threw
  error.cause.message;
  // @ts-expect-error a fault in the status has no cause
  (error as SoftphoneFault).cause;
}

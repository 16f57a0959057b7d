// @ts-check
// Phone numbers as a plain script, for hosts without modules that load them when the first number is dialled.
import { read } from "./phone-number.js";

Object.assign(globalThis, { connectSoftphoneNumbers: Object.freeze({ read }) });

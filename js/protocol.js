// @ts-check
// What the page that begins a sign-in and the return page that ends it have agreed on. Either may be
// of another version of this package for a while, so a value here is never reused for something else.

/** The query parameter with the one-time number; `RETURN_PARAMETER` of the core, a test compares them. */
export const RETURN_PARAMETER = "softphoneSignIn";

/** Where the page keeps in `sessionStorage` how to come back from a redirect. */
export const REDIRECT_KEY = "connect-softphone:redirect";

/** The `BroadcastChannel` between the pages of one origin. */
export const CHANNEL_NAME = "connect-softphone-sign-in";

/** The `type` of the message with which the return page says that it was reached. */
export const RETURNED = "softphoneSignInReturned";

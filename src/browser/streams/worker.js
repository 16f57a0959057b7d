// @ts-check

/**
 * Asks Connect whose session the CCP's SharedWorker has. The worker passes the request on with the token that it has by
 * then (Streams 2.28.2, connect-streams.js, `handleAPIRequest`), so the answer is younger than what it remembers.
 *
 * @param {any} connect
 * @param {(user: string | undefined) => void} told called once, or not at all when Connect does not answer
 */
export function askUser(connect, told) {
  try {
    const client = connect.core.getClient();
    client.call(
      connect.ClientMethods.GET_AGENT_CONFIGURATION,
      {},
      {
        success: (/** @type {any} */ data) =>
          told(data?.configuration?.username),
        failure: () => told(undefined),
      },
    );
  } catch {
    told(undefined);
  }
}

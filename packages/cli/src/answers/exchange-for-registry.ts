import { AuthenticationError } from "@entrada/core/credential";

/**
 * The registry's own refresh token for a token of Microsoft Entra (Azure Container Registry: "AAD OAuth flow", step
 * `POST /oauth2/exchange`).
 * @throws AuthenticationError `network`, `access_denied` or `invalid_response`
 */
export async function exchangeForRegistry(
  registry: string,
  accessToken: string,
  tenant: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "access_token",
    service: registry,
    ...(tenant === undefined ? {} : { tenant }),
    access_token: accessToken,
  });
  const { status, body } = await post(registry, form, signal);
  const answer = objectIn(body);
  if (status === 200 && typeof answer["refresh_token"] === "string") return answer["refresh_token"];
  if (status === 200) {
    throw new AuthenticationError({
      code: "invalid_response",
      what: `The registry ${registry} answered without a refresh token`,
      remedy: "Check the name of the registry",
    });
  }
  const denied = status === 401 || status === 403;
  throw new AuthenticationError({
    code: denied ? "access_denied" : "network",
    what: `The registry ${registry} refused the sign-in (HTTP ${status})`,
    remedy: denied
      ? "Ask its owner for the role AcrPull, or sign in with the account that has it"
      : "Try again later",
  });
}

async function post(
  registry: string,
  form: URLSearchParams,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly body: Uint8Array }> {
  const { nodeHttpsTransport } = await import("@entrada/core/http");
  const transport = nodeHttpsTransport();
  try {
    return await transport({
      method: "POST",
      url: `https://${registry}/oauth2/exchange`,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: form.toString(),
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_IN_MS)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new AuthenticationError({
      code: "network",
      what: `The registry ${registry} could not be reached`,
      remedy: "Check its name, the network and the proxy",
      cause: error,
    });
  } finally {
    transport.close();
  }
}

const LONGEST_IN_MS = 30_000;

function objectIn(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // No JSON: told by the caller.
  }
}

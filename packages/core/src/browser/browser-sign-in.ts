import { throwIfAborted } from "../errors/abort-error.ts";
import { isAuthenticationError } from "../errors/authentication-error.ts";
import type { InteractiveRequest, TokenAnswer } from "../flow/flow.ts";
import { isSignedInElsewhere } from "../flow/signed-in-elsewhere.ts";
import type { LateEnd } from "../loopback/listener-contract.ts";
import { NOT_ASKED_YET } from "../refusals/on-the-page.ts";
import { answerFromBrowser } from "./answer-from-browser.ts";
import { authorizationUrl } from "./authorization-url.ts";
import type { BrowserSignInOptions } from "./browser-sign-in-options.ts";
import { chosenWay } from "./chosen-way.ts";
import { expectedAnswer } from "./expected-answer.ts";
import { createAuthorizationSecrets } from "./pkce.ts";
import { redeemAnswer } from "./redeem-answer.ts";
import { RedirectionEndpoint } from "./redirection-endpoint.ts";

/**
 * One sign-in by the authorization code flow with PKCE through the system's browser and a loopback redirect (RFC 8252).
 * See `Flow.interactive`.
 */
export async function browserSignIn(
  options: BrowserSignInOptions,
  request: InteractiveRequest,
): Promise<TokenAnswer> {
  const { entra, clientId, applicationName } = options;
  const { signal, expiresOn } = request;
  const warn = (code: string, message: string): void =>
    request.report({ type: "warning", flow: "browser", code, message });

  // 1. Whether a person can be shown a browser at all, and where the authority's endpoints are.
  throwIfAborted(signal);
  const { by, openBrowser, unusable } = chosenWay(options);
  if (unusable !== undefined) warn("browser_not_found", `${unusable}.`);
  request.explainTimeout?.(() => NOT_ASKED_YET);
  const metadata = await entra.metadata(request);

  // 2. Where the answer is to come, and what proves that it is ours.
  const secrets = createAuthorizationSecrets();
  throwIfAborted(signal);
  const { state, codeVerifier, nonce } = secrets;
  const expected = expectedAnswer({ options, request, metadata, state });
  const endpoint = await RedirectionEndpoint.open({ ...options, by, expected, warn });
  const { redirectUri, responseMode } = endpoint;
  let end: LateEnd = "failed";
  try {
    // 3. The sign-in page, in the person's browser.
    const url = authorizationUrl({
      endpoint: metadata.authorization_endpoint,
      clientId,
      redirectUri,
      secrets,
      request,
      responseMode,
    });
    request.report({
      type: "prompt",
      flow: "browser",
      url,
      ...(expiresOn === undefined ? {} : { expiresOn }),
      ...(applicationName === undefined ? {} : { applicationName }),
      ...(by === "paste" ? { answerBy: by } : {}),
    });

    // 4. The code for tokens; the browser is told how that ended.
    const answer = await endpoint.tokens({
      signal,
      asked: { applicationName, expiresOn, url },
      fromBrowser: (listener, stop) =>
        answerFromBrowser({
          options,
          request: { ...request, signal: stop },
          listener,
          openBrowser,
          url,
          refusal: () => endpoint.trouble,
        }),
      redeem: (response) => redeemAnswer(response, entra, request, { codeVerifier, redirectUri, nonce }),
    });
    end = "complete";
    return answer;
  } catch (error) {
    if (signal.aborted) end = endOf(signal);
    throw error;
  } finally {
    await endpoint.retire(end);
  }
}

function endOf(signal: AbortSignal): LateEnd {
  if (isSignedInElsewhere(signal)) return "complete";
  const reason: unknown = signal.reason;
  return isAuthenticationError(reason) && reason.code === "timeout" ? "timeout" : "stopped";
}

import { isGuid } from "../authority/tenant-form.ts";
import type { Clock } from "../clock.ts";
import { AbortError, throwIfAborted } from "../errors/abort-error.ts";
import { CredentialUnavailableError, isAuthenticationError } from "../errors/authentication-error.ts";
import type { InteractiveRequest, TokenAnswer } from "../flow/flow.ts";
import type { AuthorizationResponse, LoopbackListener } from "../loopback/listener-contract.ts";
import { startLoopbackListener } from "../loopback/loopback-listener.ts";
import type { RemedyFor } from "../loopback/authorization-error.ts";
import type { EntraClient } from "../msal/entra-client.ts";
import { PAGE_WORDS } from "../pages/page-words.ts";
import { remedyFor } from "../refusals/aadsts-remedies.ts";
import { shownCause } from "../refusals/shown-cause.ts";
import { authorizationUrl } from "./authorization-url.ts";
import type { BrowserFlowChoices } from "./browser-flow-choices.ts";
import { systemBrowser } from "./open-browser.ts";
import { createAuthorizationSecrets } from "./pkce.ts";

export interface BrowserSignInOptions extends BrowserFlowChoices {
  readonly entra: EntraClient;
  readonly clientId: string;
  readonly clock: Clock;
}

/** One sign-in by the authorization code flow with PKCE through the system's browser and a loopback redirect (RFC 8252). */
export class BrowserSignIn {
  readonly #options: BrowserSignInOptions;

  constructor(options: BrowserSignInOptions) {
    this.#options = options;
  }

  /** See `Flow.interactive`. */
  async run(request: InteractiveRequest): Promise<TokenAnswer> {
    const { entra, clientId, clock, redirectUri, pages } = this.#options;

    // 1. Where the authority's endpoints are.
    throwIfAborted(request.signal);
    const metadata = await entra.metadata(request);

    // 2. Where the answer is to come, and what proves that it is ours.
    const secrets = createAuthorizationSecrets();
    throwIfAborted(request.signal);
    const listener = await startLoopbackListener({
      state: secrets.state,
      issuer: issuerOf(metadata, request.tenantId),
      scopes: request.scopes,
      claims: request.claims,
      correlationId: request.correlationId,
      remedyFor: this.#remedies(request),
      clock,
      warn: (code, message) => request.report({ type: "warning", flow: "browser", code, message }),
      ...(redirectUri === undefined ? {} : { redirectUri }),
      ...(pages === undefined ? {} : { pages }),
    });
    try {
      // 3. The sign-in page, in the person's browser.
      const url = authorizationUrl({
        endpoint: metadata.authorization_endpoint,
        clientId,
        redirectUri: listener.redirectUri,
        secrets,
        request,
      });
      request.report({ type: "prompt", flow: "browser", url });
      const response = await this.#answerOf(listener, url, request);

      // 4. The code for tokens; the browser is told how that ended.
      return await this.#redeem(response, request, {
        code: response.code,
        codeVerifier: secrets.codeVerifier,
        redirectUri: listener.redirectUri,
        nonce: secrets.nonce,
      });
    } finally {
      await listener.close();
    }
  }

  // The answer may come before the opener has returned, or the opener may fail while nothing comes.
  async #answerOf(
    listener: LoopbackListener,
    url: string,
    request: InteractiveRequest,
  ): Promise<AuthorizationResponse> {
    const { signal } = request;
    const warn = (code: string, message: string): void =>
      request.report({ type: "warning", flow: "browser", code, message });
    const { openBrowser = systemBrowser({ warn }) } = this.#options;
    const answered = new AbortController();
    const opening = new Promise<never>((_, reject) => {
      Promise.resolve()
        .then(() => {
          // Who heard of the prompt may have given up: then nothing is opened.
          throwIfAborted(signal);
          return openBrowser(url, { signal });
        })
        .catch((error: unknown) =>
          reject(signal.aborted ? new AbortError(signal) : browserFailed(error, url)),
        );
    });
    this.#options.entra.prepare();
    const stop = AbortSignal.any([signal, answered.signal]);
    try {
      return await Promise.race([listener.wait(stop), opening]);
    } catch (error) {
      if (isAuthenticationError(error) && error.code === "browser_unavailable") {
        request.report({ type: "browser_unavailable", flow: "browser", url, error });
      }
      throw error;
    } finally {
      answered.abort();
    }
  }

  async #redeem(
    response: AuthorizationResponse,
    request: InteractiveRequest,
    grant: Parameters<EntraClient["redeemCode"]>[1],
  ): Promise<TokenAnswer> {
    try {
      const answer = await this.#options.entra.redeemCode(request, grant);
      await response.finish({ ok: true });
      return answer;
    } catch (error) {
      const details = error instanceof Error ? error.message : "No reason is known.";
      await response.finish({ ok: false, ...PAGE_WORDS.notRedeemed, details });
      throw error;
    }
  }

  #remedies({ tenantId, scopes }: InteractiveRequest): RemedyFor {
    const { clientId, redirectUri = "http://localhost" } = this.#options;
    return (aadsts) => {
      const remedy = remedyFor(aadsts);
      return remedy && { ...remedy, text: remedy.text({ clientId, tenantId, scopes, redirectUri }) };
    };
  }
}

// RFC 9207: an authority that says it names itself must do so. Where the tenant is not known yet, its issuer is not
// either, and only the tenant is left open.
function issuerOf(
  metadata: { issuer: string; authorization_response_iss_parameter_supported?: boolean },
  tenantId: string,
): { readonly expected: string; readonly required: boolean } {
  const required = metadata.authorization_response_iss_parameter_supported === true;
  const segments = metadata.issuer.split("/");
  const expected = isGuid(tenantId)
    ? segments.map((segment) => (segment === "{tenantid}" ? tenantId : segment))
    : segments.map((segment) => (segment === tenantId ? "{tenantid}" : segment));
  return { expected: expected.join("/"), required };
}

// The opener's own error may quote the URL.
const SECRET_PARAMETERS = ["state", "nonce", "code_challenge"];

function browserFailed(error: unknown, url: string): unknown {
  if (isAuthenticationError(error)) return error;
  const { searchParams } = new URL(url);
  const secrets = SECRET_PARAMETERS.flatMap((name) => searchParams.getAll(name));
  return new CredentialUnavailableError({
    code: "browser_unavailable",
    what: "The browser could not be opened",
    remedy:
      'Open the URL of the "prompt" event by hand through the option "openBrowser", or use the device code flow',
    detail: "browser_failed",
    cause: shownCause(error, secrets),
  });
}

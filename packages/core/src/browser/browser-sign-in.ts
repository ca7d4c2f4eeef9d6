import { otherClouds } from "../authority/other-clouds.ts";
import type { AuthorityMetadata } from "../authority/authority-metadata.ts";
import { isGuid } from "../authority/tenant-form.ts";
import type { Clock } from "../clock.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import {
  type AuthenticationErrorCode,
  CredentialUnavailableError,
  isAuthenticationError,
} from "../errors/authentication-error.ts";
import type { InteractiveRequest, TokenAnswer } from "../flow/flow.ts";
import type { AuthorizationResponse, LateEnd, LoopbackListener } from "../loopback/listener-contract.ts";
import { isSignedInElsewhere } from "../flow/signed-in-elsewhere.ts";
import { startLoopbackListener } from "../loopback/loopback-listener.ts";
import type { RemedyFor } from "../loopback/authorization-error.ts";
import type { EntraClient } from "../msal/entra-client.ts";
import { remedyFor } from "../refusals/aadsts-remedies.ts";
import type { PendingAnswer, PendingAnswerOptions } from "../loopback/pending-answer.ts";
import type { PasteQuestionOptions } from "../paste/paste-question.ts";
import { thisMachine } from "../surroundings/surroundings.ts";
import type { AnswerBy } from "./answer-by.ts";
import { NOT_ASKED_YET } from "../refusals/on-the-page.ts";
import { answerWay, type AnswerWay } from "./answer-way.ts";
import { authorizationUrl } from "./authorization-url.ts";
import type { BrowserFlowChoices } from "./browser-flow-choices.ts";
import { findSystemBrowser, type OpenBrowser } from "./open-browser.ts";
import { PageOpening } from "./page-opening.ts";
import { createAuthorizationSecrets } from "./pkce.ts";
import { timeoutHint } from "./timeout-hint.ts";

export interface BrowserSignInOptions extends BrowserFlowChoices {
  readonly entra: EntraClient;
  readonly clientId: string;
  readonly clock: Clock;
  readonly applicationName?: string | undefined;
  /** Whether anybody is told what the events say, and so can open the URL by hand. */
  readonly isHeard: boolean;
}

/** One sign-in by the authorization code flow with PKCE through the system's browser and a loopback redirect (RFC 8252). */
export class BrowserSignIn {
  readonly #options: BrowserSignInOptions;

  constructor(options: BrowserSignInOptions) {
    this.#options = options;
  }

  /** See `Flow.interactive`. */
  async run(request: InteractiveRequest): Promise<TokenAnswer> {
    const { entra, clientId, clock, redirectUri, pages, applicationName } = this.#options;

    // 1. Whether a person can be shown a browser at all, and where the authority's endpoints are.
    throwIfAborted(request.signal);
    const { by: answerBy, unusable } = this.#way();
    if (unusable !== undefined)
      request.report({
        type: "warning",
        flow: "browser",
        code: "browser_not_found",
        message: `${unusable}.`,
      });
    const openBrowser = this.#options.openBrowser ?? (answerBy === "paste" ? undefined : findSystemBrowser());
    request.explainTimeout?.(() => NOT_ASKED_YET);
    const metadata = await entra.metadata(request);

    // 2. Where the answer is to come, and what proves that it is ours.
    const secrets = createAuthorizationSecrets();
    throwIfAborted(request.signal);
    const expected = {
      state: secrets.state,
      issuer: issuerOf(metadata, request.tenantId),
      scopes: request.scopes,
      claims: request.claims,
      correlationId: request.correlationId,
      remedyFor: this.#remedies(request, metadata),
    };
    const paste = answerBy === "paste" ? await openPaste(expected) : undefined;
    const listening = startLoopbackListener(
      {
        ...expected,
        clock,
        applicationName,
        warn: (code, message) => request.report({ type: "warning", flow: "browser", code, message }),
        ...(redirectUri === undefined ? {} : { redirectUri }),
        ...(pages === undefined ? {} : { pages }),
      },
      paste?.answer,
    );
    const listener = await (paste === undefined
      ? listening
      : listening.catch(() => paste.noListener(redirectUri)));
    let end: LateEnd = "failed";
    try {
      // 3. The sign-in page, in the person's browser.
      const url = authorizationUrl({
        endpoint: metadata.authorization_endpoint,
        clientId,
        redirectUri: listener.redirectUri,
        secrets,
        request,
        responseMode: paste === undefined ? "form_post" : "query",
      });
      const { expiresOn } = request;
      request.report({
        type: "prompt",
        flow: "browser",
        url,
        ...(expiresOn === undefined ? {} : { expiresOn }),
        ...(applicationName === undefined ? {} : { applicationName }),
        ...(paste === undefined ? {} : { answerBy: "paste" as const }),
      });

      // 4. The code for tokens; the browser is told how that ended.
      const { codeVerifier, nonce } = secrets;
      const redeem = (response: AuthorizationResponse): Promise<TokenAnswer> =>
        this.#redeem(response, request, {
          code: response.code,
          codeVerifier,
          redirectUri: listener.redirectUri,
          nonce,
        });
      const fromBrowser = async (signal: AbortSignal): Promise<TokenAnswer> =>
        redeem(await this.#answerOf(listener, openBrowser, url, { ...request, signal }));
      const asked = { applicationName, expiresOn, url, redirectUri: listener.redirectUri };
      const answer =
        paste === undefined
          ? await fromBrowser(request.signal)
          : await firstOf(request.signal, [fromBrowser, (signal) => paste.ask({ asked, redeem }, signal)]);
      end = "complete";
      return answer;
    } catch (error) {
      if (request.signal.aborted) end = endOf(request.signal);
      throw error;
    } finally {
      await listener.retire(end);
    }
  }

  // The answer may come before the opener has returned, the opener may fail while nothing comes, and the authority may
  // know nothing of the tenant: then it shows a page that leads nowhere.
  async #answerOf(
    listener: LoopbackListener,
    openBrowser: OpenBrowser | undefined,
    url: string,
    request: InteractiveRequest,
  ): Promise<AuthorizationResponse> {
    const { entra, clientId, redirectUri, isHeard } = this.#options;
    const answered = new AbortController();
    const opening =
      openBrowser && new PageOpening({ openBrowser, url, link: listener.linkTo(url), request, isHeard });
    request.explainTimeout?.(() =>
      timeoutHint({ clientId, redirectUri, trouble: opening?.trouble, usedHttps: listener.greetedByTls }),
    );
    const opened = opening === undefined ? [] : [opening.run()];
    entra.prepare();
    const stop = AbortSignal.any([request.signal, answered.signal]);
    const refused = this.#tenantRefused({ ...request, signal: stop });
    try {
      return await Promise.race([listener.wait(stop), ...opened, refused]);
    } finally {
      answered.abort();
    }
  }

  /** @throws CredentialUnavailableError where neither way can be gone here */
  #way(): Extract<AnswerWay, { readonly by: AnswerBy }> {
    const { openBrowser, answerBy } = this.#options;
    // Who opens the page knows where the person sits.
    if (openBrowser !== undefined && answerBy === undefined) return { by: "loopback" };
    if (openBrowser !== undefined && answerBy === "loopback") return { by: answerBy };
    const way = answerWay(answerBy, thisMachine);
    if (way.by === undefined) throw new CredentialUnavailableError(way.why);
    return way;
  }

  /** Rejects when the authority does not know the tenant; else never settles. */
  #tenantRefused(request: InteractiveRequest): Promise<never> {
    return new Promise((_, reject) => {
      this.#options.entra.tenantRefusal(request).then(
        (refusal) => refusal && reject(refusal),
        () => {}, // it could not be asked, or the sign-in has ended: nothing depends on it
      );
    });
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
      await response.finish({ ok: false, name: "notRedeemed", details, code: codeOf(error) });
      throw error;
    }
  }

  #remedies({ tenantId, scopes }: InteractiveRequest, metadata: AuthorityMetadata): RemedyFor {
    const { clientId, redirectUri = "http://localhost" } = this.#options;
    const others = otherClouds(metadata.authorization_endpoint);
    return (aadsts) => {
      const remedy = remedyFor(aadsts);
      return (
        remedy && {
          ...remedy,
          text: remedy.text({ clientId, tenantId, scopes, redirectUri, otherClouds: others }),
        }
      );
    };
  }
}

interface Paste {
  readonly answer: PendingAnswer;
  readonly noListener: (redirectUri: string | undefined) => LoopbackListener;
  ask(
    question: Pick<PasteQuestionOptions<TokenAnswer>, "asked" | "redeem">,
    signal: AbortSignal,
  ): Promise<TokenAnswer>;
}

// Loaded where it is needed: most people sit at the machine on which the program runs.
async function openPaste(expected: PendingAnswerOptions): Promise<Paste> {
  const { askForPaste, noListener, PendingAnswer } = await import("../paste/open-paste.ts");
  const answer = new PendingAnswer({ ...expected, inAddress: true });
  return { answer, noListener, ask: (question, signal) => askForPaste({ ...question, answer }, signal) };
}

/** The first that comes to an end, whichever; the others are aborted. */
async function firstOf<T>(
  signal: AbortSignal,
  ways: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T> {
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  try {
    return await Promise.race(ways.map((way) => way(stop)));
  } finally {
    ended.abort();
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

function endOf(signal: AbortSignal): LateEnd {
  if (isSignedInElsewhere(signal)) return "complete";
  const reason: unknown = signal.reason;
  return isAuthenticationError(reason) && reason.code === "timeout" ? "timeout" : "stopped";
}

function codeOf(error: unknown): AuthenticationErrorCode | undefined {
  return isAuthenticationError(error) ? error.code : undefined;
}

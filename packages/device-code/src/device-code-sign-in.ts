import {
  ELSE_AGAIN,
  EXPLAINED_AT,
  invalidOption,
  isAuthenticationError,
  mergeClaims,
  NOT_ASKED_YET,
  otherClouds,
  isRefusal,
  serverError,
  throwIfAborted,
  type AuthorityAnswer,
  type Clock,
  type EntraClient,
  type InteractiveRequest,
  type TokenAnswer,
  type TokenRequest,
} from "@entrada/core/flow";
import { CodeLifetime } from "./code-lifetime.ts";
import { CodeTrouble } from "./code-trouble.ts";
import { readDeviceAuthorization, type DeviceAuthorization } from "./device-authorization.ts";
import type { UserPromptCallback } from "./device-code-prompt.ts";
import { poll } from "./poll.ts";

/** What a sign-in needs of the msal boundary. */
export type DeviceCodeEntra = Pick<EntraClient, "metadata" | "post" | "prepare" | "redeemDeviceCode">;

export interface DeviceCodeSignInOptions {
  readonly entra: DeviceCodeEntra;
  readonly clientId: string;
  readonly applicationName?: string | undefined;
  readonly clock: Clock;
  readonly userPromptCallback: UserPromptCallback;
}

/** A code that the authority has given, with its whole answer, which msal-node wants to see later. */
interface IssuedCode extends DeviceAuthorization {
  readonly answer: AuthorityAnswer;
  readonly lifetime: CodeLifetime;
  readonly trouble: CodeTrouble;
}

/** One sign-in by the device authorization grant (RFC 8628): the person signs in on any device, with a code that this one shows. */
export class DeviceCodeSignIn {
  readonly #options: DeviceCodeSignInOptions;

  constructor(options: DeviceCodeSignInOptions) {
    this.#options = options;
  }

  /** See `Flow.interactive`. */
  async run(request: InteractiveRequest): Promise<TokenAnswer> {
    throwIfAborted(request.signal);

    request.explainTimeout?.(() => NOT_ASKED_YET);

    // 1. Request a code (section 3.1 and 3.2).
    const code = await this.#requestCode(request);

    const token = await code.lifetime.limit(request.signal, async (signal) => {
      // 2. Show it to the person (section 3.3).
      await this.#show(code, { ...request, signal });

      // 3. Poll until the person has answered (section 3.4 and 3.5). What is loaded meanwhile is no reason to wait longer.
      const shown = this.#options.clock.monotonic();
      this.#options.entra.prepare();
      return this.#poll(code, { ...request, signal }, shown);
    });

    // 4. Redeem what came.
    return this.#options.entra.redeemDeviceCode(request, { device: deviceAnswerOf(code), token });
  }

  async #requestCode(request: InteractiveRequest): Promise<IssuedCode> {
    const { entra, clientId, clock } = this.#options;
    const { device_authorization_endpoint: url } = await entra.metadata(request);
    const scope = [...new Set([...request.scopes, "openid", "profile", "offline_access"])].join(" ");
    // Whoever asks twice gets a second code, and the first one ends unused: this may be repeated.
    const answer = await entra.post(
      url,
      { client_id: clientId, scope, ...claimsOf(request) },
      request,
      "safe",
    );
    if (isRefusal(answer)) {
      throw this.#refusal("No device code was given", answer, request, url);
    }
    const { correlationId } = request;
    const authorization = readDeviceAuthorization(answer, { correlationId, warn: this.#warningsOf(request) });
    const trouble = new CodeTrouble();
    const lifetime = new CodeLifetime(clock, authorization.lifetimeInMs, trouble);
    return { ...authorization, answer, lifetime, trouble };
  }

  async #show(
    { userCode, verificationUri, message, lifetime, trouble }: IssuedCode,
    request: InteractiveRequest,
  ): Promise<void> {
    // The person's own time may be shorter than the code's life.
    const expiresOn = earlier(lifetime.expiresOn, request.expiresOn);
    const { applicationName } = this.#options;
    request.report({
      type: "prompt",
      flow: "device-code",
      url: verificationUri,
      userCode,
      expiresOn,
      ...(applicationName === undefined ? {} : { applicationName }),
    });
    request.explainTimeout?.(() => [trouble.words, TIMEOUT_HINT].filter(Boolean).join(". "));
    const { signal } = request;
    // Who heard of the prompt may have given up: then nothing is shown.
    throwIfAborted(signal);
    trouble.handedOver();
    try {
      await this.#options.userPromptCallback({ userCode, verificationUri, message, expiresOn }, { signal });
    } catch (cause) {
      throw isUnavailable(cause) ? cause : promptFailed(cause);
    }
    trouble.shown();
  }

  async #poll(
    { deviceCode, intervalInMs, lifetime, trouble }: IssuedCode,
    request: InteractiveRequest,
    since: number,
  ): Promise<AuthorityAnswer> {
    const { entra, clientId, clock } = this.#options;
    const { token_endpoint: url } = await entra.metadata(request);
    const form = {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      client_id: clientId,
      device_code: deviceCode,
      // Entra then says whose token it is.
      client_info: "1",
      ...claimsOf(request),
    };
    return poll({
      clock,
      lifetime,
      trouble,
      intervalInMs,
      since,
      signal: request.signal,
      ask: () => entra.post(url, form, request),
      refusal: (answer) => this.#refusal("The sign-in was not completed", answer, request, url),
      warn: this.#warningsOf(request),
    });
  }

  #refusal(what: string, answer: AuthorityAnswer, request: InteractiveRequest, asked: string): Error {
    return serverError(answer, {
      what,
      scopes: request.scopes,
      claims: request.claims,
      clientId: this.#options.clientId,
      tenantId: request.tenantId,
      otherClouds: otherClouds(asked),
      interactive: true,
      correlationId: request.correlationId,
    });
  }

  #warningsOf({ report }: InteractiveRequest): (code: string, message: string) => void {
    return (code, message) => report({ type: "warning", flow: "device-code", code, message });
  }
}

function claimsOf({ claims, enableCae }: TokenRequest): { readonly claims?: string } {
  const merged = mergeClaims(claims, enableCae);
  return merged === undefined ? {} : { claims: merged };
}

// msal-node computes with these two as they are.
function deviceAnswerOf({ answer, lifetimeInMs, intervalInMs }: IssuedCode): AuthorityAnswer {
  const json = { ...answer.json, expires_in: lifetimeInMs / 1000, interval: intervalInMs / 1000 };
  return { ...answer, json };
}

// Our own prompt, where the code could not be written.
function isUnavailable(error: unknown): boolean {
  return isAuthenticationError(error) && error.name === "CredentialUnavailableError";
}

// A mistake in the program that set the prompt: no person can have seen the code.
function promptFailed(cause: unknown): TypeError {
  const expected = "a function that shows the code without throwing or rejecting";
  const error = invalidOption("userPromptCallback", expected, undefined, "prompt_failed");
  return Object.assign(error, { cause });
}

const TIMEOUT_HINT =
  "If the page of the code showed an error, it cannot tell this program: " +
  `an AADSTS number on it is ${EXPLAINED_AT}. ${ELSE_AGAIN}`;

function earlier(one: Date, other: Date = one): Date {
  return other < one ? other : one;
}

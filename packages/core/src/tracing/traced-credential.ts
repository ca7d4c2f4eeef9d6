import type { AuthenticationRecord } from "../authentication-record.ts";
import type { AuthenticateOptions, InteractiveCredential } from "../interactive-credential.ts";
import { check } from "../options/check-option.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import { errorAttributes, errorType } from "./error-attributes.ts";
import type { OpenTelemetry } from "./open-telemetry.ts";

const TRACER = "@entrada/core";
/** `SpanStatusCode.ERROR` of OpenTelemetry. */
const ERROR = 2;
/** What the Azure SDKs say of everything that signs in. */
const ATTRIBUTES = { "az.namespace": "Microsoft.AAD" };

/**
 * A credential that is the given one, and has each `getToken` and `authenticate` in a span of OpenTelemetry, named as
 * `@azure/identity` names it: `InteractiveBrowserCredential.getToken`. The span that a client of the Azure SDK passes is
 * its parent, else the active one. A failure is its status and its `error.type`; no message, user name, token or code is
 * in a span.
 *
 * @param credential - any credential of Entrada. Its class names the spans: a bundler that renames classes renames them.
 * @param opentelemetry - the module `@opentelemetry/api`, which stays the application's
 * @throws TypeError for something else
 * @example
 * ```ts
 * import { InteractiveBrowserCredential } from "@entrada/core";
 * import { tracedCredential, traceEvents } from "@entrada/core/tracing";
 * import * as opentelemetry from "@opentelemetry/api";
 *
 * const browser = new InteractiveBrowserCredential({ onEvent: traceEvents(opentelemetry) });
 * export const credential = tracedCredential(browser, opentelemetry);
 * ```
 */
export function tracedCredential(
  credential: InteractiveCredential,
  opentelemetry: OpenTelemetry,
): InteractiveCredential {
  check.methods("credential", credential, ["getToken", "authenticate", "accounts", "signOut"]);
  check.object("opentelemetry", opentelemetry);
  check.methods("opentelemetry.trace", opentelemetry.trace, ["getTracer", "getSpan", "setSpan"]);
  check.methods("opentelemetry.context", opentelemetry.context, ["active", "with"]);
  return new TracedCredential(credential, opentelemetry);
}

class TracedCredential implements InteractiveCredential {
  readonly #credential: InteractiveCredential;
  readonly #opentelemetry: OpenTelemetry;

  constructor(credential: InteractiveCredential, opentelemetry: OpenTelemetry) {
    this.#credential = credential;
    this.#opentelemetry = opentelemetry;
  }

  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    return this.#withSpan("getToken", options, () => this.#credential.getToken(scopes, options));
  }

  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#withSpan("authenticate", options, () => this.#credential.authenticate(scopes, options));
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#credential.accounts();
  }

  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#credential.signOut(account);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#credential[Symbol.asyncDispose]();
  }

  async #withSpan<Result>(
    method: string,
    options: GetTokenOptions | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { context, trace } = this.#opentelemetry;
    const parent = this.#parentOf(options);
    const name = `${this.#credential.constructor.name}.${method}`;
    // Asked for each time: an SDK may be registered later, and in another copy of the module than this one.
    const span = trace.getTracer(TRACER).startSpan(name, { attributes: ATTRIBUTES }, parent);
    try {
      return await context.with(trace.setSpan(parent, span), work);
    } catch (error) {
      span.setAttributes(errorAttributes(error));
      span.setStatus({ code: ERROR, message: errorType(error) });
      throw error;
    } finally {
      span.end();
    }
  }

  // A client of the Azure SDK that nobody instruments passes a context, too: an empty one that is not OpenTelemetry's.
  #parentOf(options: GetTokenOptions | undefined): unknown {
    const { context, trace } = this.#opentelemetry;
    const given: unknown = options?.tracingOptions?.tracingContext;
    return given !== undefined && trace.getSpan(given) !== undefined ? given : context.active();
  }
}

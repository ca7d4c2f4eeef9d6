import {
  AzureAuthorityHosts,
  InteractiveBrowserCredential,
  type AccessToken,
  type AuthenticateOptions,
  type AuthenticationRecord,
  type GetTokenOptions,
  type InteractiveCredential,
} from "@entrada/core";
import {
  check,
  CredentialUnavailableError,
  isAuthenticationError,
  isAuthenticationRequired,
  resolveSettings,
} from "@entrada/core/credential";
import { chosenFlows, thisMachine } from "@entrada/core/surroundings";
import { AUTO_OPTIONS, choiceOf, type AutoCredentialOptions } from "./auto-credential-options.ts";
import { planSignIn, type FoundBroker } from "./plan-sign-in.ts";
import type { SignInFlow, SignInPlan } from "./sign-in-plan.ts";

/** The other packages, as far as they are there. */
interface Ways {
  readonly broker?: {
    InteractiveBrowserBrokerCredential: new (options: object) => InteractiveCredential;
    getBrokerAvailability(): FoundBroker;
  };
  readonly deviceCode?: { DeviceCodeCredential: new (options: object) => InteractiveCredential };
}

interface Prepared {
  readonly plan: SignInPlan;
  /** In the order of the plan. */
  readonly credentials: readonly InteractiveCredential[];
}

/**
 * Signs a person in by the first way that this session can: the broker of Windows, the browser, or, where that is
 * allowed, a device code. `explainSignIn()` tells which that is, and why not the others. In a CI job nobody is asked.
 *
 * `@entrada/broker` and `@entrada/device-code` are used where they are installed.
 */
export class AutoCredential implements InteractiveCredential {
  readonly #options: AutoCredentialOptions;
  /** What is left where nobody can be asked. It checks what is given for the browser, whichever way comes first. */
  readonly #silent: InteractiveCredential;
  #prepared: Promise<Prepared> | undefined;
  /** The way that has worked, or that a person has answered: the others are no more tried. */
  #settled: InteractiveCredential | undefined;

  /** @throws TypeError with a `code`, naming the wrong option. Nothing is loaded, opened, read or sent. */
  constructor(options: AutoCredentialOptions = {}) {
    resolveSettings(options, {}, AUTO_OPTIONS);
    const { signIn, allowDeviceCode } = options;
    choiceOf({ signIn, allowDeviceCode }, chosenFlows(process.env));
    check.function("userPromptCallback", options.userPromptCallback);
    this.#options = { ...options };
    this.#silent = new InteractiveBrowserCredential({
      ...browserOptions(this.#options),
      disableAutomaticAuthentication: true,
    });
  }

  /** See `InteractiveCredential.getToken`. */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    const work = (credential: InteractiveCredential): Promise<AccessToken> =>
      credential.getToken(scopes, options);
    return this.#first(work, work);
  }

  /** See `InteractiveCredential.authenticate`. */
  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#first(
      (credential) => credential.authenticate(scopes, options),
      (credential) => this.#stored(credential, scopes, options),
    );
  }

  /** See `InteractiveCredential.accounts`. */
  async accounts(): Promise<readonly AuthenticationRecord[]> {
    return (await this.#any()).accounts();
  }

  /** See `InteractiveCredential.signOut`. */
  async signOut(account?: AuthenticationRecord): Promise<void> {
    return (await this.#any()).signOut(account);
  }

  /** Ends whatever is under way and forgets the tokens in memory. */
  async [Symbol.asyncDispose](): Promise<void> {
    const prepared = await this.#prepared?.catch(() => undefined);
    await Promise.all(
      [...(prepared?.credentials ?? []), this.#silent].map((credential) => credential[Symbol.asyncDispose]()),
    );
  }

  async #any(): Promise<InteractiveCredential> {
    const { credentials } = await this.#prepare();
    return this.#settled ?? credentials[0] ?? this.#silent;
  }

  // authenticate() may always ask; this is what is left of it where nobody can be asked.
  async #stored(
    credential: InteractiveCredential,
    scopes: string | string[] | undefined,
    options: AuthenticateOptions = {},
  ): Promise<AuthenticationRecord> {
    const { plan } = await this.#prepare();
    const { forcePrompt, timeoutInMs: _timeoutInMs, ...silently } = options;
    if (forcePrompt === true) throw nobodyCanBeAsked(plan, []);
    const { authorityHost } = resolveSettings(this.#options, {}, AUTO_OPTIONS);
    const { cloudOf } = await import("@entrada/core/flow");
    const armScope =
      (cloudOf(authorityHost) ?? cloudOf(AzureAuthorityHosts.AzurePublicCloud))?.armScope ?? "";
    await credential.getToken(scopes ?? armScope, silently);
    const [record] = await credential.accounts();
    if (record === undefined) throw nobodyCanBeAsked(plan, []);
    return record;
  }

  async #first<T>(
    work: (credential: InteractiveCredential) => Promise<T>,
    silently: (credential: InteractiveCredential) => Promise<T>,
  ): Promise<T> {
    if (this.#settled !== undefined) return work(this.#settled);
    const { plan, credentials } = await this.#prepare();
    const failures: Error[] = [];
    for (const credential of credentials) {
      try {
        const outcome = await work(credential);
        this.#settled ??= credential;
        return outcome;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        failures.push(error);
      }
    }
    if (credentials.length > 0) throw nobodyCanBeAsked(plan, failures);
    try {
      return await silently(this.#silent);
    } catch (error) {
      throw isAuthenticationRequired(error) ? nobodyCanBeAsked(plan, [error]) : error;
    }
  }

  #prepare(): Promise<Prepared> {
    return (this.#prepared ??= prepare(this.#options));
  }
}

async function prepare(options: AutoCredentialOptions): Promise<Prepared> {
  const ways = await loadWays();
  const installed = {
    broker: ways.broker?.getBrokerAvailability() ?? false,
    deviceCode: ways.deviceCode !== undefined,
  };
  const plan = planSignIn(options, thisMachine, installed);
  const used = plan.steps.flatMap(({ flow, use }) => (use && flow !== "cache" ? [flow] : []));
  return { plan, credentials: used.map((flow) => create(flow, options, ways)) };
}

function create(flow: SignInFlow, options: AutoCredentialOptions, ways: Ways): InteractiveCredential {
  const { parentWindowHandle, useDefaultBrokerAccount, userPromptCallback } = options;
  const browser = browserOptions(options);
  if (flow === "broker" && ways.broker !== undefined) {
    // The plan decides what comes after it.
    const broker = given({ parentWindowHandle, useDefaultBrokerAccount, browserFallback: "never" });
    return new ways.broker.InteractiveBrowserBrokerCredential({ ...browser, ...broker });
  }
  if (flow === "device-code" && ways.deviceCode !== undefined) {
    const { openBrowser: _o, redirectUri: _r, browserCustomizationOptions: _b, ...shared } = browser;
    return new ways.deviceCode.DeviceCodeCredential({ ...shared, ...given({ userPromptCallback }) });
  }
  return new InteractiveBrowserCredential(browser);
}

// Bundlers follow an import() that has its name in it, and leave out what is not there when its failure is caught.
async function loadWays(): Promise<Ways> {
  const [broker, deviceCode] = await Promise.all([
    import("@entrada/broker").catch(() => undefined),
    import("@entrada/device-code").catch(() => undefined),
  ]);
  return { ...(broker && { broker }), ...(deviceCode && { deviceCode }) } as Ways;
}

function browserOptions(options: AutoCredentialOptions): AutoCredentialOptions {
  const { signIn: _s, allowDeviceCode: _a, userPromptCallback: _u, ...rest } = options;
  const { parentWindowHandle: _p, useDefaultBrokerAccount: _d, ...browser } = rest;
  return browser;
}

function given(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function isUnavailable(error: unknown): error is CredentialUnavailableError {
  return isAuthenticationError(error) && error.name === "CredentialUnavailableError";
}

function nobodyCanBeAsked({ steps }: SignInPlan, failures: readonly Error[]): CredentialUnavailableError {
  const reasons = steps.flatMap(({ flow, use, code }) => (use ? [] : [`${flow}: ${code}`]));
  const tried = failures.flatMap((error) =>
    "hint" in error && typeof error.hint === "string" ? [error.hint] : [],
  );
  const hints = steps.flatMap(({ use, flow, hint }) => (!use && flow !== "cache" && hint ? [hint] : []));
  return new CredentialUnavailableError({
    code: "unsupported",
    detail: "nobody_can_be_asked",
    what: `A person must sign in, and none can be asked here (${reasons.join(", ") || "no way worked"})`,
    remedy: [...new Set([...tried, ...hints])].join(" ").replace(/\.$/, ""),
    cause: failures.at(-1),
  });
}

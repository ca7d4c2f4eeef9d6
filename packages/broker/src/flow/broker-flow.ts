import type { AuthenticationError, AuthenticationEvent, AuthenticationRecord } from "@entrada/core";
import {
  canonicalAuthorityHost,
  cloudOf,
  isAuthenticationRequired,
  isSameName,
  mergeClaims,
  throwIfAborted,
  type CredentialSettings,
  type Flow,
  type InteractiveRequest,
  type SignOutManner,
  type TokenAnswer,
  type TokenRequest,
} from "@entrada/core/flow";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { currentWindow } from "../dialog/current-window.ts";
import { DialogTrouble } from "../dialog/dialog-trouble.ts";
import type { ParentWindow } from "../dialog/parent-window.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import type { BrokerClient } from "../contract/broker-client.ts";
import type { DialogWish } from "../contract/dialog-wish.ts";
import { BrokerAccounts } from "./broker-accounts.ts";
import { isTimeout, mustSignIn, personInstead } from "./must-sign-in.ts";
import type { SignInsOfProcess, WhoQuestion } from "./sign-ins-of-process.ts";
import { isKnownBy, namesOfAnswer } from "../contract/known-by.ts";
import { inTurn, type DialogQueue } from "../dialog/dialog-turn.ts";
import { insteadOfDefault } from "../refusals/instead-of-default.ts";

export interface BrokerFlowOptions {
  readonly settings: Pick<
    CredentialSettings,
    "clientId" | "authorityHost" | "tenantId" | "loginHint" | "prompt"
  >;
  readonly client: BrokerClient;
  /** See `Flow.asksBy`. */
  readonly asksBy?: object;
  readonly parentWindow?: ParentWindow | undefined;
  readonly useDefaultBrokerAccount: boolean;
  readonly dialogs: DialogQueue;
  /** One yes is enough for all credentials that would ask the same. @defaultValue this one's own only */
  readonly signIns?: SignInsOfProcess | undefined;
  readonly report: (event: AuthenticationEvent) => void;
}

/** Sign-in through the broker of the system. The broker keeps the tokens; this keeps only who was met. */
export class BrokerFlow implements Flow {
  readonly name = "broker";
  readonly asksBy: object | undefined;
  readonly #options: BrokerFlowOptions;
  readonly #accounts: BrokerAccounts;
  // Whose silent request just asked for its person: the next dialog is theirs.
  #awaited: AuthenticationRecord | undefined;

  constructor(options: BrokerFlowOptions) {
    const { clientId, authorityHost } = options.settings;
    this.#options = options;
    this.asksBy = options.asksBy;
    this.#accounts = new BrokerAccounts({
      clientId,
      authority: new URL(canonicalAuthorityHost(authorityHost)).host,
    });
  }

  async silent(request: TokenRequest): Promise<TokenAnswer> {
    const ask = this.#askOf(request);
    const { account } = request;
    if (!account) {
      return this.#options.useDefaultBrokerAccount
        ? this.#asDefault(ask, request)
        : this.#asSomebodyElseSaid(ask, request);
    }
    if (this.#accounts.isSignedOut(account.homeAccountId)) {
      throw mustSignIn(request, "signed_out", "The account was signed out");
    }
    try {
      const answer = await this.#options.client.silentFor(ask, this.#accounts.sought(account));
      return this.#accept(answer, account);
    } catch (caught) {
      const error = request.explicit && isTimeout(caught) ? personInstead(caught, request) : caught;
      if (isAuthenticationRequired(error) && !request.background) this.#awaited = account;
      throw error;
    }
  }

  async interactive(request: InteractiveRequest): Promise<TokenAnswer> {
    throwIfAborted(request.signal);
    const ask = this.#askOf(request);
    if (request.prompt === "none") return this.silent(this.#withAccountOfHint(request));
    const { client, dialogs, parentWindow } = this.#options;
    const trouble = new DialogTrouble();
    request.explainTimeout?.(() => trouble.hint);
    return inTurn(dialogs, request.signal, async () => {
      trouble.inTurn();
      const warn = (code: string, message: string, error?: Error): void => {
        trouble.warned(message);
        this.#warn(code, message, error);
      };
      const windowHandle = await currentWindow(parentWindow, { windows: client, warn });
      throwIfAborted(request.signal);
      request.report({ type: "prompt", flow: this.name });
      const wish = this.#wishOf(request);
      // For one dialog: a person who closes theirs may want another account.
      this.#awaited = undefined;
      trouble.asked();
      const { explicit } = request;
      const onRefused = (error: AuthenticationError): void => trouble.refused(error);
      const answer = await client.interactive(ask, { windowHandle, explicit, onRefused, ...wish });
      this.#accounts.signIn(answer.homeAccountId);
      if (!request.account && request.prompt === undefined) {
        this.#options.signIns?.answered(this.#questionOf(ask), answer);
      }
      // Who took another account was not led to it.
      return this.#accept(answer, undefined, answer.switched ? undefined : wish.loginHint);
    });
  }

  async accountOf(loginHint: string): Promise<AuthenticationRecord | undefined> {
    return this.#accounts.named(loginHint);
  }

  async accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#accounts.all(await this.#options.client.list(this.#askForAccounts()));
  }

  async signOut(
    account?: AuthenticationRecord,
    { named = account !== undefined }: SignOutManner = {},
  ): Promise<void> {
    for (const each of account ? [account] : await this.accounts()) {
      const sought = this.#accounts.sought(each);
      // First, so that the account is not served again even if Windows fails.
      this.#accounts.signOut(each.homeAccountId);
      this.#options.signIns?.forget(each.homeAccountId);
      await this.#options.client.signOut(
        { ...this.#askForAccounts(), tenantId: each.tenantId },
        sought,
        named,
      );
    }
  }

  async #asDefault(ask: TokenAsk, request: TokenRequest): Promise<TokenAnswer> {
    const { client, settings } = this.#options;
    const { loginHint } = settings;
    const answer = await client.silentForDefault(ask, loginHint).catch((error: unknown) => {
      throw insteadOfDefault(error, request);
    });
    if (loginHint !== undefined && !this.#isHinted(answer, loginHint)) {
      throw mustSignIn(request, "default_account_differs", "Windows is signed in as somebody else");
    }
    if (this.#accounts.isSignedOut(answer.homeAccountId)) {
      throw mustSignIn(request, "signed_out", "The account of Windows was signed out");
    }
    return this.#accept(answer);
  }

  /** As whoever has answered another credential of this process; who asks for a sign-in, is asked. */
  async #asSomebodyElseSaid(ask: TokenAsk, request: TokenRequest): Promise<TokenAnswer> {
    const { client, settings, signIns } = this.#options;
    const isOwnQuestion = request.explicit === true || settings.prompt !== undefined;
    const account = isOwnQuestion ? undefined : signIns?.answerTo(this.#questionOf(ask));
    if (!account || this.#accounts.isSignedOut(account.homeAccountId)) {
      throw mustSignIn(request, "no_account", "Nobody is signed in");
    }
    return this.#accept(await client.silentFor(ask, account));
  }

  #questionOf({ clientId, authorityHost, tenantId }: TokenAsk): WhoQuestion {
    return { clientId, authorityHost, tenantId, loginHint: this.#options.settings.loginHint };
  }

  /** Whom the dialog is for. With no more than a picker to show, WAM shows it; it cannot suggest a name in one. */
  #wishOf(request: InteractiveRequest): Omit<DialogWish, "windowHandle"> {
    const { prompt, account } = request;
    if (prompt === "select_account") return {};
    const force = prompt === "login";
    if (account) return { account: this.#accounts.sought(account), force };
    const { loginHint } = this.#options.settings;
    if (loginHint !== undefined) return this.#wishByName(loginHint);
    const present = this.#accounts.named(request.loginHint);
    if (!present) return {};
    const expected = prompt !== undefined || present.homeAccountId === this.#awaited?.homeAccountId;
    return expected ? { account: this.#accounts.sought(present), force } : {};
  }

  /** The account that a hint has led to, though it has another name; else the name is all there is to go by. */
  #wishByName(loginHint: string): Omit<DialogWish, "windowHandle"> {
    const met = this.#accounts.named(loginHint);
    return met && !isSameName(met.username, loginHint)
      ? { account: this.#accounts.sought(met), force: true }
      : { loginHint };
  }

  #isHinted(answer: BrokerAnswer, loginHint: string): boolean {
    if (isKnownBy(namesOfAnswer(answer), loginHint)) return true;
    return (
      this.#accounts.named(loginHint)?.homeAccountId.toLowerCase() === answer.homeAccountId.toLowerCase()
    );
  }

  #withAccountOfHint(request: InteractiveRequest): TokenRequest {
    const account = request.account ?? this.#accounts.named(request.loginHint);
    return account ? { ...request, account } : request;
  }

  #accept(answer: BrokerAnswer, asked?: AuthenticationRecord, hint?: string): TokenAnswer {
    for (const { code, message } of answer.warnings) this.#warn(code, message);
    const { token, expiresOnTimestamp, tenantId, grantedScopes } = answer;
    const account = this.#accounts.meet(answer, asked, hint);
    return { token, expiresOnTimestamp, account, tenantId, grantedScopes };
  }

  #askOf(request: TokenRequest): TokenAsk {
    const { clientId, authorityHost } = this.#options.settings;
    const { tenantId, scopes, claims, enableCae, correlationId, signal, background } = request;
    if (cloudOf(authorityHost) === undefined || tenantId === "adfs") {
      throw brokerUnavailable({ detail: "authority_unsupported" });
    }
    const merged = mergeClaims(claims, enableCae);
    return { clientId, authorityHost, tenantId, scopes, claims: merged, correlationId, signal, background };
  }

  #askForAccounts(): TokenAsk {
    return this.#askOf({
      scopes: [],
      tenantId: this.#options.settings.tenantId,
      enableCae: false,
      correlationId: crypto.randomUUID(),
      signal: new AbortController().signal,
    });
  }

  readonly #warn = (code: string, message: string, error?: Error): void =>
    this.#options.report({ type: "warning", flow: this.name, code, message, ...(error ? { error } : {}) });
}

import {
  AuthenticationRequiredError,
  isAuthenticationError,
  isAuthenticationRequired,
} from "@entrada/core/credential";
import type { WindowHandle } from "@entrada/wam";
import { REFUSAL_WORDS } from "../refusals/refusal-words.ts";
import { insteadOfDefault } from "../refusals/instead-of-default.ts";
import type { SoughtAccount } from "../contract/sought-account.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { isKnownBy, namesOfAnswer } from "../contract/known-by.ts";
import { homeTenantOf } from "../contract/home-tenant-of.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import type { BrokerClient } from "../contract/broker-client.ts";
import type { DialogWish } from "../contract/dialog-wish.ts";
import { decodeNativeAccountId } from "./native-account-id.ts";
import type { AccountInfo, NativeRequest } from "./native-broker-plugin.ts";
import type { PluginAccounts } from "./plugin-accounts.ts";

/** A request with what msal-node passes besides its declared fields. */
export type PluginRequest = NativeRequest & {
  readonly account?: AccountInfo | null;
  readonly abortSignal?: AbortSignal;
};

/** One request of msal-node: whose token is meant, and that nobody else's is given. */
export class PluginSession {
  readonly #client: BrokerClient;
  readonly #accounts: PluginAccounts;

  constructor(client: BrokerClient, accounts: PluginAccounts) {
    this.#client = client;
    this.#accounts = accounts;
  }

  /** A token without showing anything: the request's account's, or, for the prompt "none", that of Windows's own. */
  async silently(ask: TokenAsk, request: PluginRequest): Promise<BrokerAnswer> {
    const sought = await this.#soughtBy(ask, request);
    return sought ? this.silentlyAs(ask, sought) : this.#silentForDefault(ask, request);
  }

  /** What msal-node's prompts "none" and "none given" try before, or in place of, a dialog. */
  async beforeDialog(ask: TokenAsk, request: PluginRequest): Promise<BrokerAnswer | undefined> {
    const { account, accountId, prompt } = request;
    if (prompt === "none") return this.silently(ask, request);
    if (prompt !== undefined || account || accountId) return undefined;
    try {
      return await this.silently(ask, { ...request, prompt: "none" });
    } catch (error) {
      const instead = insteadOfDefault(error, request);
      if (!isAuthenticationRequired(instead)) throw instead;
      return undefined;
    }
  }

  /** Asks the person; afterwards the account may be served silently again. */
  async inDialog(ask: TokenAsk, request: PluginRequest, windowHandle: WindowHandle): Promise<BrokerAnswer> {
    const answer = await this.#client.interactive(ask, {
      windowHandle,
      // Nobody calls acquireTokenInteractive but who means it.
      explicit: true,
      ...(await this.#wishOf(ask, request)),
    });
    this.#accounts.signIn(ask.clientId, answer.homeAccountId);
    return answer;
  }

  /** Signs out of the account with msal-node's id of it. One that Windows does not know is signed out already. */
  async signOut(ask: TokenAsk, accountId: string): Promise<void> {
    const { clientId, correlationId } = ask;
    const sought = await this.#soughtBy(ask, { ...NO_REQUEST, clientId, correlationId, accountId }).catch(
      (error: unknown) => {
        if (!isAuthenticationRequired(error)) throw error;
      },
    );
    if (!sought) return;
    this.#accounts.signOut(clientId, sought.homeAccountId);
    const tenantId = homeTenantOf(sought.homeAccountId);
    await this.#client.signOut({ ...ask, tenantId }, sought, true);
  }

  async #wishOf(ask: TokenAsk, request: PluginRequest): Promise<Omit<DialogWish, "windowHandle">> {
    const { account, loginHint, prompt = "" } = request;
    const byName = loginHint ? { loginHint } : {};
    if (CHOOSING_PROMPTS.has(prompt)) return byName;
    try {
      const sought = await this.#soughtBy(ask, request);
      return sought ? { account: sought } : byName;
    } catch (error) {
      if (!isAuthenticationRequired(error)) throw error;
      // Windows does not know it yet: the dialog is there to change that.
      return account
        ? { account: { homeAccountId: account.homeAccountId, username: account.username } }
        : byName;
    }
  }

  /** The account that a request is for; undefined when it names none. */
  async #soughtBy(ask: TokenAsk, request: PluginRequest): Promise<SoughtAccount | undefined> {
    const { account, accountId } = request;
    const username = account?.username;
    if (!accountId) return account ? { homeAccountId: account.homeAccountId, username } : undefined;
    const native = decodeNativeAccountId(accountId);
    if (!native)
      throw personNeeded(ask, "account_id_unknown", "The account's nativeAccountId is not one of ours");
    if (native.form === "objectId") return this.#byObjectId(ask, native.objectId, account);
    if (account && account.homeAccountId.toLowerCase() !== native.homeAccountId.toLowerCase()) {
      throw personNeeded(ask, "account_mismatch", "The account's homeAccountId and nativeAccountId differ");
    }
    const { homeAccountId, webAccountId } = native;
    return { homeAccountId, webAccountId, username };
  }

  /** A token for one account, or `authentication_required`. */
  async silentlyAs(ask: TokenAsk, sought: SoughtAccount): Promise<BrokerAnswer> {
    if (this.#accounts.isSignedOut(ask.clientId, sought.homeAccountId)) {
      throw personNeeded(ask, "signed_out", "The account was signed out");
    }
    try {
      return await this.#client.silentFor(ask, sought);
    } catch (error) {
      if (!isAuthenticationError(error) || error.code !== "account_mismatch") throw error;
      throw personNeeded(ask, error.detail ?? error.code, "Windows answered for another account", error);
    }
  }

  /** A token for the account that Windows is signed in with, if that is the person of the hint. */
  async #silentForDefault(ask: TokenAsk, { loginHint, prompt }: NativeRequest): Promise<BrokerAnswer> {
    // A request that merely lacks an account does not mean whoever sits there.
    if (prompt !== "none") throw personNeeded(ask, "no_account", "The request names no account");
    const answer = await this.#client.silentForDefault(ask, loginHint);
    if (loginHint && !isKnownBy(namesOfAnswer(answer), loginHint)) {
      throw personNeeded(ask, "default_account_differs", "Windows is signed in as somebody else");
    }
    if (this.#accounts.isSignedOut(ask.clientId, answer.homeAccountId)) {
      throw personNeeded(ask, "signed_out", "The account of Windows was signed out");
    }
    return answer;
  }

  /** An account whose id Microsoft's own plugin wrote. */
  async #byObjectId(
    ask: TokenAsk,
    objectId: string,
    account: AccountInfo | null | undefined,
  ): Promise<SoughtAccount> {
    const listed = await this.#client.list(ask);
    const found = listed.find(({ home, objectId: own }) =>
      [own, home?.homeAccountId.split(".")[0]].some((id) => id?.toLowerCase() === objectId.toLowerCase()),
    );
    const homeAccountId = account?.homeAccountId ?? found?.home?.homeAccountId;
    if (homeAccountId === undefined) {
      throw personNeeded(ask, REFUSAL_WORDS.account_gone.detail, "Windows does not know the account");
    }
    return { homeAccountId, username: account?.username, webAccountId: found?.id };
  }
}

const CHOOSING_PROMPTS: ReadonlySet<string> = new Set(["login", "select_account", "create"]);

const NO_REQUEST: NativeRequest = {
  clientId: "",
  authority: "",
  correlationId: "",
  redirectUri: "",
  scopes: [],
};

function personNeeded(
  { scopes, claims, correlationId }: TokenAsk,
  detail: string,
  what: string,
  cause?: unknown,
): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    what,
    remedy: "Call acquireTokenInteractive",
    detail,
    scopes,
    claims,
    correlationId,
    cause,
  });
}

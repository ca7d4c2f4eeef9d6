import { isAuthenticationError, type AuthenticationError } from "@entrada/core/credential";
import { WamListStatus, type WamAccountKind, type WamProbe, type WamTransport } from "@entrada/wam";
import { kindOfAccount, kindOfAccountIn } from "../contract/account-kind.ts";
import { callWam } from "./call-wam.ts";
import { checkedAccount, checkedList } from "../contract/checked-result.ts";
import type { KnownAccount } from "../contract/known-account.ts";
import { isKnownBy } from "../contract/known-by.ts";
import type { SoughtAccount } from "../contract/sought-account.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { isBrokenTransport, transportError } from "../refusals/transport-error.ts";
import { isWamError } from "../refusals/wam-refusal.ts";
import { providerAuthorityOf } from "./wam-request-shape.ts";
import { knownAccountOf } from "./web-account.ts";

/** What came of looking for an account. */
export interface AccountSearch {
  readonly kind: WamAccountKind;
  readonly webAccountId?: string | undefined;
  /** False when Windows does not list accounts of this kind: then its absence says nothing. */
  readonly listed: boolean;
}

export interface AccountFinderOptions {
  readonly transport: WamTransport;
  readonly probe: Pick<WamProbe, "features">;
  /** Whether personal accounts are carried over to Entra ID, so that they are their own plugin's in every tenant. */
  readonly msaPassthrough: boolean;
}

/** Finds accounts in Windows. Never takes "the one that is there" for the one that was asked for. */
export class AccountFinder {
  readonly #transport: WamTransport;
  readonly #msaPassthrough: boolean;
  readonly #canList: boolean;

  constructor({ transport, probe, msaPassthrough }: AccountFinderOptions) {
    this.#transport = transport;
    this.#msaPassthrough = msaPassthrough;
    this.#canList = probe.features.listAccounts;
  }

  /** Looks by WAM's id, then by home account id, then, for a guest, by name: the answer's client_info decides later. */
  async find(ask: TokenAsk, sought: SoughtAccount): Promise<AccountSearch> {
    const { homeAccountId, webAccountId } = sought;
    const kind = this.#msaPassthrough
      ? kindOfAccount(homeAccountId)
      : kindOfAccountIn(ask.tenantId, homeAccountId);
    if (webAccountId !== undefined && (await this.byId(ask, kind, webAccountId))) {
      return { kind, webAccountId, listed: true };
    }
    const { accounts, listed, error } = await this.#accountsOfKind(ask, kind);
    // A Windows that cannot list, or not this kind, is as good as one that does not know the account; but one without
    // the plugin, and one that was never reached, must be told from both.
    const failure = error === undefined ? undefined : transportError(error, ask);
    if (isAuthenticationError(failure) && preventsSearch(failure)) throw failure;
    const found =
      accounts.find(({ home }) => isSame(home?.homeAccountId, homeAccountId)) ??
      accounts.find(
        ({ home, names }) =>
          !home?.certain && sought.username !== undefined && isKnownBy(names, sought.username),
      );
    return { kind, webAccountId: found?.id, listed };
  }

  /** The account with WAM's id; undefined when Windows has forgotten it. */
  async byId(ask: TokenAsk, kind: WamAccountKind, webAccountId: string): Promise<KnownAccount | undefined> {
    const providerAuthority = providerAuthorityOf(kind, ask);
    try {
      const account = await callWam(this.#transport, ask, (operation) =>
        this.#transport.findAccount({ ...operation, providerAuthority, webAccountId }),
      );
      return account === null ? undefined : knownAccountOf(kind, checkedAccount(account));
    } catch (error) {
      if (isWamError(error) && error.code === "WAM_ACCOUNT_NOT_FOUND") return undefined;
      throw transportError(error, ask);
    }
  }

  /** Every account that Windows shows this application. What one plugin cannot tell does not hide the other's. */
  async list(ask: TokenAsk): Promise<readonly KnownAccount[]> {
    const lists = await Promise.all(
      (["organizations", "consumers"] as const).map((kind) => this.#accountsOfKind(ask, kind)),
    );
    if (lists.every(({ error }) => error !== undefined)) throw transportError(lists[0]?.error, ask);
    return lists.flatMap(({ accounts }) => accounts);
  }

  async #accountsOfKind(
    ask: TokenAsk,
    kind: WamAccountKind,
  ): Promise<{
    readonly accounts: readonly KnownAccount[];
    readonly listed: boolean;
    readonly error?: unknown;
  }> {
    if (!this.#canList) return { accounts: [], listed: false };
    const outcomes = await Promise.allSettled(
      spellingsOf(ask.clientId, kind).map((clientId) =>
        callWam(this.#transport, ask, (operation) =>
          this.#transport.listAccounts({ ...operation, providerAuthority: kind, clientId }),
        ).then(checkedList),
      ),
    );
    const results = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    const accounts = new Map<string, KnownAccount>();
    for (const webAccount of results.flatMap((result) => result.accounts)) {
      accounts.set(webAccount.id, knownAccountOf(kind, webAccount));
    }
    const listed = results.some(({ status }) => status === WamListStatus.success);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    const error: unknown = results.length === 0 ? failed?.reason : undefined;
    return { accounts: [...accounts.values()], listed, error };
  }
}

function preventsSearch(error: AuthenticationError): boolean {
  return error.code === "broker_unavailable" || isBrokenTransport(error);
}

// Which spelling Windows needs is not documented; Microsoft's own client tries all three.
function spellingsOf(clientId: string, kind: WamAccountKind): readonly string[] {
  return kind === "consumers"
    ? [clientId]
    : [...new Set([clientId, clientId.toLowerCase(), clientId.toUpperCase()])];
}

function isSame(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

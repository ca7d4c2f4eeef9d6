import type { WamAccountKind } from "@entrada/wam";

/** An account that a broker knows, as far as the broker's own description of it tells. */
export interface KnownAccount {
  readonly kind: WamAccountKind;
  /** The broker's own id of it. */
  readonly id: string;
  /** Undefined when the description does not say whose it is. */
  readonly home: AccountHome | undefined;
  readonly username?: string | undefined;
  /** All names under which the broker knows it. */
  readonly names: readonly string[];
  readonly displayName?: string | undefined;
  /** The tenant in which it is this account, and its object id there: a guest's are not those of its home. */
  readonly tenantId?: string | undefined;
  readonly objectId?: string | undefined;
  /** An authority URL; its host is the account's cloud. */
  readonly authority?: string | undefined;
}

/** Whose account it is. */
export interface AccountHome {
  readonly homeAccountId: string;
  /** False when the ids may be those of a guest: only a token's client_info is sure then. */
  readonly certain: boolean;
}

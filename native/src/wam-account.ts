/** The two kinds of account that WAM serves: work or school, and personal. These are WAM's own provider authorities. */
export type WamAccountKind = "organizations" | "consumers";

/** `Windows.Security.Credentials.WebAccountState`, as WAM numbers it. */
export const WamAccountState = { none: 0, connected: 1, error: 2 } as const;

/** An account that Windows knows: a snapshot of `Windows.Security.Credentials.WebAccount`. */
export interface WamAccount {
  /** WAM's own id of the account, stable on this machine. It is not a home account id. */
  readonly id: string;
  /** The sign-in name as WAM shows it; may be empty. */
  readonly userName: string;
  /** One of {@link WamAccountState}; a newer Windows may answer with a number that is not listed there. */
  readonly state: number;
  /** What the provider says about the account, for example `OID`, `TenantId`, `UPN`. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface TokenExpectations {
  readonly clientId: string;
  /** The tenant that was asked: GUID, domain, or one of the words. */
  readonly tenantId: string;
  /** From the authority's metadata; may hold `{tenantid}`. */
  readonly issuer: string;
  /** When one was sent: an id_token with this nonce must be there. */
  readonly nonce?: string | undefined;
  readonly requestedScopes: readonly string[];
  /** Our wall clock, in ms since 1970. */
  readonly now: number;
  /** How far the authority's clock is ahead of ours, in ms: see `AuthorityAnswer`. @defaultValue 0 */
  readonly skewInMs?: number | undefined;
  readonly correlationId?: string | undefined;
}

/** Ends the check; `why` never holds a value of the answer. */
export type Refuse = (field: string, why: string) => never;

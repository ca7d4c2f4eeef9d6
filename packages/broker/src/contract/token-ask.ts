/** What is asked of the Web Account Manager, whoever asks: a flow or the plugin. */
export interface TokenAsk {
  readonly clientId: string;
  /** An origin, such as "https://login.microsoftonline.com". */
  readonly authorityHost: string;
  /** GUID, domain, "organizations", "common" or "consumers". */
  readonly tenantId: string;
  readonly scopes: readonly string[];
  /** JSON text: the claims challenge with the client's capabilities merged in. */
  readonly claims?: string | undefined;
  readonly correlationId: string;
  readonly signal: AbortSignal;
  /** Nobody waits for the answer. @defaultValue false */
  readonly background?: boolean | undefined;
  /** More request properties, already screened. */
  readonly properties?: Readonly<Record<string, string>> | undefined;
  /** Ask the authority even if Windows has a token that is still valid. @defaultValue false */
  readonly renew?: boolean | undefined;
}

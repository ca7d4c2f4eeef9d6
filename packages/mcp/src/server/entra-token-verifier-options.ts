/** Whose tokens are taken, and for whom they must be. */
export interface EntraTokenVerifierOptions {
  /** The tenant whose accounts may come: its id. Several: an array of ids. */
  tenantId: string | readonly string[];
  /**
   * What the token must be for: the application id of the server's app registration, its App ID URI, or both. Tokens of
   * version 1 name the URI, those of version 2 the id.
   */
  audience: string | readonly string[];
  /**
   * Origin of the authority.
   * @defaultValue the environment variable AZURE_AUTHORITY_HOST, else the public cloud
   */
  authorityHost?: string | undefined;
  /**
   * How far the clocks of the authority and of this machine may differ, in seconds.
   * @defaultValue 60
   */
  clockToleranceInS?: number | undefined;
  /** A transport of your own, for the authority's documents. @defaultValue Node.js's fetch */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Who is signed in, without any secret: safe to store. Python and .NET read and write the same JSON. */
export interface AuthenticationRecord {
  /** Host of the authority, such as "login.microsoftonline.com". */
  readonly authority: string;
  /** `<object id>.<home tenant id>`: stays the same in every tenant. */
  readonly homeAccountId: string;
  readonly clientId: string;
  /** The account's home tenant. */
  readonly tenantId: string;
  readonly username: string;
}

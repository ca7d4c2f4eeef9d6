import type { EmulatorClock } from "../clock.ts";
import type { Directory } from "../directory/directory.ts";
import type { Grants } from "./grants.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** What must be known to issue a token. */
export interface TokenIssuer {
  readonly clock: EmulatorClock;
  readonly directory: Directory;
  readonly grants: Grants;
  readonly keys: SigningKeys;
  readonly settings: { readonly accessTokenLifetimeInS: number };
}

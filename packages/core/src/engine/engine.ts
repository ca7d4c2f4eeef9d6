import type { InteractiveCredential } from "../interactive-credential.ts";

/** What stands behind a credential: its methods, and an end. */
export interface Engine extends Pick<
  InteractiveCredential,
  "getToken" | "authenticate" | "accounts" | "signOut"
> {
  /** Ends whatever is under way and forgets the tokens in memory. */
  dispose(): void;
}

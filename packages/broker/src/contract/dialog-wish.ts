import type { AuthenticationError } from "@entrada/core/credential";
import type { WindowHandle } from "@entrada/wam";
import type { SoughtAccount } from "./sought-account.ts";

/** How the person is to be asked. */
export interface DialogWish {
  readonly windowHandle: WindowHandle;
  /** Whose turn it is, where that is settled. */
  readonly account?: SoughtAccount | undefined;
  /** Sign `account` in anew, instead of asking only for what is missing. */
  readonly force?: boolean | undefined;
  /** The application asked for this dialog: an account that was made anew takes the place of its former self. */
  readonly explicit?: boolean | undefined;
  /** The name to begin with, where no account is settled. */
  readonly loginHint?: string | undefined;
  /** Takes what a way to ask was refused with, when another is tried in its place. */
  readonly onRefused?: ((error: AuthenticationError) => void) | undefined;
}

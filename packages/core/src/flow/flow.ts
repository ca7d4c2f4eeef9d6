import type { AuthenticationEvent } from "../events/events.ts";
import type { AuthenticationRecord } from "../authentication-record.ts";
import type { SharedSignIns } from "./shared-sign-ins.ts";

/** Everything that changes a token. The engine makes it; a flow only reads it. */
export interface TokenRequest {
  /** The resource's scopes, sorted, without doubles and without OpenID Connect's own. At least one. */
  readonly scopes: readonly string[];
  /** The tenant to ask: GUID, domain, or "organizations", "common", "consumers". Already allowed. */
  readonly tenantId: string;
  /** A claims challenge as JSON text, checked to be an object. For this request only. */
  readonly claims?: string;
  /** Whether the token must support Continuous Access Evaluation. */
  readonly enableCae: boolean;
  /** Whose token. Absent: nobody is signed in yet. */
  readonly account?: AuthenticationRecord;
  /** The user name to suggest, or to look for where `account` is absent. */
  readonly loginHint?: string;
  /** Ends all work: the last waiting caller left, or the time is over. Listen to it in every wait. */
  readonly signal: AbortSignal;
  /** The caller asked for a sign-in: an authority that asked to wait is asked all the same. */
  readonly explicit?: boolean;
  /** Nobody waits for the answer: nothing that gets it may keep the process alive. */
  readonly background?: boolean;
  /** Goes to the authority as client-request-id and comes back in errors. */
  readonly correlationId: string;
}

export type Prompt = "select_account" | "login" | "consent" | "none";

/** A request that may show something to a person. */
export interface InteractiveRequest extends TokenRequest {
  /** What the caller asked for; absent: the flow's own default. */
  readonly prompt?: Prompt;
  /** Tells the caller's `onEvent` what the person is shown. Never pass a token or a code. */
  readonly report: (event: AuthenticationEvent) => void;
  /** When the person's time is over; absent: the flow itself ends the wait. */
  readonly expiresOn?: Date;
  /**
   * Says what to tell the developer when the person's time is over: the flow knows what the person may have seen. Asked
   * for at that moment, for the error's `hint`; the last one counts.
   */
  readonly explainTimeout?: (hint: () => string) => void;
}

/** A token and whose it is. */
export interface TokenAnswer {
  readonly token: string;
  /** In ms since 1970. */
  readonly expiresOnTimestamp: number;
  /** In ms since 1970; absent when the authority gave no `refresh_in`. */
  readonly refreshAfterTimestamp?: number;
  /** When it came from the authority, in ms since 1970; absent: just now. */
  readonly receivedOnTimestamp?: number;
  readonly account: AuthenticationRecord;
  /** The tenant that issued the token. */
  readonly tenantId: string;
  readonly grantedScopes: readonly string[];
}

/** How somebody signs out. */
export interface SignOutManner {
  /** Whether the caller named the account: then what is kept of it outside of this application may go, too. */
  readonly named?: boolean;
}

/** What accounts are asked for. */
export interface AccountsPurpose {
  /** Whether one of them is to be signed out: then a place that cannot be read is an error, and not as good as empty. */
  readonly toSignOut?: boolean;
}

/**
 * How a token is got. A flow has no memory of tokens for callers, no locks and no timers: the engine calls it when,
 * and only when, a token is needed, one call per key at a time, and one `interactive` at a time.
 */
export interface Flow {
  /** A short name for events, logs and errors, such as "browser". */
  readonly name: string;
  /** Present where other processes may sign in for this one, and this one for them. */
  readonly sharing?: SharedSignIns | undefined;
  /**
   * By what the person in front of this machine is asked: the same object for all flows that ask in the same way, such
   * as by the system's browser. Credentials without a token cache that ask for the same by the same ask once. Absent:
   * who is asked is the caller's matter, and each asks for itself.
   */
  readonly asksBy?: object | undefined;
  /**
   * Finds out by what it asks, where that is not known from the beginning; called before anything is asked of it.
   * @throws whatever `silent` would.
   */
  prepare?(): Promise<void>;
  /**
   * Gets a token without showing anything.
   * @throws AuthenticationRequiredError when a person must act: the only answer that lets the engine prompt.
   * @throws AuthenticationError for everything else.
   */
  silent(request: TokenRequest): Promise<TokenAnswer>;
  /**
   * Gets a token with a person's help.
   * @throws CredentialUnavailableError, before anything was shown, when this flow cannot work here.
   */
  interactive(request: InteractiveRequest): Promise<TokenAnswer>;
  /** The accounts that `silent` can serve, the most recently signed in first. */
  accounts(purpose?: AccountsPurpose): Promise<readonly AuthenticationRecord[]>;
  /** Forgets one account, or all. */
  signOut(account?: AuthenticationRecord, how?: SignOutManner): Promise<void>;
  /**
   * The account that a login hint names, or has led to before; undefined where that is not known. A name is not an
   * identity: without this, another person than the hint's cannot be told from a person with another name.
   */
  accountOf?(loginHint: string): Promise<AuthenticationRecord | undefined>;
  /** Takes over a sign-in that another credential's flow has just got, for which this one's would have asked, too. */
  takeOver?(account: AuthenticationRecord, from: Flow): Promise<void>;
}

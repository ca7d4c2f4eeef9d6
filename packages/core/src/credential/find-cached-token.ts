import type { Clock } from "../clock.ts";
import { deferred } from "../deferred.ts";
import { GET_TOKEN_OPTIONS, PASSED_ON } from "../engine/call-option-names.ts";
import { onAbort } from "../engine/on-abort.ts";
import { checkTokenCall, isOfTenant, type TokenCall } from "../engine/token-call.ts";
import { throwIfAborted } from "../errors/abort-error.ts";
import { AccountsOfStore } from "../cache/accounts-of-store.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import { isSameAccount } from "../flow/same-account.ts";
import { SignedInAccounts } from "../msal/signed-in-accounts.ts";
import { storedAccountOf } from "../msal/stored-account-of.ts";
import { check } from "../options/check-option.ts";
import type { AbortSignalLike, AccessToken, GetTokenOptions } from "../token-credential.ts";
import type { CredentialState } from "./credential-state.ts";

// A keyring that is locked, or a folder that hangs, takes longer: for those there is the engine.
const LONGEST_LOOK_IN_MS = 1000;

/**
 * Finds what the token cache has for a credential's first call, and needs no renewal yet; remembered and reported as the
 * engine would. Whatever is not plain is left to the engine, which meets it again and says so: this asks nobody, and
 * tells of no fault.
 * @param store - the token cache of the settings
 * @param isAlone - whether nothing else was asked of the credential meanwhile
 * @returns undefined where the engine is needed.
 * @throws TypeError or AuthenticationError for a call that nothing could serve.
 */
export async function findCachedToken(
  state: CredentialState,
  store: TokenCacheStore,
  scopes: string | string[],
  given: GetTokenOptions | undefined,
  isAlone: () => boolean,
): Promise<AccessToken | undefined> {
  const { settings, flow, clock, events, session } = state;
  // SDKs in plain JavaScript pass null as well.
  const options = given ?? {};
  check.names<object>("options", options, GET_TOKEN_OPTIONS, PASSED_ON);
  throwIfAborted(options.abortSignal);
  const call = checkTokenCall(scopes, options, settings);
  const { account } = session;
  const answer = await awaited(storedAnswer(state, store, call), clock, options.abortSignal);
  if (!answer || !isAlone() || !session.hasHeededSignOuts) return undefined;
  if (account) events.report({ type: "refresh", flow, scopes: call.scopes, background: false });
  events.report({ type: "silent_hit", flow, source: "cache", scopes: call.scopes });
  const { entry } = session.accept(call, answer);
  const { username } = answer.account;
  events.report({ type: "done", flow, scopes: call.scopes, interactive: false, username });
  return entry.token;
}

/** What the store has, asked as it is: what guards against its faults comes with the engine. */
async function storedAnswer(
  { settings, clock, known, hear }: CredentialState,
  store: TokenCacheStore,
  call: TokenCall,
): Promise<TokenAnswer | undefined> {
  const { account, loginHint } = settings;
  const accounts = new SignedInAccounts({ ...settings, clock });
  const unwatch = store.watchWarnings?.(hear);
  try {
    const source = new AccountsOfStore(store, known);
    const { stored } = await storedAccountOf(accounts, source, { account, loginHint });
    const answer = accounts.usable(stored, call);
    const fits = answer && isOfTenant(answer.tenantId, call.tenantId);
    return fits && (!account || isSameAccount(account, answer.account)) ? answer : undefined;
  } finally {
    unwatch?.();
  }
}

/** What it comes to; undefined where it fails, takes long, or is left by the caller, of which the engine then tells. */
async function awaited<T>(
  work: Promise<T>,
  clock: Clock,
  signal: AbortSignalLike | undefined,
): Promise<T | undefined> {
  const { promise: left, resolve: leave } = deferred<undefined>();
  const end = (): void => leave(undefined);
  const timer = clock.after(LONGEST_LOOK_IN_MS, end);
  const ignore = signal ? onAbort(signal, end) : undefined;
  try {
    return await Promise.race([work, left]);
  } catch {
    return undefined;
  } finally {
    timer.cancel();
    ignore?.();
  }
}

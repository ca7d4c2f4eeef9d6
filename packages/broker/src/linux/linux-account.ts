import { cloudOf } from "@entrada/core/flow";
import { kindOfAccount } from "../contract/account-kind.ts";
import type { KnownAccount } from "../contract/known-account.ts";
import { isId } from "../contract/id-token-claims.ts";
import { homeTenantOf } from "../contract/home-tenant-of.ts";
import { firstText } from "../contract/broker-answer.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";
import { fieldOf, fieldsOf, textOf, type JsonFields } from "./json-fields.ts";

/** An account of the broker in one tenant. */
export interface LinuxAccount {
  /** `<uid>.<utid>` */
  readonly homeAccountId: string;
  /** The object id in `realm`. */
  readonly localAccountId: string | undefined;
  readonly realm: string | undefined;
  readonly username: string | undefined;
  /** The host of its authority. */
  readonly environment: string | undefined;
  /** As the broker told it: it is sent back like that, with what we do not know. */
  readonly asTold: JsonFields;
}

/**
 * The accounts in an answer to `getAccounts`. One that cannot be read is left out. An error beside accounts is no
 * failure; whoever asks has looked at one that stands alone.
 * @throws AuthenticationError `invalid_response`
 */
export function readAccounts(answer: JsonFields): readonly LinuxAccount[] {
  const told = fieldOf(answer, "accounts");
  // Nobody has signed in, in the words of a broker that writes no empty list.
  if (told === null) return [];
  if (!Array.isArray(told)) throw unacceptable("the list of accounts");
  return told.flatMap((each) => readAccount(fieldsOf(each)) ?? []);
}

/** One account; `undefined` for what says not whose it is. */
export function readAccount(told: JsonFields | undefined): LinuxAccount | undefined {
  if (told === undefined) return undefined;
  const localAccountId = idOf(told, "localAccountId");
  const realm = idOf(told, "realm");
  const homeAccountId = homeIdOf(textOf(told, "homeAccountId"), localAccountId, realm);
  if (homeAccountId === undefined) return undefined;
  const username = firstText(fieldOf(told, "username"));
  return { homeAccountId, localAccountId, realm, username, environment: hostOf(told), asTold: told };
}

/** Whether the account is of the cloud of an authority; the broker writes aliases of its host. */
export function isOfCloud({ environment }: LinuxAccount, authorityHost: string): boolean {
  const told = environment === undefined ? undefined : cloudOf(`https://${environment}`);
  return told === undefined || told === cloudOf(authorityHost);
}

/** Of one person's accounts the one in the asked tenant, else the one at home, else the first. */
export function bestInTenant(accounts: readonly LinuxAccount[], tenantId: string): LinuxAccount | undefined {
  return (
    accounts.find(({ realm }) => isSame(realm, tenantId)) ??
    accounts.find(({ realm, homeAccountId }) => isSame(realm, homeTenantOf(homeAccountId))) ??
    accounts[0]
  );
}

/** An account as all brokers' are known. */
export function knownAccount(account: LinuxAccount): KnownAccount {
  const { homeAccountId, localAccountId, realm, environment, username, asTold } = account;
  return {
    kind: kindOfAccount(homeAccountId),
    id: homeAccountId,
    home: { homeAccountId, certain: true },
    username,
    names: username === undefined ? [] : [username],
    tenantId: realm,
    objectId: localAccountId,
    authority: environment === undefined ? undefined : `https://${environment}/`,
    displayName: firstText(fieldOf(asTold, "name")),
  };
}

export function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

// Himmelblau may leave out the tenant after the dot: its accounts are those of the machine's own tenant.
function homeIdOf(text = "", localId: string | undefined, realm: string | undefined): string | undefined {
  const [uid, utid, ...more] = text.split(".");
  if (more.length > 0) return undefined;
  const home = isId(utid) ? utid : realm;
  const user = isId(uid) ? uid : localId;
  return user === undefined || home === undefined ? undefined : `${user}.${home}`;
}

function idOf(told: JsonFields, name: string): string | undefined {
  const value = fieldOf(told, name);
  return isId(value) ? value : undefined;
}

function hostOf(told: JsonFields): string | undefined {
  const host = textOf(told, "environment");
  return host !== undefined && /^[\w.-]+$/.test(host) ? host.toLowerCase() : undefined;
}

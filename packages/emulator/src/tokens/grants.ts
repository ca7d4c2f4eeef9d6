import { randomBytes } from "node:crypto";
import type { EmulatorAccount } from "../directory/directory-types.ts";
import type { SignInFacts } from "../directory/policies.ts";

/** How a person signed in: what every token of that sign-in shares. */
export interface SignInSession extends SignInFacts {
  /** The `sid` claim. */
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly time: number;
  /** The account's revocations so far: a session with fewer than the account has now is dead. */
  readonly revision: number;
}

/** What a person granted to an application. */
export interface Grant {
  readonly session: SignInSession;
  readonly clientId: string;
  /** Where the person signed in. */
  readonly tenantId: string;
  readonly scope: string;
  readonly claims?: string | undefined;
}

export interface AuthorizationCode extends Grant {
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly issuedAt: number;
  redeemed: boolean;
}

export interface RefreshToken extends Grant {
  readonly issuedAt: number;
}

export type DeviceCodeState = "pending" | "declined" | "redeemed" | Grant;

export interface DeviceCode {
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly claims: string | undefined;
  /** The tenant segment of the request. */
  readonly authority: string;
  readonly expiresAt: number;
  intervalInMs: number;
  lastPollAt: number | undefined;
  state: DeviceCodeState;
}

/** Everything handed out that can be handed in again. Values are opaque and unguessable. */
export class Grants {
  readonly codes: OneStore<AuthorizationCode> = new OneStore("0.A");
  readonly refreshTokens: OneStore<RefreshToken> = new OneStore("1.A");
  readonly deviceCodes: OneStore<DeviceCode> = new OneStore("D");
  readonly #revisions = new Map<string, number>();
  readonly #epochs = new Map<string, number>();
  readonly #consents = new Set<string>();

  /** How often this account's sessions were revoked. */
  revision(account: EmulatorAccount): number {
    return this.#revisions.get(account.objectId) ?? 0;
  }

  /** How often this account's access tokens were called in: a token of an earlier epoch is stale. */
  epoch(account: EmulatorAccount): number {
    return this.#epochs.get(account.objectId) ?? 0;
  }

  /** Calls in the account's access tokens and, unless told otherwise, ends its sessions. */
  revoke(account: EmulatorAccount, { sessions = true }: { readonly sessions?: boolean } = {}): void {
    this.#epochs.set(account.objectId, this.epoch(account) + 1);
    if (sessions) this.#revisions.set(account.objectId, this.revision(account) + 1);
  }

  isRevoked({ account, revision }: SignInSession): boolean {
    return revision < this.revision(account);
  }

  deviceCodeFor(userCode: string): DeviceCode | undefined {
    const wanted = userCode.replace(/[\s-]/g, "").toUpperCase();
    return this.deviceCodes.find((it) => it.userCode === wanted);
  }

  /** Remembers that a person consented to an application's use of a resource. */
  consent(account: EmulatorAccount, clientId: string, resource: string): void {
    this.#consents.add(consentKey(account, clientId, resource));
  }

  hasConsent(account: EmulatorAccount, clientId: string, resource: string): boolean {
    return this.#consents.has(consentKey(account, clientId, resource));
  }
}

class OneStore<T> {
  readonly #prefix: string;
  readonly #values = new Map<string, T>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  add(value: T): string {
    const key = this.#prefix + randomBytes(64).toString("base64url");
    this.#values.set(key, value);
    return key;
  }

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  /** Whether a text looks like one of ours: Entra tells a garbled token from an unknown one. */
  isWellFormed(key: string): boolean {
    return key.startsWith(this.#prefix) && key.length === this.#prefix.length + 86;
  }

  find(matches: (value: T) => boolean): T | undefined {
    for (const value of this.#values.values()) if (matches(value)) return value;
    return undefined;
  }
}

function consentKey({ objectId }: EmulatorAccount, clientId: string, resource: string): string {
  return `${objectId} ${clientId} ${resource}`;
}

import type { WamAccountKind, WamWindow, WindowHandle } from "@entrada/wam";
import type { BrokerAnswer } from "./broker-answer.ts";
import type { BrokerClient } from "./broker-client.ts";
import type { DialogWish } from "./dialog-wish.ts";
import type { KnownAccount } from "./known-account.ts";
import type { SoughtAccount } from "./sought-account.ts";
import { tenantMismatch } from "./tenant-mismatch.ts";
import type { TenantNames } from "./tenant-names.ts";
import type { TokenAsk } from "./token-ask.ts";

/**
 * A broker whose answers are compared with a tenant that was asked for by its domain: brokers name tenants by their ids
 * alone. Where the domain's id cannot be learnt, or the answer's is not known, nothing says that it is another.
 */
export class DomainCheckedClient implements BrokerClient {
  readonly #client: BrokerClient;
  readonly #tenants: TenantNames;

  constructor(client: BrokerClient, tenants: TenantNames) {
    this.#client = client;
    this.#tenants = tenants;
  }

  async silentFor(ask: TokenAsk, sought: SoughtAccount): Promise<BrokerAnswer> {
    return this.#checked(ask, await this.#client.silentFor(ask, sought));
  }

  async silentForDefault(ask: TokenAsk, hint?: string): Promise<BrokerAnswer> {
    return this.#checked(ask, await this.#client.silentForDefault(ask, hint));
  }

  async interactive(ask: TokenAsk, wish: DialogWish): Promise<BrokerAnswer> {
    return this.#checked(ask, await this.#client.interactive(ask, wish));
  }

  byId(ask: TokenAsk, kind: WamAccountKind, id: string): Promise<KnownAccount | undefined> {
    return this.#client.byId(ask, kind, id);
  }

  list(ask: TokenAsk): Promise<readonly KnownAccount[]> {
    return this.#client.list(ask);
  }

  signOut(ask: TokenAsk, sought: SoughtAccount, named: boolean): Promise<void> {
    return this.#client.signOut(ask, sought, named);
  }

  resolveWindowHandle(handle: WindowHandle): WamWindow {
    return this.#client.resolveWindowHandle(handle);
  }

  async #checked(ask: TokenAsk, answer: BrokerAnswer): Promise<BrokerAnswer> {
    const asked = await this.#tenants.idOf(ask);
    if (asked === undefined) return answer;
    if (!answer.tenantIsTold) return { ...answer, tenantId: asked };
    if (answer.tenantId.toLowerCase() !== asked) throw tenantMismatch(ask);
    return answer;
  }
}

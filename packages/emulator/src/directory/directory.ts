import { aadsts } from "../refusals/entra-error.ts";
import { API_HOSTS, hostsOf } from "./hosts-of-tenants.ts";
import {
  PERSONAL_TENANT_ID,
  type EmulatorAccount,
  type EmulatorApplication,
  type EmulatorPolicy,
  type EmulatorResource,
  type EmulatorSubscription,
  type EmulatorTenant,
} from "./directory-types.ts";

/** The tenant words that stand for more than one tenant. */
export type TenantAlias = "common" | "organizations" | "consumers";

/** Whom the path of a request addresses. */
export type Authority =
  | { readonly alias: TenantAlias; readonly tenant?: undefined }
  | { readonly tenant: EmulatorTenant; readonly alias?: undefined };

export interface DirectoryData {
  readonly tenants: readonly EmulatorTenant[];
  readonly accounts: readonly EmulatorAccount[];
  readonly applications: readonly EmulatorApplication[];
  readonly resources: readonly EmulatorResource[];
  readonly subscriptions: readonly EmulatorSubscription[];
}

/** Who and what is known to the emulator, and who may sign in to what where. */
export class Directory {
  readonly #data: DirectoryData;
  /** Registrations can be changed, through Microsoft Graph. */
  readonly #applications: Map<string, EmulatorApplication>;

  constructor(data: DirectoryData) {
    this.#data = data;
    this.#applications = new Map(data.applications.map((it) => [it.clientId.toLowerCase(), it]));
  }

  get accounts(): readonly EmulatorAccount[] {
    return this.#data.accounts;
  }

  /**
   * @param origin - where it was asked: at a real host's name, only that host's tenants answer
   * @throws EntraError AADSTS90002, AADSTS900023
   */
  authority(segment: string, origin: string): Authority {
    const wanted = segment.toLowerCase();
    const tenants = this.#tenantsAt(new URL(origin).hostname);
    if (tenants.some(({ kind = "entra" }) => kind === "entra")) {
      if (wanted === "common" || wanted === "organizations") return { alias: wanted };
      // The word and the tenant behind it are one and the same.
      if (wanted === "consumers" || wanted === PERSONAL_TENANT_ID) return { alias: "consumers" };
    }
    // One's own comes before a ready-made one.
    const tenant = tenants.findLast(({ id, domain, kind }) =>
      kind === "adfs" ? wanted === "adfs" : id.toLowerCase() === wanted || domain.toLowerCase() === wanted,
    );
    if (tenant) return { tenant };
    throw aadsts(/^[\da-f-]{36}$|\./.test(wanted) ? 90002 : 900023, { tenant: segment });
  }

  /** Whether a host's real name is one that a tenant or an API answers at. */
  answersAt(hostname: string): boolean {
    return (
      API_HOSTS.includes(hostname) || this.#data.tenants.some((tenant) => hostsOf(tenant).includes(hostname))
    );
  }

  tenant(id: string): EmulatorTenant {
    const found = this.#data.tenants.find((tenant) => tenant.id === id);
    if (!found) throw aadsts(90002, { tenant: id });
    return found;
  }

  account(username: string): EmulatorAccount | undefined {
    const wanted = username.trim().toLowerCase();
    return this.#data.accounts.find((account) => account.username.toLowerCase() === wanted);
  }

  registration(clientId: string): EmulatorApplication | undefined {
    return this.#applications.get(clientId.toLowerCase());
  }

  /** The registrations that a tenant's administrators see: its own, and those that name no tenant. */
  registeredIn(tenantId: string): readonly EmulatorApplication[] {
    return [...this.#applications.values()].filter((it) => (it.tenantId ?? tenantId) === tenantId);
  }

  /** Puts a registration in the place of the one with its client id. */
  register(application: EmulatorApplication): void {
    this.#applications.set(application.clientId.toLowerCase(), application);
  }

  /** @throws EntraError AADSTS700016, AADSTS50194, AADSTS9002331, AADSTS9002332 */
  application(clientId: string, authority: Authority): EmulatorApplication {
    const application = this.registration(clientId);
    const tenant = authority.tenant?.id ?? authority.alias ?? "";
    if (!application) throw aadsts(700016, { clientId, tenant });
    const { audience, tenantId } = application;
    if (audience === "singleTenant") {
      if (authority.alias) throw aadsts(50194, { clientId, alias: authority.alias });
      if (tenantId !== authority.tenant.id) throw aadsts(700016, { clientId, tenant });
    }
    if (audience === "personal" && authority.alias !== "consumers") throw aadsts(9002331, { clientId });
    if (audience === "anyOrganization" && authority.alias === "consumers")
      throw aadsts(9002332, { clientId });
    return application;
  }

  resource(uri: string): EmulatorResource | undefined {
    const wanted = withoutSlash(uri);
    return (
      this.#data.resources.find((it) => withoutSlash(it.uri) === wanted || it.appId === wanted) ??
      this.#storageAccount(wanted)
    );
  }

  /** The accounts that can sign in to this application there, in the order they were given. */
  candidates(application: EmulatorApplication, authority: Authority): readonly EmulatorAccount[] {
    return this.#data.accounts.filter((account) => this.#mayUse(account, application, authority));
  }

  /**
   * The tenant a sign-in of this account ends in.
   * @throws EntraError AADSTS50020, AADSTS50057, AADSTS500208
   */
  signInTenant(
    account: EmulatorAccount,
    application: EmulatorApplication,
    authority: Authority,
  ): EmulatorTenant {
    const { username, tenantId } = account;
    const { clientId } = application;
    if (account.disabled) throw aadsts(50057, { username });
    if (authority.tenant) {
      if (this.objectId(account, authority.tenant.id) === undefined)
        throw aadsts(50020, { username, clientId, tenant: authority.tenant.displayName });
      return authority.tenant;
    }
    if (!this.#mayUse(account, application, authority)) throw aadsts(500208, { username, clientId });
    return this.tenant(tenantId);
  }

  /** The account's object id in a tenant: its own at home, another one where it is a guest, none elsewhere. */
  objectId(account: EmulatorAccount, tenantId: string): string | undefined {
    if (account.tenantId === tenantId) return account.objectId;
    return account.guestOf?.find((it) => it.tenantId === tenantId)?.objectId;
  }

  policies(
    tenantId: string,
    account: EmulatorAccount,
    resource: EmulatorResource,
  ): readonly EmulatorPolicy[] {
    const { policies = [] } = this.tenant(tenantId);
    return policies.filter(
      (policy) =>
        (policy.resource === undefined || this.resource(policy.resource)?.appId === resource.appId) &&
        (policy.accounts === undefined ||
          policy.accounts.some((it) => it.toLowerCase() === account.username.toLowerCase())),
    );
  }

  subscriptions(tenantId: string, account: EmulatorAccount): readonly EmulatorSubscription[] {
    return this.#data.subscriptions.filter(
      (it) =>
        it.tenantId === tenantId && (it.accounts === undefined || it.accounts.includes(account.username)),
    );
  }

  /** The tenants an account belongs to, its home first. */
  tenantsOf(account: EmulatorAccount): readonly EmulatorTenant[] {
    return [account.tenantId, ...(account.guestOf ?? []).map(({ tenantId }) => tenantId)].map((id) =>
      this.tenant(id),
    );
  }

  /** At the names of this machine, all of them. */
  #tenantsAt(hostname: string): readonly EmulatorTenant[] {
    const { tenants } = this.#data;
    const known = tenants.filter((tenant) => hostsOf(tenant).includes(hostname));
    return known.length > 0 ? known : tenants;
  }

  #mayUse(account: EmulatorAccount, { audience }: EmulatorApplication, authority: Authority): boolean {
    if (authority.tenant) return this.objectId(account, authority.tenant.id) !== undefined;
    // Neither customers of an External ID tenant nor people of an AD FS are known to the words for many tenants.
    const home = this.#data.tenants.find(({ id }) => id === account.tenantId);
    if ((home?.kind ?? "entra") !== "entra") return false;
    const personal = account.tenantId === PERSONAL_TENANT_ID;
    if (authority.alias === "organizations") return !personal;
    if (authority.alias === "consumers") return personal;
    if (audience === "anyOrganization") return !personal;
    return true;
  }

  /** A storage account's own address is an audience of Azure Storage. */
  #storageAccount(uri: string): EmulatorResource | undefined {
    if (!/^https:\/\/[a-z\d]{3,24}\.(?:blob|queue|table|file|dfs)\.core\.windows\.net$/.test(uri))
      return undefined;
    const storage = this.#data.resources.find((it) => it.uri === "https://storage.azure.com");
    return storage && { ...storage, uri };
  }
}

/** With a slash at its end or without, it is the same resource: Entra takes both for the registered URI. */
function withoutSlash(uri: string): string {
  return uri.replace(/\/$/, "").toLowerCase();
}

import { PERSONAL_TENANT_ID, type FakeAccount } from "../fake-account.ts";
import { BusService, type ServiceCall, type ServiceReply } from "./bus-service.ts";
import { faultOfRequest, isUnlike, type BrokerRequest } from "./broker-request-faults.ts";
import { mintedHere, type Mint } from "./minted-tokens.ts";

export const BROKER_NAME = "com.microsoft.identity.broker1";
const BROKER_PATH = "/com/microsoft/identity/broker1";
const BROKER_INTERFACE = "com.microsoft.identity.Broker1";
const METHODS = [
  "acquireTokenInteractively",
  "acquireTokenSilently",
  "acquirePrtSsoCookie",
  "getAccounts",
  "removeAccount",
  "generateSignedHttpRequest",
  "cancelInteractiveFlow",
  "getLinuxBrokerVersion",
];

/** Up to 2.0.1, from 2.0.2 on, and the broker of Himmelblau. */
export type Generation = "java" | "cpp" | "himmelblau";

export interface FakeLinuxBrokerOptions {
  readonly generation?: Generation;
  readonly mint?: Mint;
}

export interface HeardCall {
  readonly member: string;
  readonly correlationId: string;
  readonly request: BrokerRequest;
}

/** A Linux broker that refuses what a real one refuses, and does what a test says. */
export class FakeLinuxBroker {
  readonly generation: Generation;
  readonly calls: HeardCall[] = [];
  /** Whom the broker knows; the first is the default. */
  accounts: FakeAccount[] = [];
  /** Who sits before the screen, and what they do when a window opens. */
  person: FakeAccount | undefined;
  move: "approve" | "cancel" | "ignore" = "approve";
  /** Called each time that a window opens. */
  onWindow: () => void = () => {};
  /** How many calls find no object yet: up to 2.0.1 it appears after the name. */
  late = 0;
  version = "2.5.2";
  readonly #mint: Mint;
  readonly #scripted = new Map<string, (ServiceReply | "nothing" | "die")[]>();
  readonly #open = new Map<string, () => void>();
  #service: BusService | undefined;

  constructor({ generation = "cpp", mint = mintedHere }: FakeLinuxBrokerOptions = {}) {
    this.generation = generation;
    this.#mint = mint;
  }

  async start(path: string, names: readonly string[] = [BROKER_NAME]): Promise<BusService> {
    this.#service = await BusService.connect(path, (call) => this.#answer(call));
    for (const name of names) await this.#service.own(name);
    return this.#service;
  }

  stop(): void {
    this.#service?.close();
  }

  /** The next answers to a method, in place of the right ones. */
  script(member: string, ...replies: (ServiceReply | "nothing" | "die")[]): void {
    this.#scripted.set(member, [...(this.#scripted.get(member) ?? []), ...replies]);
  }

  /** Forgets what was scripted. */
  unscript(): void {
    this.#scripted.clear();
  }

  /** The names of the methods that were called. */
  get called(): readonly string[] {
    return this.calls.map(({ member }) => member);
  }

  async #answer(call: ServiceCall): Promise<ServiceReply> {
    const { path, member, signature, texts } = call;
    if (path !== BROKER_PATH || this.late > 0) {
      if (path === BROKER_PATH) this.late -= 1;
      return dbusError("UnknownObject", `No such object path '${path}'`);
    }
    if (call.interface !== BROKER_INTERFACE) {
      return dbusError("UnknownInterface", "No such interface found");
    }
    if (!METHODS.includes(member)) return dbusError("UnknownMethod", `No such method '${member}'`);
    if (signature !== "sss") return dbusError("InvalidArgs", `Type of message, '(${signature})'`);
    const [protocolVersion = "", correlationId = "", json = ""] = texts;
    const fault = faultOfRequest(member, { protocolVersion, correlationId, json });
    const request = fault === undefined ? (JSON.parse(json) as BrokerRequest) : {};
    this.calls.push({ member, correlationId, request });
    const scripted = this.#scripted.get(member)?.shift();
    if (scripted === "nothing") return undefined;
    if (scripted === "die") {
      this.stop();
      return undefined;
    }
    if (scripted) return scripted;
    if (fault !== undefined) return this.#failed(member, { status: 6, context: fault });
    return this.#serve(member, correlationId, request);
  }

  async #serve(member: string, correlationId: string, request: BrokerRequest): Promise<ServiceReply> {
    switch (member) {
      case "getLinuxBrokerVersion":
        return json({ linuxBrokerVersion: this.version });
      case "getAccounts":
        return json({ accounts: this.accounts.map((account) => this.describe(account)) });
      case "acquireTokenSilently":
        return this.#silently(request);
      case "acquireTokenInteractively":
        return this.#inWindow(correlationId, request);
      case "cancelInteractiveFlow":
        if (this.generation === "himmelblau") return dbusError("Failed", "Not implemented");
        this.#open.get(correlationId)?.();
        return json({});
      case "removeAccount": {
        if (this.generation === "himmelblau") return dbusError("Failed", "Not implemented");
        const known = this.#known(request.account);
        this.accounts = this.accounts.filter((account) => account !== known);
        return known ? json({}) : this.#failed(member, { status: 16, context: "Account not found" });
      }
      default:
        return dbusError("Failed", "Not implemented");
    }
  }

  async #silently(request: BrokerRequest): Promise<ServiceReply> {
    const member = "acquireTokenSilently";
    const account = this.#known(request.account);
    if (this.generation === "himmelblau") {
      // A refused request is an empty text: the daemon closes its pipe.
      return account ? this.#token(account, request) : { text: "" };
    }
    if (!account) return this.#failed(member, { status: 16, context: "Account not found" });
    return this.#token(account, request);
  }

  async #inWindow(correlationId: string, request: BrokerRequest): Promise<ServiceReply> {
    const member = "acquireTokenInteractively";
    if (this.generation === "himmelblau") {
      const account = this.#known(request.account);
      if (!account) return dbusError("Failed", "Missing account username in request");
      if (this.move !== "approve") return dbusError("Failed", "Interactive authentication failed: no");
      return this.#token(account, request);
    }
    if (this.#open.size > 0) return this.#failed(member, { status: 6, context: "A window is open already" });
    const given = request.account === undefined ? undefined : this.#known(request.account);
    if (request.account !== undefined && !given) {
      return this.#failed(member, { status: 16, context: "Account not found" });
    }
    const closed = new Promise<void>((resolve) => this.#open.set(correlationId, resolve));
    this.onWindow();
    try {
      if (this.move === "cancel") return this.#failed(member, { status: 7, context: "User canceled" });
      if (this.move === "ignore") {
        await closed;
        return this.#failed(member, { status: 8, context: "Application canceled" });
      }
      const person = this.person ?? given;
      if (!person) return this.#failed(member, { status: 7, context: "Nobody was there" });
      if (!this.accounts.includes(person)) this.accounts.push(person);
      return await this.#token(person, request);
    } finally {
      this.#open.delete(correlationId);
    }
  }

  async #token(account: FakeAccount, request: BrokerRequest): Promise<ServiceReply> {
    const {
      clientId = "",
      authority = "",
      requestedScopes = [],
      decodedClaims,
    } = request.authParameters ?? {};
    const asked = authority.slice(authority.lastIndexOf("/") + 1);
    const tenantId = ["common", "organizations"].includes(asked) ? account.tenantId : asked;
    const minted = await this.#mint(account, {
      clientId,
      tenantId,
      scopes: requestedScopes,
      claims: decodedClaims,
    });
    const { accessToken, idToken, clientInfo, grantedScopes, expiresOn } = minted;
    const himmelblau = this.generation === "himmelblau";
    return json({
      brokerTokenResponse: {
        accessToken,
        accessTokenType: 0,
        idToken,
        clientInfo,
        grantedScopes,
        expiresOn,
        extendedExpiresOn: himmelblau ? Math.floor(expiresOn / 1000) : expiresOn,
        ...(this.generation === "java" ? { account: this.describe(account) } : { refreshToken: "" }),
        ...(this.generation === "cpp" ? { subError: "" } : {}),
      },
      ...(this.generation === "cpp"
        ? { telemetry: { api_status_code: "Ok", broker_version: this.version } }
        : {}),
    });
  }

  #failed(
    member: string,
    { status, context }: { readonly status: number; readonly context: string },
  ): ServiceReply {
    return brokerFailure(member, { status, context });
  }

  #known(described: unknown): FakeAccount | undefined {
    if (described === undefined) return undefined;
    if (this.generation === "himmelblau") {
      const { username } = described as { readonly username?: string };
      return this.accounts.find((account) => account.username === username);
    }
    return this.accounts.find((account) => !isUnlike(described, this.describe(account)));
  }

  /** An account as this generation writes it, with a field that nobody has told us of. */
  describe({ username, objectId, tenantId, name }: FakeAccount): Readonly<Record<string, unknown>> {
    const himmelblau = this.generation === "himmelblau";
    return {
      homeAccountId: `${objectId}.${himmelblau ? "" : tenantId}`,
      localAccountId: objectId,
      realm: tenantId,
      environment: "login.windows.net",
      username,
      name,
      givenName: name.split(" ")[0],
      ...(himmelblau
        ? {}
        : {
            familyName: name.split(" ")[1],
            clientInfo: base64url({ uid: objectId, utid: tenantId }),
            passwordExpiry: 0,
            additionalFields: { ofThisVersion: [tenantId === PERSONAL_TENANT_ID, null] },
          }),
    };
  }
}

/** A failure as the broker of Microsoft answers it. */
export function brokerFailure(
  member: string,
  error: { readonly status: number; readonly context?: string; readonly tag?: number },
): ServiceReply {
  const { status, context = `(pii) status ${status}`, tag = 595_719_680 } = error;
  const object = { context, diagnostics: null, errorCode: 0, status, subStatus: 0, tag };
  return member.startsWith("acquireToken")
    ? json({
        brokerTokenResponse: { error: object, subError: "" },
        telemetry: { api_status_code: "StatusInternal::Failed" },
      })
    : json({ error: object });
}

export function dbusError(name: string, text: string): ServiceReply {
  return { error: `org.freedesktop.DBus.Error.${name}`, text };
}

export function json(value: unknown): ServiceReply {
  return { text: JSON.stringify(value) };
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

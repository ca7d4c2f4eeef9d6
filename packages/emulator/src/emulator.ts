import { answerRequest } from "./endpoints/answer-request.ts";
import {
  createCertificateAuthority,
  createSigningCertificate,
  type CertificatePair,
} from "./http/certificates.ts";
import { certificateBundle } from "./http/certificate-bundle.ts";
import { checkOptions } from "./options/check-options.ts";
import { refuseUnknown } from "./refuse-unknown.ts";
import { runningClock, type EmulatorClock } from "./clock.ts";
import { Directory } from "./directory/directory.ts";
import type { EmulatorAccount } from "./directory/directory-types.ts";
import type { EmulatorOptions } from "./options/emulator-options.ts";
import type { EmulatorState } from "./endpoints/emulator-state.ts";
import type { EmulatorFault } from "./refusals/emulator-fault.ts";
import { FaultScript } from "./refusals/fault-script.ts";
import { createEmulatorFetch } from "./http/emulator-fetch.ts";
import { Grants } from "./tokens/grants.ts";
import { isLoopbackHost, nameInUrls, reachableName } from "./http/loopback.ts";
import { createPerson, type ScriptedPerson } from "./person/person.ts";
import { RequestLog, type RecordedRequest, type RequestKind } from "./http/request-log.ts";
import {
  personalTenant,
  seedAccounts,
  seedApplications,
  seedDefaults,
  seedResources,
  seedSubscriptions,
  seedTenants,
  type EmulatorDefaults,
} from "./directory/seeds.ts";
import { listen } from "./http/server.ts";
import { SignIns } from "./sign-in/sign-ins.ts";
import { SigningKey, SigningKeys } from "./tokens/signing-keys.ts";
import { trustCertificateAuthority } from "./http/trust.ts";

/** A running emulator. It keeps the process alive until it is disposed of. */
export interface Emulator extends AsyncDisposable {
  /** The authority, without a tenant: `https://localhost:PORT`, or with the `host` that was asked for. */
  readonly authorityHost: string;
  /** The Azure Resource Manager endpoint. */
  readonly armEndpoint: string;
  /** The certificate authority to trust, in PEM. */
  readonly certificateAuthority: string;
  /**
   * {@link Emulator.certificateAuthority}, and behind it what NODE_EXTRA_CA_CERTS names in this process: for a file
   * that takes its place without taking a company's certificate authority away.
   * @throws Error where that file cannot be read, or is no PEM
   */
  readonly certificateBundle: string;
  readonly port: number;
  /**
   * Leads the real names of the tenants to this emulator, such as `login.microsoftonline.com`,
   * `woodgrove.ciamlogin.com` and a tenant's own `hosts`: fits Entrada's option `fetch`. It goes nowhere else.
   */
  readonly fetch: typeof globalThis.fetch;
  readonly defaults: EmulatorDefaults;
  readonly clock: EmulatorClock;
  readonly person: ScriptedPerson;
  /** The requests so far, oldest first. Never a code, token or verifier. */
  readonly requests: readonly RecordedRequest[];
  /** How many requests of a kind; `token` counts every request to the token endpoint. */
  count(kind: RequestKind): number;
  /**
   * Trusts {@link Emulator.certificateAuthority} in this process until the emulator ends. Returns the undo, for who
   * wants to end that before.
   * @throws EmulatorTrustError where Node.js cannot (before 22.19 and 24.5): set NODE_EXTRA_CA_CERTS instead
   */
  trust(): () => void;
  /** A certificate for another local server that the same authority vouches for, such as a storage emulator. */
  issueServerCertificate(): Promise<CertificatePair>;
  /**
   * Lets the next requests of a kind go wrong.
   * @throws RangeError for a kind of request that there is not, and for no `times`
   * @throws TypeError for a member that a fault does not have, or that has another form
   */
  script(fault: EmulatorFault): void;
  /** Forgets the faults that have not happened yet. */
  clearFaults(): void;
  /**
   * Signs with a new key from now on, as Entra does every few weeks. Old tokens stay good, unless their key is
   * withdrawn.
   */
  rotateSigningKey(options?: { withdrawOld?: boolean }): Promise<void>;
  /**
   * Revokes an account's sessions: refresh tokens get AADSTS50173, and ARM answers a 401 with a claims challenge to
   * access tokens that say `xms_cc: cp1`. With `refreshTokens: false` only the access tokens are called in.
   * @throws RangeError for an account that does not exist
   */
  revoke(account: EmulatorAccount | string, options?: { refreshTokens?: boolean }): void;
}

/**
 * Starts a local Microsoft Entra ID and Azure Resource Manager, over HTTPS on loopback addresses.
 * @throws TypeError that names the option whose form is wrong
 * @throws RangeError for a `host` beyond loopback without `allowOtherMachines`
 * @throws Error with `code: "EADDRINUSE"` where `port` is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options);
  const { host, allowOtherMachines = false } = options;
  if (host !== undefined && !isLoopbackHost(host) && !allowOtherMachines)
    throw new RangeError(
      `startEmulator: ${host} can be reached from other machines; set allowOtherMachines to mean it`,
    );
  const [authority, signing] = await Promise.all([
    createCertificateAuthority(reachableName(host)),
    createSigningCertificate(),
  ]);
  const state = stateOf(options, signing);
  const server = await listen(
    { port: options.port ?? 0, host },
    await authority.issueServerCertificate(),
    (incoming, response, reception) => answerRequest(incoming, response, reception, state),
  );
  const origin = `https://${nameInUrls(host)}:${server.port}`;
  const reachable = {
    address: reachableName(host) === "localhost" ? "127.0.0.1" : reachableName(host),
    port: server.port,
    certificateAuthority: authority.certificate,
    answersAt: (hostname: string) => state.directory.answersAt(hostname),
  };
  let distrust: (() => void) | undefined;
  return {
    authorityHost: origin,
    armEndpoint: origin,
    certificateAuthority: authority.certificate,
    get certificateBundle() {
      return certificateBundle(authority.certificate, process.env.NODE_EXTRA_CA_CERTS);
    },
    port: server.port,
    fetch: createEmulatorFetch(reachable),
    defaults: seedDefaults,
    clock: state.clock,
    person: createPerson(reachable, options.person),
    get requests() {
      return state.log.requests;
    },
    count: (kind) => state.log.count(kind),
    trust: () => (distrust = trustCertificateAuthority(authority.certificate)),
    issueServerCertificate: () => authority.issueServerCertificate(),
    script: (fault) => state.faults.add(fault),
    clearFaults: () => state.faults.clear(),
    async rotateSigningKey(options = {}) {
      refuseUnknown("rotateSigningKey: options", options, { withdrawOld: true });
      const { withdrawOld = false } = options;
      const { privateKey, certificate } = await createSigningCertificate();
      state.keys.rotate(new SigningKey(privateKey, certificate), { withdrawOld });
    },
    revoke(account, options = {}) {
      refuseUnknown("revoke: options", options, { refreshTokens: true });
      const { refreshTokens = true } = options;
      const username = typeof account === "string" ? account : account.username;
      const known = state.directory.account(username);
      if (!known) throw new RangeError(`revoke: there is no account ${username}`);
      state.grants.revoke(known, { sessions: refreshTokens });
    },
    [Symbol.asyncDispose]() {
      distrust?.();
      return server.close();
    },
  };
}

function stateOf(options: EmulatorOptions, signing: CertificatePair): EmulatorState {
  return {
    clock: options.clock ?? runningClock(),
    directory: new Directory({
      tenants: merged([personalTenant, ...seedTenants], options.tenants, (it) => it.id),
      accounts: merged(seedAccounts, options.accounts, (it) => it.username.toLowerCase()),
      applications: merged(seedApplications, options.applications, (it) => it.clientId),
      resources: merged(seedResources, options.resources, (it) => it.uri),
      subscriptions: options.subscriptions ?? seedSubscriptions,
    }),
    keys: new SigningKeys(new SigningKey(signing.privateKey, signing.certificate)),
    grants: new Grants(),
    signIns: new SignIns(),
    faults: new FaultScript(),
    resourceGroups: new Map(),
    log: new RequestLog(),
    settings: {
      accessTokenLifetimeInS: options.accessTokenLifetimeInS ?? 3600,
      deviceCodeLifetimeInS: options.deviceCodeLifetimeInS ?? 900,
      deviceCodeIntervalInS: options.deviceCodeIntervalInS ?? 5,
    },
  };
}

/** The ready-made ones, with those of the same key replaced, and the rest behind them. */
function merged<T>(seeds: readonly T[], own: readonly T[] = [], keyOf: (item: T) => string): readonly T[] {
  return [...new Map([...seeds, ...own].map((item) => [keyOf(item), item])).values()];
}

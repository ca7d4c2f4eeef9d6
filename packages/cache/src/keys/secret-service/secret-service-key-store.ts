import { BusError, SessionBus, sessionBusPath, type BusCall, type BusValue } from "@entrada/core/dbus";
import { cacheError, isCacheError } from "../../cache-error.ts";
import { withoutKeyring } from "../no-keyring.ts";
import type { KeyItem, KeyStore } from "../key-store.ts";
import { SecretSession, SECRETS } from "./secret-session.ts";

const SERVICE_PATH = "/org/freedesktop/secrets";
const DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default";
const SCHEMA = "org.entrada.TokenCache";
const NOTHING = "/";
// The bus says these when nobody offers the Secret Service and nobody can be started to.
const NO_SERVICE =
  /^org\.freedesktop\.DBus\.Error\.(?:ServiceUnknown|NameHasNoOwner|Spawn\..*|AccessDenied)$/;

export interface SecretServiceOptions {
  /** Where the session's bus is looked for. */
  env?: Readonly<Record<string, string | undefined>>;
  /** By what an item is known that another program has written; absent: as this package writes it. */
  attributes?: Readonly<Record<string, string>>;
  /** @defaultValue `SessionBus.connect` */
  connect?: (path: string, options: { readonly signal: AbortSignal | undefined }) => Promise<SecretsBus>;
}

/** What is used of a bus. */
export type SecretsBus = Pick<SessionBus, "call" | "expect" | "close">;

/**
 * An item of the freedesktop.org Secret Service: GNOME Keyring, KWallet, KeePassXC (Secret Service API 0.2). It is
 * spoken to over the session's bus itself, without native code, so that every call can be given up and none blocks
 * the process.
 */
export function secretServiceKeyStore(item: KeyItem, options: SecretServiceOptions = {}): KeyStore {
  const { service, account } = item;
  const attributes = Object.entries(options.attributes ?? { service, account, "xdg:schema": SCHEMA });
  const properties = [
    ["org.freedesktop.Secret.Item.Label", { signature: "s", value: `${service} (${account})` }],
    ["org.freedesktop.Secret.Item.Attributes", { signature: "a{ss}", value: attributes }],
  ];
  return {
    read: (signal) =>
      withSecrets(options, signal, async (secrets) => {
        const [path] = await secrets.find(attributes);
        return path === undefined ? undefined : secrets.get(path);
      }),
    write: (secret, signal) => withSecrets(options, signal, (secrets) => secrets.set(properties, secret)),
    remove: (signal) =>
      withSecrets(options, signal, async (secrets) => {
        for (const path of await secrets.find(attributes)) await secrets.delete(path);
      }),
  };
}

async function withSecrets<T>(
  { env = process.env, connect = (path, how) => SessionBus.connect(path, how) }: SecretServiceOptions,
  signal: AbortSignal | undefined,
  work: (secrets: Secrets) => Promise<T>,
): Promise<T> {
  const path = sessionBusPath(env);
  if (path === undefined) throw noKeyring("This user's session has no D-Bus");
  let bus: SecretsBus | undefined;
  try {
    bus = await connect(path, { signal });
    return await work(new Secrets(bus));
  } catch (error) {
    if (isCacheError(error)) throw error;
    if (!bus) throw noKeyring("This session's D-Bus cannot be reached", error);
    if (error instanceof BusError && NO_SERVICE.test(error.busName ?? "")) {
      throw noKeyring("Nothing on this session's D-Bus offers the Secret Service", error);
    }
    throw refused("The keyring failed", error);
  } finally {
    bus?.close();
  }
}

/** The Secret Service's objects over one connection. */
class Secrets {
  readonly #bus: SecretsBus;
  #session: SecretSession | undefined;

  constructor(bus: SecretsBus) {
    this.#bus = bus;
  }

  /** The items with these attributes; those that are locked are unlocked first. */
  async find(attributes: BusValue): Promise<readonly string[]> {
    const found = await this.#call(SERVICE_PATH, "Service", "SearchItems", "a{ss}", [attributes]);
    const [open, locked] = found as unknown as [readonly string[], readonly string[]];
    if (open.length > 0 || locked.length === 0) return open;
    await this.#unlock(locked);
    return locked;
  }

  async get(path: string): Promise<string> {
    const session = await this.#opened();
    const [secret] = await this.#call(path, "Item", "GetSecret", "o", [session.path]);
    return session.open(secret!);
  }

  async set(properties: BusValue, secret: string): Promise<void> {
    const [collection] = await this.#call(SERVICE_PATH, "Service", "ReadAlias", "s", ["default"]);
    if (collection === NOTHING) throw noKeyring("The Secret Service has no default keyring");
    await this.#unlock([collection as string]);
    const values = [properties, (await this.#opened()).seal(secret), true];
    const [, prompt] = await this.#call(
      DEFAULT_COLLECTION,
      "Collection",
      "CreateItem",
      "a{sv}(oayays)b",
      values,
    );
    await this.#answered(prompt as string);
  }

  async delete(path: string): Promise<void> {
    const [prompt] = await this.#call(path, "Item", "Delete");
    await this.#answered(prompt as string);
  }

  async #unlock(paths: readonly string[]): Promise<void> {
    const [, prompt] = await this.#call(SERVICE_PATH, "Service", "Unlock", "ao", [paths]);
    await this.#answered(prompt as string);
  }

  /** Shows the service's own question to the person, if there is one, and waits for the answer. */
  async #answered(prompt: string): Promise<void> {
    if (prompt === NOTHING) return;
    const completed = await this.#bus.expect(prompt, "Completed");
    await this.#call(prompt, "Prompt", "Prompt", "s", [""]);
    const [dismissed] = await completed.arrived;
    if (dismissed)
      throw refused("The keyring is locked, and its question was dismissed or could not be shown");
  }

  async #opened(): Promise<SecretSession> {
    this.#session ??= await SecretSession.open((call) => this.#bus.call(call));
    return this.#session;
  }

  #call(path: string, kind: string, member: string, signature = "", values: readonly BusValue[] = []) {
    const call: BusCall = {
      destination: SECRETS,
      path,
      interface: `org.freedesktop.Secret.${kind}`,
      member,
      signature,
      values,
    };
    return this.#bus.call(call);
  }
}

function noKeyring(what: string, cause?: unknown): Error {
  return cacheError("cache_no_encryption", what, withoutKeyring("Start a keyring"), cause);
}

function refused(what: string, cause?: unknown): Error {
  return cacheError("cache_unreadable", what, "Unlock the keyring and try again", cause);
}

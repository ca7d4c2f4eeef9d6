import {
  createCipheriv,
  createDecipheriv,
  createDiffieHellmanGroup,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import { BusError, type BusCall, type BusValue, type Variant } from "@entrada/core/dbus";
import type { SecretsBus } from "../../src/keys/secret-service/secret-service-key-store.ts";

const SERVICE = "/org/freedesktop/secrets";
const COLLECTION = "/org/freedesktop/secrets/collection/login";
const ALIAS = "/org/freedesktop/secrets/aliases/default";
const ALGORITHM = "dh-ietf1024-sha256-aes128-cbc-pkcs7";
const NO_OBJECT = "org.freedesktop.Secret.Error.NoSuchObject";
const IS_LOCKED = "org.freedesktop.Secret.Error.IsLocked";

interface Item {
  readonly label: string;
  readonly attributes: ReadonlyMap<string, string>;
  secret: string;
  isLocked: boolean;
}

/** A Secret Service in memory: each connection is a bus of its own to it (Secret Service API 0.2). */
export class FakeSecretService {
  readonly items = new Map<string, Item>();
  /** Whether there is a default collection, and whether it is locked. */
  hasCollection = true;
  isLocked = false;
  /** What a person does with each question; absent: no question is asked. */
  person: "agrees" | "dismisses" | undefined;
  /** The error of the call of this name. */
  readonly failures: Record<string, Error> = {};
  readonly calls: BusCall[] = [];
  readonly connections: { readonly path: string; readonly signal: AbortSignal | undefined }[] = [];
  open = 0;
  readonly #prompts = new Map<string, () => void>();
  #made = 0;

  readonly connect = (
    path: string,
    { signal }: { readonly signal: AbortSignal | undefined },
  ): Promise<SecretsBus> => {
    this.connections.push({ path, signal });
    this.open += 1;
    const sessions = new Map<string, Buffer>();
    const awaited = new Map<string, (values: readonly BusValue[]) => void>();
    return Promise.resolve({
      call: async (call) => {
        this.calls.push(call);
        const failure = this.failures[call.member];
        if (failure) throw failure;
        if (call.destination !== "org.freedesktop.secrets") throw new BusError("Nobody has this name");
        return this.#answer(call, sessions, awaited);
      },
      expect: (prompt, member) => {
        const { promise, resolve } = Promise.withResolvers<readonly BusValue[]>();
        awaited.set(`${prompt} ${member}`, resolve);
        return Promise.resolve({ arrived: promise });
      },
      close: () => void (this.open -= 1),
    });
  };

  /** Puts an item there, as another program would. */
  put(attributes: Readonly<Record<string, string>>, secret: string, isLocked = false): string {
    const path = `${COLLECTION}/${++this.#made}`;
    this.items.set(path, { label: "", attributes: new Map(Object.entries(attributes)), secret, isLocked });
    return path;
  }

  get secrets(): readonly string[] {
    return [...this.items.values()].map(({ secret }) => secret);
  }

  #answer(
    { path, interface: kind, member, signature = "", values = [] }: BusCall,
    sessions: Map<string, Buffer>,
    awaited: ReadonlyMap<string, (values: readonly BusValue[]) => void>,
  ): readonly BusValue[] {
    const on = `${kind.replace("org.freedesktop.Secret.", "")}.${member}(${signature}) of ${path}`;
    switch (on) {
      case `Service.OpenSession(sv) of ${SERVICE}`:
        return this.#openSession(values as [string, Variant], sessions);
      case `Service.SearchItems(a{ss}) of ${SERVICE}`:
        return this.#search(new Map(values[0] as [string, string][]));
      case `Service.ReadAlias(s) of ${SERVICE}`:
        return [this.hasCollection && values[0] === "default" ? COLLECTION : "/"];
      case `Service.Unlock(ao) of ${SERVICE}`:
        return this.#unlock(values[0] as readonly string[]);
      case `Collection.CreateItem(a{sv}(oayays)b) of ${ALIAS}`:
        return this.#create(values as [[string, Variant][], BusValue[], boolean], sessions);
      case `Prompt.Prompt(s) of ${path}`:
        // No window of ours.
        if (values[0] !== "") throw new BusError("The call failed", "Odd.Window");
        if (this.person === "agrees") this.#prompts.get(path)!();
        // Whoever listens only after this has missed it.
        awaited.get(`${path} Completed`)?.([this.person !== "agrees", { signature: "s", value: "" }]);
        return [];
      default:
        return this.#ofItem(on, path, values, sessions);
    }
  }

  #ofItem(
    on: string,
    path: string,
    values: readonly BusValue[],
    sessions: ReadonlyMap<string, Buffer>,
  ): readonly BusValue[] {
    const item = this.items.get(path);
    if (!item) throw new BusError("The call failed", NO_OBJECT);
    if (item.isLocked) throw new BusError("The call failed", IS_LOCKED);
    if (on === `Item.Delete() of ${path}`) return [this.#asked(() => void this.items.delete(path))];
    if (on !== `Item.GetSecret(o) of ${path}`) throw new BusError("The call failed", "No.Such.Method");
    const session = values[0] as string;
    const iv = randomBytes(16);
    const cipher = createCipheriv("aes-128-cbc", sessions.get(session)!, iv);
    const secret = Buffer.concat([cipher.update(item.secret, "utf8"), cipher.final()]);
    return [[session, iv, secret, "text/plain"]];
  }

  #openSession([algorithm, theirs]: [string, Variant], sessions: Map<string, Buffer>): readonly BusValue[] {
    if (algorithm !== ALGORITHM || theirs.signature !== "ay") {
      throw new BusError("The call failed", "org.freedesktop.DBus.Error.NotSupported");
    }
    const group = createDiffieHellmanGroup("modp2");
    const publicNumber = group.generateKeys();
    const shared = group.computeSecret(theirs.value as Uint8Array);
    const path = `${SERVICE}/session/${sessions.size + 1}`;
    sessions.set(path, Buffer.from(hkdfSync("sha256", shared, Buffer.alloc(0), "", 16)));
    return [{ signature: "ay", value: publicNumber }, path];
  }

  #search(wanted: ReadonlyMap<string, string>): readonly BusValue[] {
    const found = [...this.items].filter(([, { attributes }]) =>
      [...wanted].every(([name, value]) => attributes.get(name) === value),
    );
    const paths = (isLocked: boolean): readonly string[] =>
      found.filter(([, item]) => item.isLocked === isLocked).map(([path]) => path);
    return [paths(false), paths(true)];
  }

  #unlock(paths: readonly string[]): readonly BusValue[] {
    const locked = paths.filter((path) =>
      path === COLLECTION ? this.isLocked : this.items.get(path)!.isLocked,
    );
    if (locked.length === 0) return [paths, "/"];
    const unlock = (): void => {
      for (const path of locked) {
        if (path === COLLECTION) this.isLocked = false;
        else this.items.get(path)!.isLocked = false;
      }
    };
    return [[], this.#asked(unlock)];
  }

  #create(
    [properties, [session, iv, value, type], replaces]: [[string, Variant][], BusValue[], boolean],
    sessions: ReadonlyMap<string, Buffer>,
  ): readonly BusValue[] {
    if (this.isLocked) throw new BusError("The call failed", IS_LOCKED);
    if (!(type as string).startsWith("text/plain")) throw new BusError("The call failed", "Odd.Content");
    const types = properties.map(([name, { signature }]) => `${name.split(".").at(-1)} ${signature}`);
    if (types.join() !== "Label s,Attributes a{ss}") throw new BusError("The call failed", "Odd.Property");
    const given = new Map(properties);
    const decipher = createDecipheriv("aes-128-cbc", sessions.get(session as string)!, iv as Uint8Array);
    const secret = Buffer.concat([decipher.update(value as Uint8Array), decipher.final()]).toString("utf8");
    const attributes = new Map(
      given.get("org.freedesktop.Secret.Item.Attributes")!.value as [string, string][],
    );
    const label = given.get("org.freedesktop.Secret.Item.Label")!.value as string;
    const [[same]] = this.#search(attributes) as [readonly (string | undefined)[]];
    const path = replaces && same !== undefined ? same : `${COLLECTION}/${++this.#made}`;
    return [
      path,
      this.#asked(() => void this.items.set(path, { label, attributes, secret, isLocked: false })),
    ];
  }

  /** Does it at once, or when the person has agreed: returns the path of the question. */
  #asked(work: () => void): string {
    if (this.person === undefined) {
      work();
      return "/";
    }
    const path = `${SERVICE}/prompt/${++this.#made}`;
    this.#prompts.set(path, work);
    return path;
  }
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { BusCall, BusValue, Variant } from "@entrada/core/dbus";
import { oakleyExchange } from "./oakley-exchange.ts";

export const SECRETS = "org.freedesktop.secrets";
const ALGORITHM = "dh-ietf1024-sha256-aes128-cbc-pkcs7";
const CIPHER = "aes-128-cbc";

/**
 * How secrets travel between a client and the Secret Service (Secret Service API, "Transfer of Secrets"): encrypted
 * for this one session, so that nothing that records the bus holds them.
 */
export class SecretSession {
  readonly #path: string;
  readonly #key: Buffer;

  private constructor(path: string, key: Buffer) {
    this.#path = path;
    this.#key = key;
  }

  static async open(call: (call: BusCall) => Promise<readonly BusValue[]>): Promise<SecretSession> {
    const exchange = oakleyExchange();
    const [theirs, path] = (await call({
      destination: SECRETS,
      path: "/org/freedesktop/secrets",
      interface: "org.freedesktop.Secret.Service",
      member: "OpenSession",
      signature: "sv",
      values: [ALGORITHM, { signature: "ay", value: exchange.publicNumber }],
    })) as [Variant, string];
    const shared = exchange.sharedSecret(theirs.value as Uint8Array);
    return new SecretSession(path, Buffer.from(hkdfSync("sha256", shared, Buffer.alloc(0), "", 16)));
  }

  get path(): string {
    return this.#path;
  }

  /** A secret for the service: a struct of the signature "(oayays)". */
  seal(secret: string): BusValue {
    const iv = randomBytes(16);
    const cipher = createCipheriv(CIPHER, this.#key, iv);
    const value = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
    return [this.#path, iv, value, "text/plain; charset=utf8"];
  }

  /** The secret in such a struct from the service. */
  open(sealed: BusValue): string {
    const [, iv, value] = sealed as [string, Uint8Array, Uint8Array, string];
    const decipher = createDecipheriv(CIPHER, this.#key, iv);
    return Buffer.concat([decipher.update(value), decipher.final()]).toString("utf8");
  }
}

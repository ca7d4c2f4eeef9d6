import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";

export type Claims = Readonly<Record<string, unknown>>;

/** The keys of one emulator run: the newest signs, all that are published check. */
export class SigningKeys {
  #keys: readonly SigningKey[];

  constructor(first: SigningKey) {
    this.#keys = [first];
  }

  /** From now on this key signs; the ones before it stay published unless they are to be withdrawn. */
  rotate(next: SigningKey, { withdrawOld }: { readonly withdrawOld: boolean }): void {
    this.#keys = withdrawOld ? [next] : [next, ...this.#keys];
  }

  sign(claims: Claims): string {
    return this.#keys[0]!.sign(claims);
  }

  verify(token: string): Claims | undefined {
    for (const key of this.#keys) {
      const claims = key.verify(token);
      if (claims) return claims;
    }
    return undefined;
  }

  /** The key set (RFC 7517, section 5). */
  toJwks(issuer: string): Claims {
    return { keys: this.#keys.map((key) => key.toJwk(issuer)) };
  }
}

/** One RSA key: signs tokens, publishes itself, checks what it signed. */
export class SigningKey {
  readonly #private: KeyObject;
  readonly #public: KeyObject;
  readonly #id: string;
  readonly #certificate: string;

  /** Both in PEM. The certificate is published as `x5c`, and its thumbprint is the key's id. */
  constructor(privateKey: string, certificate: string) {
    this.#private = createPrivateKey(privateKey);
    this.#public = createPublicKey(certificate);
    this.#certificate = certificate.replace(/-----[^-]+-----|\s/g, "");
    this.#id = createHash("sha1").update(Buffer.from(this.#certificate, "base64")).digest("base64url");
  }

  /** A JSON Web Token, signed with RS256 (RFC 7519). */
  sign(claims: Claims): string {
    const header = { typ: "JWT", alg: "RS256", x5t: this.#id, kid: this.#id };
    const content = `${encode(header)}.${encode(claims)}`;
    return `${content}.${sign("sha256", Buffer.from(content), this.#private).toString("base64url")}`;
  }

  /** The claims of a token this key has signed; undefined for any other text. Says nothing about its time. */
  verify(token: string): Claims | undefined {
    const [header, payload, signature, ...more] = token.split(".");
    if (!header || !payload || !signature || more.length > 0) return undefined;
    const content = Buffer.from(`${header}.${payload}`);
    if (!verify("sha256", content, this.#public, Buffer.from(signature, "base64url"))) return undefined;
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
  }

  /** One entry of a key set (RFC 7517), with the issuer template Entra adds. */
  toJwk(issuer: string): Claims {
    const { n, e } = this.#public.export({ format: "jwk" });
    return {
      kty: "RSA",
      use: "sig",
      kid: this.#id,
      x5t: this.#id,
      n,
      e,
      x5c: [this.#certificate],
      alg: "RS256",
      issuer,
    };
  }
}

function encode(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

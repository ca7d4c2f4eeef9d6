import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { generate } from "selfsigned";

/** A certificate and its key, both in PEM. */
export interface CertificatePair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Issues certificates for this machine's loopback names. */
export interface CertificateAuthority {
  /** PEM: what clients must trust. */
  readonly certificate: string;
  /** A new server certificate for `localhost`, `127.0.0.1`, `::1` and the name that the authority was made for. */
  issueServerCertificate(): Promise<CertificatePair>;
}

/** What the name of each authority of an emulator begins with. */
export const AUTHORITY_NAME = "Entrada local emulator CA";

const LIFETIME_IN_DAYS = 30;
const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

/** Makes a certificate authority whose key lives in this process only, and which vouches for `name`, too. */
export async function createCertificateAuthority(name: string): Promise<CertificateAuthority> {
  // Clients find an authority by its name: two emulators in one process must not share one.
  const issuer = `${AUTHORITY_NAME} ${randomBytes(8).toString("hex")}`;
  const authority = await generate([{ name: "commonName", value: issuer }], {
    ...validity(),
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  return {
    // Ends as a line does: others' certificates may be put behind it in a file.
    certificate: `${authority.cert.trimEnd()}\n`,
    async issueServerCertificate() {
      const leaf = await generate([{ name: "commonName", value: "localhost" }], {
        ...validity(),
        keyType: "ec",
        algorithm: "sha256",
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          { name: "basicConstraints", cA: false, critical: true },
          { name: "keyUsage", digitalSignature: true, critical: true },
          { name: "extKeyUsage", serverAuth: true },
          {
            name: "subjectAltName",
            altNames: [...new Set([...LOOPBACK, name])].map((value) =>
              isIP(value) ? { type: 7, ip: value } : { type: 2, value },
            ),
          },
        ],
      });
      return { certificate: leaf.cert, privateKey: leaf.private };
    },
  };
}

/** An RSA key with a certificate of its own: what tokens are signed with. */
export async function createSigningCertificate(): Promise<CertificatePair> {
  const made = await generate([{ name: "commonName", value: "Entrada local emulator signing" }], {
    ...validity(),
    keyType: "rsa",
    keySize: 2048,
    algorithm: "sha256",
  });
  return { certificate: made.cert, privateKey: made.private };
}

/** From a day ago, so that a client whose clock is a little behind accepts it. */
function validity(): { notBeforeDate: Date; notAfterDate: Date } {
  const day = 24 * 60 * 60 * 1000;
  return {
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + LIFETIME_IN_DAYS * day),
  };
}

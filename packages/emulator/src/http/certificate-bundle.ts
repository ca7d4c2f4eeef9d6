import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { AUTHORITY_NAME } from "./certificates.ts";

const CERTIFICATE =
  /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----\r?\n?/g;

/**
 * A certificate authority, and behind it those of a PEM file that a program already has. Node reads one file of
 * NODE_EXTRA_CA_CERTS only: whoever puts another in its place takes a company's proxy away.
 * @param more - the path of the file; none: there is nothing to add
 * @param target - where the bundle is to be written. Where that is the same file, the authorities of emulators in it
 * are those of earlier starts, and go
 * @throws Error where it cannot be read, or holds something else than PEM, which Node would leave out as well
 */
export function certificateBundle(
  certificateAuthority: string,
  more: string | undefined,
  target?: string,
): string {
  if (more === undefined || more === "") return certificateAuthority;
  const text = readFileSync(more, "utf8");
  if (text.trim() === "") return certificateAuthority;
  if (text.search(CERTIFICATE) === -1)
    throw new Error(
      `${more} holds no certificate in PEM form. Convert it: openssl x509 -inform DER -in FILE`,
    );
  const isReplaced =
    target !== undefined && existsSync(target) && realpathSync(target) === realpathSync(more);
  const others = text
    .replace(CERTIFICATE, (found) => (isReplaced && isOfEmulator(found) ? "" : found))
    .trimEnd();
  // A file of this emulator's own, written before, need not stand in it twice.
  if (others.includes(certificateAuthority.trimEnd())) return `${others}\n`;
  return others === "" ? certificateAuthority : `${certificateAuthority}${others}\n`;
}

function isOfEmulator(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).subject.startsWith(`CN=${AUTHORITY_NAME} `);
  } catch {
    return false;
  }
}

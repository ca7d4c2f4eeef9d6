import type { CertificatePair } from "@entrada/emulator";
import { generate } from "selfsigned";

/** A certificate for these names, which vouches for itself. */
export async function certificateFor(names: readonly string[]): Promise<CertificatePair> {
  const { cert, private: privateKey } = await generate(
    [{ name: "commonName", value: "Azure on this machine" }],
    {
      keyType: "ec",
      algorithm: "sha256",
      extensions: [{ name: "subjectAltName", altNames: names.map((value) => ({ type: 2, value })) }],
    },
  );
  return { certificate: cert, privateKey };
}

import * as tls from "node:tls";

/** This Node.js cannot change its certificate authorities while it runs. */
export class EmulatorTrustError extends Error {
  override readonly name = "EmulatorTrustError";
  readonly code = "ERR_EMULATOR_TRUST";
}

/**
 * Trusts a certificate authority in this process: `fetch`, `node:https` and all that is built on them.
 * @returns a function that undoes it
 * @throws EmulatorTrustError where Node.js has no `tls.setDefaultCACertificates` (before 22.19 and 24.5)
 */
export function trustCertificateAuthority(
  certificate: string,
  // Typed as always there, but absent from the older Node.js versions this package runs on.
  { setDefaultCACertificates, getCACertificates }: Partial<typeof tls> = tls,
): () => void {
  if (!setDefaultCACertificates || !getCACertificates) {
    throw new EmulatorTrustError(
      `Node.js ${process.versions.node} cannot add a certificate authority while it runs. ` +
        "Write `certificateAuthority` to a file and start the process with NODE_EXTRA_CA_CERTS=<that file>.",
    );
  }
  setDefaultCACertificates([...getCACertificates("default"), certificate]);
  return () => {
    const others = getCACertificates("default").filter((it) => it.trim() !== certificate.trim());
    setDefaultCACertificates(others);
  };
}

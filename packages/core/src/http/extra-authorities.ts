import type { ProxyEnvironment } from "./proxy-environment.ts";

const LONGEST_SHOWN = 200;

/**
 * What is wrong with the file that NODE_EXTRA_CA_CERTS names: Node leaves it out with no more than a line on standard
 * error. A sentence without its stop; undefined where nothing is, or the variable is not set.
 */
export function extraAuthoritiesFault(env: ProxyEnvironment): string | undefined {
  const file = env["NODE_EXTRA_CA_CERTS"];
  if (file === undefined || file === "") return undefined;
  const why = whyUnusable(file);
  if (why === undefined) return undefined;
  const shown = JSON.stringify(file.slice(0, LONGEST_SHOWN));
  return `NODE_EXTRA_CA_CERTS is set to ${shown}, which ${why}: write the full path of a PEM file, before Node.js starts`;
}

function whyUnusable(file: string): string | undefined {
  const { readFileSync } = process.getBuiltinModule("node:fs");
  let text: string;
  try {
    text = readFileSync(file, "latin1");
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code ?? "no reason known"})`;
  }
  const certificates = text.match(/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END/g) ?? [];
  if (certificates.length === 0) return "holds no certificate in PEM form";
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  const unreadable = certificates.filter((certificate) => {
    try {
      return new X509Certificate(`${certificate} CERTIFICATE-----`).raw.length === 0;
    } catch {
      return true;
    }
  });
  return unreadable.length > 0 ? "holds a certificate that cannot be read" : undefined;
}

import { readFileSync } from "node:fs";

/**
 * A certificate authority, and behind it those of a PEM file that a program already has. Node reads one file of
 * NODE_EXTRA_CA_CERTS only: whoever puts another in its place takes a company's proxy away.
 * @param more - the path of the file; none: there is nothing to add
 * @throws Error where it cannot be read
 */
export function certificateBundle(certificateAuthority: string, more: string | undefined): string {
  if (more === undefined || more === "") return certificateAuthority;
  const others = readFileSync(more, "utf8").trimEnd();
  // A file of this emulator's own, written before, need not stand in it twice.
  if (others.includes(certificateAuthority.trimEnd())) return `${others}\n`;
  return others === "" ? certificateAuthority : `${certificateAuthority}${others}\n`;
}

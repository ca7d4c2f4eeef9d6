import { readFileSync } from "node:fs";

const LISTED_AT = "/proc/net/unix";
/** Of a socket that listens: not of one that is connected under the same name, or about to listen. */
const LISTENS = " 00010000 ";

/**
 * Whether somebody listens on a name of Linux's abstract namespace, of those that this process shares with others. A
 * system that does not tell, tells of none.
 */
export function isListenedOn(name: string, listedAt: string = LISTED_AT): boolean {
  // Zeros are shown so.
  const end = ` ${name.replaceAll("\0", "@")}`;
  return listed(listedAt).some((line) => line.endsWith(end) && line.includes(LISTENS));
}

function listed(at: string): readonly string[] {
  try {
    return readFileSync(at, "latin1").split("\n");
  } catch {
    return [];
  }
}

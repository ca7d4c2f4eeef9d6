import { lstatSync } from "node:fs";
import { systemCode } from "../cache-error.ts";
import { checkedIdentityOf, unreadable } from "./open-regular-file.ts";

/**
 * What `identityAt` says, without giving way: for the moment before the file is replaced. Its folder is one that was
 * just used.
 */
export function identityNowAt(path: string): string | undefined {
  try {
    return checkedIdentityOf(path, lstatSync(path, { bigint: true }));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

import { check } from "@entrada/core/credential";

/** A relative path would mean another program in another folder. @throws TypeError naming the option */
export function checkWindowsNode(path: string | undefined): string | undefined {
  if (path === undefined || (typeof path === "string" && /^\/.*\.exe$/i.test(path))) return path;
  throw check.wrong("windowsNodePath", "the whole path of a node.exe, as Linux writes it", path);
}

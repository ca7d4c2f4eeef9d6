import type * as Crypto from "node:crypto";

/** `node:crypto`, loaded at the first call. An import would read all that it offers, and so load Web Crypto with it. */
export function nodeCrypto(): typeof Crypto {
  return process.getBuiltinModule("node:crypto");
}

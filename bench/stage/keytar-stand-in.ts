import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where it stands below an application's folder. The file system of a released keytar has a file of this name. */
export const STAND_IN: string = join("node_modules", "keytar", "build", "Release", "keytar.node");

// Node takes a folder with an index.js where it looks for the binary.
const NO_KEYRING = `"use strict";
const none = (...args) => args.at(-1)(new Error("There is no keyring here"));
module.exports = { getPassword: none, setPassword: none, deletePassword: none, findPassword: none, findCredentials: none };
`;

/**
 * The peers' plugins cannot be imported without keytar's native binary, which is not in the registry and takes a
 * compiler and libsecret to build. Where it is missing, a module without a keyring takes its place, so that the peers
 * can be measured at all: with less work than the binary would do, which is to their advantage.
 */
export function standInForKeytar(application: string): void {
  const binary = join(application, STAND_IN);
  if (!existsSync(join(application, "node_modules", "keytar")) || existsSync(binary)) return;
  mkdirSync(binary, { recursive: true });
  writeFileSync(join(binary, "index.js"), NO_KEYRING);
}

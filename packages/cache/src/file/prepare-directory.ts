import type { BigIntStats } from "node:fs";
import { mkdir, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { cacheError, isCacheError, systemCode } from "../cache-error.ts";

/** The name of the network file system that a folder lies on, or `undefined` for one of this machine. */
export type NetworkFileSystem = (directory: string) => Promise<string | undefined>;

// <linux/magic.h> and the file systems' own documentation. FUSE is not here: most of it is local.
const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0x6969: "NFS",
  0x517b: "SMB",
  0xff534d42: "CIFS",
  0xfe534d42: "SMB 2",
  0x01021997: "9P (a Windows drive in WSL, or a shared folder)",
  0x5346414f: "AFS",
  0x73757245: "Coda",
  0x00c36400: "Ceph",
  0x0bd00bd0: "Lustre",
  0x47504653: "GPFS",
  0x19830326: "BeeGFS",
};

// \\server\share, and not \\?\C: or \\.\C:
const NETWORK_SHARE = /^[\\/]{2}(?![?.])/;

/**
 * Makes the folder if need be, private to this user, and checks that it is one where processes can share a file.
 * @throws AuthenticationError `cache`, `cache_unwritable`.
 */
export async function prepareDirectory(
  directory: string,
  networkFileSystem: NetworkFileSystem = networkFileSystemOf,
): Promise<BigIntStats> {
  try {
    const status = await made(directory);
    // What root saved into a person's own folder, that person could not read any more.
    if (process.geteuid?.() === 0 && status.uid !== 0n) throw unusable(directory, "belongs to another user");
    const network = await networkFileSystem(directory);
    if (!network) return status;
    throw unusable(
      directory,
      `lies on a network file system, ${network}, where other machines ignore its lock`,
    );
  } catch (error) {
    if (isCacheError(error)) throw error;
    const code = systemCode(error);
    throw unusable(directory, `cannot be made or used${code ? ` (${code})` : ""}`, error);
  }
}

async function made(directory: string): Promise<BigIntStats> {
  try {
    return await stat(directory, { bigint: true });
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
  await makePrivateFolder(directory);
  return stat(directory, { bigint: true });
}

// Node's own recursive mkdir never ends where a file system refuses with ENOENT, as /proc does.
async function makePrivateFolder(directory: string): Promise<void> {
  const make = (): Promise<void> =>
    mkdir(directory, 0o700).catch((error: unknown) => {
      // Another process was faster.
      if (systemCode(error) !== "EEXIST") throw error;
    });
  try {
    await make();
  } catch (error) {
    const parent = dirname(directory);
    if (systemCode(error) !== "ENOENT" || parent === directory) throw error;
    await makePrivateFolder(parent);
    await make();
  }
}

/** Tells by the type number on Linux, and by the path's form on Windows. */
export async function networkFileSystemOf(
  directory: string,
  platform: NodeJS.Platform = process.platform,
  statusOf: (directory: string) => Promise<{ readonly type: number }> = statfs,
): Promise<string | undefined> {
  if (platform === "win32") return NETWORK_SHARE.test(directory) ? "a network share" : undefined;
  if (platform !== "linux") return undefined;
  const { type } = await statusOf(directory);
  return NETWORK_FILE_SYSTEMS[type >>> 0];
}

function unusable(directory: string, what: string, cause?: unknown): Error {
  return cacheError(
    "cache_unwritable",
    `The folder of the token cache ${directory} ${what}`,
    "Choose a `directory` of this user's on a disk of this machine",
    cause,
  );
}

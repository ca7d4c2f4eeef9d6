import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "./cache-fixture.ts";

/** A key file of so many bytes, in a folder that goes with the test; nobody else may read it. */
export async function keyFileOf(length: number): Promise<{ folder: string; path: string; bytes: Buffer }> {
  const folder = await temporaryFolder();
  const path = join(folder, "the-key");
  const bytes = Buffer.alloc(length, 7);
  await writeFile(path, bytes, { mode: 0o600 });
  return { folder, path, bytes };
}

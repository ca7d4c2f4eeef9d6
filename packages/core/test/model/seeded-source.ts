import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SeededFault } from "./seeded-faults.ts";

/** Where the faults are seeded. */
export const ENGINE = new URL("../../src/engine/", import.meta.url).href;

/** The engine's source with the fault in it. The file itself is only read. */
export function seededSource({ file, find, put, name }: SeededFault): string {
  const source = readFileSync(fileURLToPath(new URL(file, ENGINE)), "utf8");
  if (source.split(find).length !== 2) throw new Error(`${name}: "${find}" is not once in ${file}`);
  return source.replace(find, () => put);
}

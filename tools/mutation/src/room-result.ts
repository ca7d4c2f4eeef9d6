import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RoomScore } from "./judge-room.ts";

/** What a run of a whole room came to, and of which commit. */
export interface RoomResult extends RoomScore {
  /** `2026-11-29` */
  readonly date: string;
  readonly commit: string;
}

const folderOf = (root: string): string => join(root, "tools", "mutation", "results");

/** The results that are written down, by room. */
export function readResults(root: string): ReadonlyMap<string, RoomResult> {
  const folder = folderOf(root);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const results = files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as RoomResult);
  return new Map(results.map((result) => [result.room, result]));
}

/** Writes the result of a room down, for the page. */
export function writeResult(root: string, result: RoomResult): void {
  const folder = folderOf(root);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.room}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
}

// Loads all of a room before its first test. What runs once, when a file is loaded, is then nobody's: it would else be
// the first test's that comes by an import(), and be tried with that one alone.
import { globSync } from "node:fs";
import { join } from "node:path";
import { roomOf } from "./rooms.ts";

const { folder, sources } = roomOf(process.env["MUTATION_ROOM"] ?? "");
const cwd = join(import.meta.dirname, "../../..", folder);
const files = globSync([...sources], { cwd }).filter((name) => !name.endsWith(".test.ts"));
if (files.length === 0) throw new Error(`Nothing to load in ${cwd}`);
for (const file of files) await import(join(cwd, file));

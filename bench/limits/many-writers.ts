import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persistentTokenCache } from "@entrada/cache";
import { startEmulator } from "@entrada/emulator";
import { fixedKeyStore } from "../programs/fixed-key.mjs";
import { startChild } from "./child.ts";
import { below, exactly, type LimitWork } from "./limit.ts";

const WRITERS = 16;
const READERS = 8;
const WRITES = 50;

/** Sixteen processes that save into one cache, and eight that read all of it meanwhile: what is lost, and how long a save takes. */
export const manyWriters: LimitWork = {
  name: "many-writers",
  async measure(share) {
    const writes = Math.max(1, Math.round(WRITES * share));
    await using emulator = await startEmulator();
    const folder = mkdtempSync(join(tmpdir(), "entrada-limits-"));
    const start = (...more: readonly string[]) =>
      startChild({ program: "many-writers", emulator, arguments: [folder, ...more] });
    const writers = Array.from({ length: WRITERS }, (_, at) => start(`writer-${at}`, String(writes)));
    const readers = Array.from({ length: READERS }, () => start());
    const all = [...writers, ...readers];
    await Promise.all(all.map((child) => child.next()));
    for (const child of all) child.ask("go");
    const saved = await Promise.all(writers.map(async (child) => (await child.next())["times"] as number[]));
    for (const child of readers) child.ask("stop");
    const reads = await Promise.all(readers.map((child) => child.next()));
    const store = persistentTokenCache({ name: "limits", directory: folder, keyStore: fixedKeyStore });
    const kept = await store.list();
    for (const child of all) child[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
    const times = saved.flat().sort((one, other) => one - other);
    const at = (part: number): number => times[Math.floor(times.length * part)] ?? Number.NaN;
    return [
      exactly(
        `of ${times.length} records saved by ${WRITERS} processes, lost`,
        0,
        times.length - kept.length,
      ),
      exactly(
        `bad reads by ${READERS} processes meanwhile`,
        0,
        reads.reduce((sum, { bad }) => sum + Number(bad), 0),
      ),
      below("a save, half of them", "ms", 25, at(0.5)),
      below("a save, all but one of a hundred", "ms", 700, at(0.99)),
    ];
  },
};

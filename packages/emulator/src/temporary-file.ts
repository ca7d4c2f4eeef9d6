import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFile {
  readonly path: string;
  /** Removes the file with its folder; the end of the process does so at the latest. */
  remove(): void;
}

/** Writes a text to a new file in a new folder for temporary things. */
export function temporaryFile(name: string, text: string): TemporaryFile {
  const folder = mkdtempSync(join(tmpdir(), "entrada-emulator-"));
  const path = join(folder, name);
  const remove = (): void => {
    process.removeListener("exit", remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  writeFileSync(path, text);
  return { path, remove };
}

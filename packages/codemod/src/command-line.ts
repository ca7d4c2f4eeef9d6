import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { createTwoFilesPatch } from "diff";
import { migrateProject, type FileChange } from "./migrate-project.ts";

const USAGE = `Moves a project from @azure/identity to Entrada: imports, options and dependencies.

Usage: entrada-codemod [--dry-run] [path ...]

  path        files or folders; default: this folder
  --dry-run   print what would change, and write nothing
  --version   print the version
  --help      print this

What it cannot decide it marks with a comment, "TODO(entrada): ...". Run it on a clean working tree.
`;

/** What the program works with, so that tests can read what it says. */
export interface CommandLine {
  readonly args: readonly string[];
  /** The version of this package, and so of the family. */
  readonly version: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/**
 * Runs the program.
 * @returns its exit code: 0, 1 when a file could not be read, 2 for wrong arguments
 */
export async function runCommandLine({ args, version, out, err }: CommandLine): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "dry-run": { type: "boolean" },
        version: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    err(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = parsed;
  if (values.help || values.version) {
    out(values.help ? USAGE : `${version}\n`);
    return 0;
  }
  const paths = positionals.length > 0 ? positionals : ["."];
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) {
    err(`${missing} does not exist\n`);
    return 2;
  }
  const { changes, remarks, notes, unreadable } = await migrateProject(paths, version);
  for (const change of changes) {
    if (values["dry-run"]) out(patchOf(change));
    else await writeFile(change.path, change.after);
  }
  err(
    `${changes.length} ${changes.length === 1 ? "file" : "files"} ${values["dry-run"] ? "would change" : "changed"}\n`,
  );
  tell(err, "To decide, marked with TODO(entrada):", remarks.map(shortened));
  tell(err, "To know:", notes);
  tell(err, "Could not be read, and are as they were:", unreadable.map(shortened));
  if (changes.some(({ path }) => path.endsWith("package.json"))) err("Now install the new dependencies.\n");
  return unreadable.length === 0 ? 0 : 1;
}

function patchOf({ path, before, after }: FileChange): string {
  const name = shortened(path);
  return createTwoFilesPatch(name, name, before, after, undefined, undefined, { context: 3 });
}

function tell(err: (text: string) => void, heading: string, lines: readonly string[]): void {
  if (lines.length > 0) err(`${heading}\n${lines.map((line) => `  ${line}\n`).join("")}`);
}

/** Paths as they are seen from here. */
function shortened(text: string): string {
  return text.replace(/^[^:]*[\\/][^:]*/, (path) => relative(process.cwd(), path) || path);
}

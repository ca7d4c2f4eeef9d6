import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findSources } from "./find-sources.ts";
import { identityNamesIn } from "./identity-names.ts";
import { declares, isReadable, migrateManifest } from "./migrate-manifest.ts";
import { migrateSource } from "./migrate-source.ts";
import { IDENTITY, IDENTITY_BROKER, IDENTITY_CACHE } from "./moves.ts";
import { CANNOT_BE_TOLD } from "./names-used.ts";
import { SDK_PACKAGES } from "./sdk-remarks.ts";

/** A file that the migration would write. */
export interface FileChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface ProjectMigration {
  readonly changes: readonly FileChange[];
  /** Comments that ask for a decision, with the file they are in. */
  readonly remarks: readonly string[];
  /** Where the behaviour is another now. */
  readonly notes: readonly string[];
  /** Files that could not be read as what their extension says. */
  readonly unreadable: readonly string[];
}

const FORMER = [IDENTITY, IDENTITY_BROKER, IDENTITY_CACHE];
/** What a source names that has to do with the move. */
const NAMED = [...FORMER, ...SDK_PACKAGES];
const ENTRADA = /["'`](@entrada\/[a-z-]+)(?:\/[a-z-]+)?["'`]/g;

/**
 * Works out what moving to Entrada changes, and writes nothing.
 * @param paths - files, or folders with all that is below them
 * @param version - the version of Entrada that the projects are to depend on
 */
export async function migrateProject(paths: readonly string[], version: string): Promise<ProjectMigration> {
  const changes: FileChange[] = [];
  const remarks: string[] = [];
  const notes = new Set<string>();
  const unreadable: string[] = [];
  for (const [manifest, sources] of await projectsOf(paths)) {
    const others = manifest === undefined ? [] : await othersOf(manifest, sources);
    const foreignNames = new Set(others.flatMap(foreignNamesOf));
    let moves = false;
    const readable = sources.filter(({ path, text }) => {
      try {
        const names = identityNamesIn(path, text);
        for (const name of names.foreign) foreignNames.add(name);
        moves ||= names.moves;
        return true;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        unreadable.push(error.message);
        return false;
      }
    });
    const after = new Map(sources.map(({ path, text }) => [path, text]));
    for (const { path, text } of readable) {
      const migration = migrateSource(path, text, { foreignNames, moves });
      after.set(path, migration.code);
      if (migration.code !== text) changes.push({ path, before: text, after: migration.code });
      remarks.push(...migration.remarks.map((remark) => `${path}: ${remark}`));
      for (const note of migration.notes) notes.add(note);
    }
    if (manifest === undefined) continue;
    const before = await readFile(manifest, "utf8");
    if (!isReadable(before)) {
      unreadable.push(`${manifest}: not JSON, so its dependencies stay`);
      continue;
    }
    const texts = [...after.values(), ...others.map(({ text }) => text)];
    const { text } = migrateManifest(before, { ...usesOf(texts), version });
    if (text !== before) changes.push({ path: manifest, before, after: text });
  }
  return { changes, remarks, notes: [...notes], unreadable };
}

interface Source {
  readonly path: string;
  readonly text: string;
}

/** The sources that have to do with the move, by the package.json that they belong to. */
async function projectsOf(
  paths: readonly string[],
): Promise<ReadonlyMap<string | undefined, readonly Source[]>> {
  const projects = new Map<string | undefined, Source[]>();
  for (const source of await sourcesIn(paths)) {
    const manifest = await manifestOf(source.path);
    projects.set(manifest, [...(projects.get(manifest) ?? []), source]);
  }
  return projects;
}

/** The other sources of a package.json: they stay as they are, and what they name must stay, too. */
async function othersOf(manifest: string, sources: readonly Source[]): Promise<readonly Source[]> {
  if (!declares(await readFile(manifest, "utf8"), FORMER)) return []; // nothing there could go
  const chosen = new Set(sources.map(({ path }) => path));
  const others: Source[] = [];
  for (const source of await sourcesIn([dirname(manifest)])) {
    if (!chosen.has(source.path) && (await manifestOf(source.path)) === manifest) others.push(source);
  }
  return others;
}

async function sourcesIn(paths: readonly string[]): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const path of await findSources(paths)) {
    const text = await readFile(path, "utf8");
    if (NAMED.some((name) => text.includes(name))) sources.push({ path, text });
  }
  return sources;
}

function foreignNamesOf({ path, text }: Source): readonly string[] {
  try {
    return identityNamesIn(path, text).foreign;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [CANNOT_BE_TOLD]; // it may use anything
  }
}

/**
 * The package.json above a file, within its repository, that declares what the file imports; in a monorepo that may be
 * the one at the root. If none does, the nearest.
 */
async function manifestOf(path: string): Promise<string | undefined> {
  let nearest: string | undefined;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    const text = await readFile(manifest, "utf8").catch(() => undefined); // not in this folder, then
    if (text !== undefined && declares(text, FORMER)) return manifest;
    if (text !== undefined) nearest ??= manifest;
    const isTop = existsSync(join(folder, ".git")) || folder === dirname(folder);
    if (isTop) return nearest;
  }
}

function usesOf(texts: readonly string[]): {
  readonly imported: ReadonlySet<string>;
  readonly stillNamed: ReadonlySet<string>;
} {
  const imported = texts.flatMap((text) => [...text.matchAll(ENTRADA)].map(([, name = ""]) => name));
  const stillNamed = FORMER.filter((name) =>
    texts.some((text) => new RegExp(`["'\`]${name}["'\`/]`).test(text)),
  );
  return { imported: new Set(imported), stillNamed: new Set(stillNamed) };
}

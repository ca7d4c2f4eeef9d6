import { MagicString } from "magic-string";
import { parseSync, type Expression, type ObjectProperty } from "oxc-parser";
import { IDENTITY, IDENTITY_BROKER, IDENTITY_CACHE } from "./moves.ts";

/** What the sources of a project use, once they are migrated. */
export interface PackageUse {
  /** Packages of Entrada that they import. */
  readonly imported: ReadonlySet<string>;
  /** Packages of `@azure/identity` that they still name. */
  readonly stillNamed: ReadonlySet<string>;
  /** The version of Entrada to depend on, such as "1.2.3". */
  readonly version: string;
}

export interface ManifestMigration {
  readonly text: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const SECTIONS = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
const FORMER = [IDENTITY, IDENTITY_BROKER, IDENTITY_CACHE];

/**
 * Puts the packages of Entrada where `@azure/identity` was in a package.json, and takes out what nothing uses any
 * longer. Everything else keeps its characters.
 */
export function migrateManifest(
  text: string,
  { imported, stillNamed, version }: PackageUse,
): ManifestMigration {
  const edits = new MagicString(text);
  const sections = sectionsOf(text);
  const declared = new Set(sections.flatMap(({ entries }) => entries.map(nameOf)));
  const added = [...imported].filter((name) => !declared.has(name)).toSorted();
  const removed: string[] = [];
  const having = (names: readonly string[]): readonly Section[] =>
    sections.filter(({ entries }) => entries.some((entry) => names.includes(nameOf(entry))));
  // A library may have it twice: for its own tests, and as a peer of its users.
  const homes = having([IDENTITY]).length > 0 ? having([IDENTITY]) : having(FORMER).slice(0, 1);
  for (const section of sections) {
    const gone = section.entries.filter(
      (entry) => FORMER.includes(nameOf(entry)) && !stillNamed.has(nameOf(entry)),
    );
    const fresh = homes.includes(section) ? added : [];
    if (gone.length === 0 && fresh.length === 0) continue;
    removed.push(...gone.map(nameOf));
    const kept = section.entries
      .filter((entry) => !gone.includes(entry))
      .map((entry) => ({ name: nameOf(entry), text: text.slice(entry.start, entry.end) }));
    for (const name of fresh)
      insert(kept, { name, text: `${JSON.stringify(name)}: ${JSON.stringify(`^${version}`)}` });
    const first = section.entries[0]!;
    const separator = `,${text.slice(section.start + 1, first.start)}`;
    edits.overwrite(
      first.start,
      section.entries.at(-1)!.end,
      kept.map((entry) => entry.text).join(separator),
    );
  }
  return { text: edits.toString(), added: homes.length === 0 ? [] : added, removed };
}

/** Whether a package.json has one of these packages in any section. */
export function declares(text: string, names: readonly string[]): boolean {
  return sectionsOf(text).some(({ entries }) => entries.some((entry) => names.includes(nameOf(entry))));
}

/** Whether a package.json can be read as JSON at all; a byte order mark does no harm. */
export function isReadable(text: string): boolean {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) !== undefined;
  } catch {
    return false; // where it is broken, the editor of it shows better
  }
}

interface Section {
  /** Of its opening brace. */
  readonly start: number;
  readonly entries: readonly ObjectProperty[];
}

function sectionsOf(text: string): readonly Section[] {
  // JSON is JavaScript between parentheses; each position is one too high for it.
  const { program } = parseSync("package.js", `(${text})`, { preserveParens: false });
  const [statement] = program.body;
  const root = statement?.type === "ExpressionStatement" ? statement.expression : undefined;
  return entriesOf(root).flatMap((entry) => {
    if (!SECTIONS.includes(nameOf(entry)) || entriesOf(entry.value).length === 0) return [];
    return { start: entry.value.start - 1, entries: entriesOf(entry.value).map(oneToTheLeft) };
  });
}

function entriesOf(value: Expression | undefined): readonly ObjectProperty[] {
  if (value?.type !== "ObjectExpression") return [];
  return value.properties.filter((property) => property.type === "Property");
}

function oneToTheLeft(entry: ObjectProperty): ObjectProperty {
  return { ...entry, start: entry.start - 1, end: entry.end - 1 };
}

function nameOf({ key }: ObjectProperty): string {
  return key.type === "Literal" ? String(key.value) : "";
}

/** Before the first one that comes after it in the alphabet. */
function insert(entries: { name: string; text: string }[], entry: { name: string; text: string }): void {
  const index = entries.findIndex(({ name }) => name > entry.name);
  entries.splice(index === -1 ? entries.length : index, 0, entry);
}

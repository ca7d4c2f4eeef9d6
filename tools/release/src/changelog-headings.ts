/** The headings of the Azure SDK's changelogs, in their order. */
const HEADINGS = ["Features Added", "Breaking Changes", "Bugs Fixed", "Other Changes"] as const;
type Heading = (typeof HEADINGS)[number];

/** Where changesets puts a line, and where it goes here. */
const HEADING_OF_BUMP: Readonly<Record<string, Heading>> = {
  "Major Changes": "Breaking Changes",
  "Minor Changes": "Features Added",
  "Patch Changes": "Bugs Fixed",
};

/** What a line may say of itself, in its first word. */
const HEADING_OF_WORD: Readonly<Record<string, Heading>> = {
  Breaking: "Breaking Changes",
  Feature: "Features Added",
  Fix: "Bugs Fixed",
  Other: "Other Changes",
};

/**
 * Turns the section of one version, as changesets writes it, into the form that the Azure SDK's changelogs have:
 * `## 1.2.0 (2026-11-30)` and the four headings. The rest of the file stays as it is.
 * @param markdown a CHANGELOG.md
 * @param version the version whose section to turn
 * @param date `2026-11-30`
 * @throws RangeError where the file has no section of that version that is still in changesets' form
 */
export function useAzureHeadings(markdown: string, version: string, date: string): string {
  const title = `\n## ${version}\n`;
  const start = markdown.indexOf(title);
  if (start < 0) throw new RangeError(`There is no section "## ${version}" to turn`);
  const body = start + title.length;
  const next = markdown.indexOf("\n## ", body);
  const end = next < 0 ? markdown.length : next;
  const section = sectionOf(markdown.slice(body, end));
  return `${markdown.slice(0, start)}\n## ${version} (${date})\n\n${section}${markdown.slice(end)}`;
}

function sectionOf(body: string): string {
  const items = new Map<Heading, string[]>(HEADINGS.map((heading) => [heading, []]));
  for (const part of body.split(/^### /m).slice(1)) {
    const [bump = "", ...lines] = part.split("\n");
    for (const item of itemsOf(lines.join("\n"))) {
      const [heading, text] = placeOf(item, HEADING_OF_BUMP[bump.trim()] ?? "Other Changes");
      items.get(heading)?.push(text);
    }
  }
  const written = HEADINGS.filter((heading) => items.get(heading)?.length);
  if (written.length === 0) return "### Other Changes\n\n- Released together with the other packages.\n";
  return written.map((heading) => `### ${heading}\n\n${items.get(heading)?.join("\n")}\n`).join("\n");
}

/** The items of a list, each with the lines that belong to it. */
function itemsOf(list: string): readonly string[] {
  return list
    .split(/^(?=- )/m)
    .map((item) => item.trimEnd())
    .filter((item) => item.startsWith("- "));
}

function placeOf(item: string, byBump: Heading): readonly [Heading, string] {
  if (/^- Updated dependencies\b/.test(item)) return ["Other Changes", item];
  const [, before = "", word = "", text = ""] = /^(- (?:[0-9a-f]{7}: )?)(\w+): ([^]*)$/.exec(item) ?? [];
  const heading = HEADING_OF_WORD[word];
  return heading ? [heading, before + text] : [byBump, item];
}

import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const PAGE = readFileSync(new URL("../../../docs/bundling.md", import.meta.url), "utf8");

/** A line of the table of docs/bundling.md: what a reader sets for a packer. */
export interface Recipe {
  readonly packer: string;
  readonly settings: string;
  /** Beside them, where a program has the token cache. Empty where nothing has to be set. */
  readonly withCache: string;
}

/** Every recipe of the page's table. */
export const RECIPES: readonly Recipe[] = tableOf(PAGE);

/** Every recipe of the page that is a script, by its heading: for Node.js 26 and 24 there is one each. */
export const SCRIPTS: ReadonlyMap<string, readonly string[]> = new Map(
  PAGE.split("\n## ")
    .slice(1)
    .map((section) => [
      section.slice(0, section.indexOf("\n")),
      Array.from(section.matchAll(/^```sh\n([^]*?)^```$/gm), ([, script = ""]) => script),
    ]),
);

/** @throws Error where the page has no such packer */
export function recipeOf(packer: string): Recipe {
  const recipe = RECIPES.find((each) => each.packer === packer);
  if (recipe === undefined) throw new Error(`docs/bundling.md has no recipe for ${packer}`);
  return recipe;
}

/** The flags of a command, as a shell would split them. */
export function flagsFor(packer: string, cached: boolean): readonly string[] {
  const { settings, withCache } = recipeOf(packer);
  return `${settings} ${cached ? withCache : ""}`.split(" ").filter((flag) => flag !== "");
}

/**
 * The settings as an object, which the page writes without its braces.
 * @param around - what the page names and a reader imports
 */
export function settingsFor(packer: string, cached: boolean, around: object = {}): object {
  const { settings, withCache } = recipeOf(packer);
  const evaluated = (text: string): object =>
    (
      runInThisContext(`({ ${Object.keys(around).join(", ")} }) => ({ ${text} })`) as (
        names: object,
      ) => object
    )(around);
  return { ...evaluated(settings), ...(cached && evaluated(withCache)) };
}

function tableOf(page: string): readonly Recipe[] {
  const start = page.indexOf("| packer |");
  const rows = page.slice(start, page.indexOf("\n\n", start)).split("\n").slice(2);
  return rows.map((row) => {
    const [, packer = "", settings = "", withCache = ""] = row.split(/ *(?<!\\)\| */);
    return { packer, settings: codeIn(settings), withCache: codeIn(withCache) };
  });
}

/** The first piece of code of a cell: what comes after it is explained. */
function codeIn(cell: string): string {
  return /`([^`]+)`/.exec(cell)?.[1] ?? "";
}

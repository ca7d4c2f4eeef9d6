import { existsSync, globSync, statSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { writeChangelog } from "./changelog.ts";
import { PAGES, REPOSITORY, ROOT, SITE } from "./site-folders.ts";
import { CHAPTERS, PACKAGES, type Guide } from "./site-map.ts";

const OWN_FILE = new RegExp(`^${REPOSITORY}/(?:blob|tree|raw)/main/(.+)$`);

/** The guides and package pages that the repository has. */
export function presentGuides(): readonly Guide[] {
  return [...CHAPTERS.flatMap(({ guides }) => guides), ...PACKAGES].filter(({ source }) =>
    existsSync(join(ROOT, source)),
  );
}

/** Copies the home page, the guides, the READMEs and their images, with links that fit the site. */
export async function assemblePages(): Promise<void> {
  const guides = presentGuides();
  await writePage("index", homePage(await readFile(join(SITE, "pages/index.md"), "utf8"), guides));
  for (const image of globSync(["docs/images/*", "packages/*/docs/*.png", "native/docs/*.png"], {
    cwd: ROOT,
  }))
    await cp(join(ROOT, image), join(PAGES, "public", image));
  for (const { source, route } of guides) {
    const text = await readFile(join(ROOT, source), "utf8");
    await writePage(route, linksOfTheSite(text, source, guides));
  }
  await writePage("changelog", await writeChangelog());
}

/**
 * Points every link to a file of the repository at the site, or at the repository where the site has no page. The READMEs
 * of packages name such files by the repository's address: they are read in node_modules, too, where nothing else is.
 */
export function linksOfTheSite(text: string, source: string, guides: readonly Guide[]): string {
  const target = (link: string): string => targetOf(link, source, guides);
  return text
    .replaceAll(/(\]\()([^)\s]+)(\))/g, (_, before: string, link: string, after: string) =>
      before.concat(target(link), after),
    )
    .replaceAll(
      /(<img[^>]+src=")([^"]+)(")/g,
      (_, before: string, link: string, after: string) => before + target(link) + after,
    );
}

function targetOf(link: string, source: string, guides: readonly Guide[]): string {
  const own = OWN_FILE.exec(link)?.[1];
  if (own === undefined && /^[a-z]+:|^#|^\//i.test(link)) return link;
  const [path = "", anchor] = (own ?? link).split("#");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  const folder = own === undefined ? posix.dirname(source) : ".";
  const file = posix.normalize(posix.join(folder, path)).replace(/\/$/, "");
  const guide = guides.find(({ source }) => source === file || source === `${file}/README.md`);
  if (guide !== undefined) return `/${guide.route}.md${hash}`;
  if (/\.(?:png|svg)$/.test(file)) return `/${file}`;
  const absolute = join(ROOT, file);
  const isFolder = existsSync(absolute) && statSync(absolute).isDirectory();
  return `${REPOSITORY}/${isFolder ? "tree" : "blob"}/main/${file}${hash}`;
}

/** The home page, which links only to guides that are written. */
function homePage(text: string, guides: readonly Guide[]): string {
  return text.replaceAll(/^ +link: \/(guides\/\S+)\n/gm, (line, route: string) =>
    guides.some((guide) => guide.route === route) ? line : "",
  );
}

async function writePage(route: string, text: string): Promise<void> {
  const path = join(PAGES, `${route}.md`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

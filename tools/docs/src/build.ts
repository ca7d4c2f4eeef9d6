// Builds the site from the repository: guides, reference, changelog. Fails when a link leads nowhere.
import { rm } from "node:fs/promises";
import { build } from "vitepress";
import { assemblePages, presentGuides } from "./assemble-pages.ts";
import { checkSite } from "./check-site.ts";
import { DIST, PAGES, SITE } from "./site-folders.ts";
import { CHAPTERS, PACKAGES } from "./site-map.ts";
import { writeReference } from "./write-reference.ts";

await rm(PAGES, { recursive: true, force: true });
await assemblePages();
await writeReference();
await build(SITE);

const present = new Set(presentGuides());
for (const guide of [...CHAPTERS.flatMap(({ guides }) => guides), ...PACKAGES])
  if (!present.has(guide)) console.warn(`Not on the site, because it is not written: ${guide.source}`);

const { pages, links, faults } = await checkSite(DIST, process.env.DOCS_BASE ?? "/");
for (const fault of faults) console.error(fault);
console.log(`${pages} pages, ${links} links and resources checked, ${faults.length} wrong`);
process.exitCode = faults.length === 0 ? 0 : 1;

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme, UserConfig } from "vitepress";
import { presentGuides } from "./assemble-pages.ts";
import { headingSlug } from "./heading-slug.ts";
import { PAGES, REPOSITORY } from "./site-folders.ts";
import { CHAPTERS, MODULES, PACKAGES, type Guide } from "./site-map.ts";

const KINDS = ["classes", "functions", "interfaces", "type-aliases", "enumerations", "variables"];

/** How much a find counts: whoever searches wants to be told, before they want to look something up. */
const WEIGHTS = { guides: 4, packages: 2, reference: 1 };

// On a phone a row of a table stands below itself, cell by cell, instead of running out of the screen.
const NARROW_TABLES = `@media (max-width: 640px) {
  .vp-doc table { display: block }
  .vp-doc thead { display: none }
  .vp-doc tbody, .vp-doc tr, .vp-doc td { display: block }
  .vp-doc tr { padding: 8px 0 }
  .vp-doc td { border: 0; padding: 2px 12px; overflow-wrap: anywhere }
  .vp-doc td:first-child { font-weight: 600 }
}`;

function kindOf(page: string): keyof typeof WEIGHTS {
  return page.includes("/guides/") ? "guides" : page.includes("/packages/") ? "packages" : "reference";
}

/** The settings of VitePress. `DOCS_BASE` is the path under which the site is served, by default "/". */
export function siteConfig(): UserConfig<DefaultTheme.Config> {
  return {
    lang: "en",
    title: "Entrada",
    description: "Sign people in to Azure (Microsoft Entra ID) from Node.js",
    base: process.env.DOCS_BASE ?? "/",
    srcDir: PAGES,
    outDir: "dist",
    cacheDir: ".cache/vite",
    markdown: {
      anchor: { slugify: headingSlug },
      theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    },
    head: [
      ["meta", { name: "color-scheme", content: "light dark" }],
      ["style", {}, NARROW_TABLES],
    ],
    themeConfig: {
      nav: [
        { text: "Start", link: "/guides/getting-started" },
        { text: "Ten errors", link: "/guides/troubleshooting" },
        { text: "Migration", link: "/guides/migration" },
        { text: "Reference", link: "/reference/" },
        { text: "Changelog", link: "/changelog" },
      ],
      sidebar: { "/": guideBar(), "/reference/": referenceBar() },
      outline: { level: [2, 3] },
      search: {
        provider: "local",
        options: {
          miniSearch: { searchOptions: { boostDocument: (page: string) => WEIGHTS[kindOf(page)] } },
        },
      },
      socialLinks: [{ icon: "github", link: REPOSITORY }],
      externalLinkIcon: true,
      footer: { message: "Released under the MIT licence." },
    },
  };
}

function guideBar(): DefaultTheme.SidebarItem[] {
  const present = new Set(presentGuides());
  const items = (guides: readonly Guide[]): DefaultTheme.SidebarItem[] =>
    guides
      .filter((guide) => present.has(guide))
      .map(({ title, route }) => ({ text: title, link: `/${route}` }));
  return [
    ...CHAPTERS.map(({ title, guides }) => ({ text: title, items: items(guides) })),
    { text: "Packages", collapsed: true, items: items(PACKAGES) },
    { text: "Reference", link: "/reference/" },
    { text: "Changelog", link: "/changelog" },
  ];
}

function referenceBar(): DefaultTheme.SidebarItem[] {
  return Object.keys(MODULES).flatMap((module) => {
    const folder = join(PAGES, "reference", module);
    if (!existsSync(join(folder, "index.md"))) return [];
    const items = KINDS.flatMap((kind) => pagesIn(folder, kind)).map(({ kind, name }) => ({
      text: name,
      link: `/reference/${module}/${kind}/${name}`,
    }));
    return { text: module, link: `/reference/${module}/`, collapsed: true, items };
  });
}

function pagesIn(folder: string, kind: string): readonly { readonly kind: string; readonly name: string }[] {
  if (!existsSync(join(folder, kind))) return [];
  return readdirSync(join(folder, kind))
    .filter((file) => file.endsWith(".md"))
    .toSorted()
    .map((file) => ({ kind, name: file.slice(0, -".md".length) }));
}

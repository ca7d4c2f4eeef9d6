import { printable } from "../errors/printable.ts";
import { nodeCrypto } from "../node-crypto.ts";
import { directionOf, type PageLanguage } from "./choose-language.ts";
import type { PageName, PageWords } from "./page-words.ts";
import { RESULT_PAGE_STYLE } from "./result-page-style.ts";

/** A whole HTML document and the Content-Security-Policy that fits it. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** What a page is about. */
export interface PageContent {
  readonly name: PageName;
  /** The authority's own words and identifiers, or the error's, for whoever helps the person. In English. */
  readonly details?: string | undefined;
  /** What the application calls itself. */
  readonly applicationName?: string | undefined;
}

// Browsers let a script close only a tab that a script opened; where they do, this spares the person a click. The
// wait leaves time to read, and to have the result read out.
const CLOSE_SCRIPT = "setTimeout(function(){window.close()},3000)";

const DRAWINGS = {
  good: '<path d="M6.5 12.5l3.8 3.8L17.5 9"/>',
  bad: '<path d="M12 6.5v7M12 17.4v.01"/>',
  wait: '<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>',
} as const;

const TONES: Readonly<Partial<Record<PageName, keyof typeof DRAWINGS>>> = {
  complete: "good",
  alreadyComplete: "good",
  waiting: "wait",
  endUnknown: "wait",
  ended: "wait",
  tooLate: "wait",
  linkUsed: "wait",
};
// Their message says by itself what becomes of the tab.
const SAY_WHAT_TO_DO: ReadonlySet<PageName> = new Set(["complete", "alreadyComplete", "waiting", "linkUsed"]);

/** Our page for what has happened, in the words of a language. */
export function resultPage(
  { name, details, applicationName }: PageContent,
  words: PageWords,
  language: PageLanguage,
): Page {
  const { pages, notes } = words;
  const tone = TONES[name] ?? "bad";
  const closes = name === "complete";
  const title = escape(pages[name].title);
  const origin =
    applicationName === undefined
      ? escape(notes.origin)
      : escape(notes.originOf).replace("{application}", () => `<bdi>${escape(applicationName)}</bdi>`);
  const folded =
    details &&
    `<details class="details"><summary>${escape(notes.details)}</summary><p lang="en" dir="ltr">${escape(details)}</p></details>`;
  const html = `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${RESULT_PAGE_STYLE}</style>
</head>
<body>
<main class="${tone}">
<span class="mark"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWINGS[tone]}</svg></span>
<div role="status">
<h1 tabindex="-1" autofocus>${title}</h1>
<p>${escape(pages[name].message)}</p>
</div>
${folded || ""}
<p class="origin">${SAY_WHAT_TO_DO.has(name) ? "" : `${escape(notes.close)}<br>`}${origin}</p>
</main>
${closes ? `<script>${CLOSE_SCRIPT}</script>` : ""}
</body>
</html>
`;
  return {
    html,
    contentSecurityPolicy: policy([
      `style-src ${hashSource(RESULT_PAGE_STYLE)}`,
      ...(closes ? [`script-src ${hashSource(CLOSE_SCRIPT)}`] : []),
    ]),
  };
}

/**
 * A page that the application brought along, whole. As a constant of the developer it may have inline style and script.
 * What a function made of an outcome may hold words that came over the wire: no script of it runs. Either loads nothing
 * and sends nothing.
 */
export function callersPage(html: string, made: "constant" | "of_outcome"): Page {
  const scripts = made === "constant" ? ["script-src 'unsafe-inline'"] : [];
  return { html, contentSecurityPolicy: policy(["style-src 'unsafe-inline'", ...scripts, "img-src data:"]) };
}

function policy(sources: readonly string[]): string {
  return [
    "default-src 'none'",
    ...sources,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hashSource(text: string): string {
  return `'sha256-${nodeCrypto().createHash("sha256").update(text).digest("base64")}'`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  // The authority parts its text into lines; other control characters have no place on a page.
  const lines = text.split(/\r?\n/).map((line) => printable(line).trim());
  return lines
    .filter(Boolean)
    .join("\n")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

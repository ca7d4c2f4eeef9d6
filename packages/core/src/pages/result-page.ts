import { printable } from "../errors/printable.ts";
import { nodeCrypto } from "../node-crypto.ts";
import { PAGE_NOTES, PAGE_WORDS } from "./page-words.ts";
import { RESULT_PAGE_STYLE } from "./result-page-style.ts";

/** A whole HTML document and the Content-Security-Policy that fits it. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

// Browsers let a script close only a tab that a script opened; where they do, this spares the person a click. The
// wait leaves time to read, and to have the result read out.
const CLOSE_SCRIPT = "setTimeout(function(){window.close()},3000)";

const DRAWINGS = {
  good: '<path d="M6.5 12.5l3.8 3.8L17.5 9"/>',
  bad: '<path d="M12 6.5v7M12 17.4v.01"/>',
  wait: '<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>',
} as const;

/** The sign-in is complete. */
export function successPage(): Page {
  return document({
    tone: "good",
    ...PAGE_WORDS.complete,
    closes: true,
  });
}

/**
 * The sign-in failed.
 * @param title How, in a few words.
 * @param message The explanation, in words for the person.
 * @param details The authority's own words and identifiers, for whoever helps the person.
 */
export function failurePage(title: string, message: string, details?: string): Page {
  return document({ tone: "bad", title, message, details, end: PAGE_NOTES.close });
}

/** Nobody has signed in yet. */
export function waitingPage(): Page {
  return document({
    tone: "wait",
    ...PAGE_WORDS.waiting,
  });
}

/** The browser's part is done, but the application has not said in time how it ended. */
export function unknownEndPage(): Page {
  return document({
    tone: "wait",
    ...PAGE_WORDS.endUnknown,
    end: PAGE_NOTES.close,
  });
}

/**
 * A page that the application brought along, whole. It is a constant of the developer and nothing of a request is
 * put into it, so its own inline style and script may run; it still loads nothing and sends nothing.
 */
export function callersPage(html: string): Page {
  return {
    html,
    contentSecurityPolicy: policy([
      "style-src 'unsafe-inline'",
      "script-src 'unsafe-inline'",
      "img-src data:",
    ]),
  };
}

interface Content {
  readonly tone: keyof typeof DRAWINGS;
  readonly title: string;
  readonly message: string;
  readonly details?: string | undefined;
  readonly end?: string;
  readonly closes?: boolean;
}

function document(content: Content): Page {
  const title = escape(content.title);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${RESULT_PAGE_STYLE}</style>
</head>
<body>
<main class="${content.tone}">
<span class="mark"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWINGS[content.tone]}</svg></span>
<div role="status">
<h1 tabindex="-1" autofocus>${title}</h1>
<p>${escape(content.message)}</p>
</div>
${content.details ? `<p class="details">${escape(content.details)}</p>` : ""}
<p class="origin">${content.end ? `${content.end}<br>` : ""}${PAGE_NOTES.origin}</p>
</main>
${content.closes ? `<script>${CLOSE_SCRIPT}</script>` : ""}
</body>
</html>
`;
  return {
    html,
    contentSecurityPolicy: policy([
      `style-src ${hashSource(RESULT_PAGE_STYLE)}`,
      ...(content.closes ? [`script-src ${hashSource(CLOSE_SCRIPT)}`] : []),
    ]),
  };
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

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { PAGE_LANGUAGES } from "./choose-language.ts";
import { en } from "./languages/en.ts";
import { loadWords } from "./load-words.ts";
import type { PageName } from "./page-words.ts";
import { type Page, resultPage } from "./result-page.ts";
import { RESULT_PAGE_STYLE } from "./result-page-style.ts";

const ours = (name: PageName, details?: string, applicationName?: string): Page =>
  resultPage({ name, details, applicationName }, en, "en");
const names = Object.keys(en.pages) as PageName[];
const pages = names.map(
  (name) => [name, ours(name, name === "failed" ? "AADSTS1: x\r\nTrace ID: y" : undefined)] as const,
);

describe.each(pages)("the %s page", (name, { html, contentSecurityPolicy }) => {
  it("has a language, a title that equals its one heading, and a status for screen readers", () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    const [, title] = /<title>(.*)<\/title>/.exec(html) ?? [];
    expect(html.match(/<h1[^>]*>(.*)<\/h1>/)?.[1]).toBe(title);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toMatch(/<div role="status">\s*<h1 tabindex="-1" autofocus>/);
    expect(html).toContain('name="viewport"');
    expect(html).toMatch(/<svg [^>]*aria-hidden="true"/);
  });

  it("loads nothing, and allows only its own style and script by hash", () => {
    expect(html).not.toMatch(/\b(?:src|href|srcset|action|style|on\w+)=|@import|url\(/i);
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'; /);
    expect(contentSecurityPolicy).toMatch(/; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/);
    for (const kind of ["style", "script"]) {
      const texts = [...html.matchAll(new RegExp(`<${kind}>([\\s\\S]*?)</${kind}>`, "g"))].map(
        (match) => match[1] ?? "",
      );
      const hashes = texts.map(
        (text) => `${kind}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`,
      );
      expect(contentSecurityPolicy.match(new RegExp(`${kind}-src[^;]*`, "g")) ?? []).toEqual(hashes);
    }
  });

  it("has a script only when there is nothing left to read", () => {
    expect(html.includes("<script")).toBe(name === "complete");
  });
});

it("details keep their lines, lose what is not text, and are folded away as what they are: English", () => {
  const { html } = ours("failed", "a\r\n\r\nb <b>\nc\u001b[31m\u0000d");
  expect(html).toContain('<p lang="en" dir="ltr">a\nb &lt;b&gt;\nc d</p></details>');
  expect(html).toMatch(/<details class="details"><summary>[^<]+<\/summary>/);
  expect(html).not.toContain('<details class="details" open');
});

it("the application's name is text, whatever is in it", () => {
  const { html } = ours("complete", undefined, "A <b> & $& {application}");
  expect(html).toContain(
    "This page comes from <bdi>A &lt;b&gt; &amp; $&amp; {application}</bdi> on this computer.",
  );
});

describe.each(PAGE_LANGUAGES)("in %s", (language) => {
  it("every page has its words, in that language, and none of them from another one", async () => {
    const words = await loadWords(language);
    expect(Object.keys(words.pages).sort()).toEqual([...names].sort());
    expect(Object.keys(words.notes).sort()).toEqual(Object.keys(en.notes).sort());
    const texts = (of: typeof en): string[] => [
      ...Object.values(of.pages).flatMap(({ title, message }) => [title, message]),
      ...Object.values(of.notes),
    ];
    const english = new Set(texts(en));
    for (const text of texts(words)) {
      expect(text.trim()).toBe(text);
      expect(text).not.toBe("");
      if (language !== "en") expect(english.has(text), text).toBe(false);
    }
    expect(words.notes.originOf.split("{application}")).toHaveLength(2);
    // Each outcome is told from each other one.
    const said = Object.values(words.pages).map(({ title, message }) => `${title} ${message}`);
    expect(new Set(said).size).toBe(names.length);
  });

  it("says so, and which way it is written", async () => {
    const { html } = resultPage({ name: "complete" }, await loadWords(language), language);
    expect(html).toContain(
      `<html lang="${language}" dir="${["ar", "he"].includes(language) ? "rtl" : "ltr"}">`,
    );
  });
});

describe.each(["light", "dark"])("in the %s scheme", (scheme) => {
  const [light = "", dark = ""] = [...RESULT_PAGE_STYLE.matchAll(/:root\{([^}]*)\}/g)].map(
    (match) => match[1],
  );
  const colours = Object.fromEntries(
    [...(scheme === "light" ? light : dark).matchAll(/--([\w-]+):(#[0-9a-f]{3,6})/g)].map(
      ([, name, value]) => [name, value],
    ),
  ) as Record<string, string>;

  it.each([
    ["text", "card", 4.5],
    ["soft", "card", 4.5],
    ["text", "ground", 4.5],
    ["good", "good-ground", 3],
    ["bad", "bad-ground", 3],
    ["wait", "wait-ground", 3],
  ])("%s on %s has a contrast of at least %d", (front, back, least) => {
    expect(contrast(colours[front] ?? "", colours[back] ?? "")).toBeGreaterThanOrEqual(least);
  });
});

// WCAG 2.2, "contrast ratio" and "relative luminance".
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.slice(1).replaceAll(/./g, "$&$&") : hex.slice(1);
  const [red = NaN, green = NaN, blue = NaN] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

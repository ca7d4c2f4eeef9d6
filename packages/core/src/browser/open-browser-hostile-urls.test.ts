import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { browserOf } from "../../test/browser/browser-of.ts";
import { canFakeBrowsers, fakeBrowsers } from "../../test/browser/fake-browser.ts";

const COUNT = Number(process.env["ENTRADA_FUZZ_OPENER"] ?? 1000);
const { signal } = new AbortController();

describe.skipIf(!canFakeBrowsers)("the system's browser (with a fake one that is a shell script)", () => {
  it(
    `takes ${COUNT} URLs with signs of every shell in them, and runs none`,
    { timeout: COUNT * 100 + 60_000 },
    async () => {
      const fakes = fakeBrowsers();
      fakes.add("browser");
      const canary = join(fakes.folder, "canary");
      const open = browserOf(fakes);
      const urls = hostileUrls(COUNT, canary);
      for (let at = 0; at < COUNT; at += 8) {
        await Promise.all(
          urls.slice(at, at + 8).map(async (url) => open(url, { signal, link: itself(url) })),
        );
      }
      const calls = fakes.calls("browser");
      expect(calls).toHaveLength(COUNT);
      expect(new Set(calls.map((call) => call.join("\n")))).toEqual(
        new Set(urls.map((url) => new URL(url).href)),
      );
      expect(existsSync(canary)).toBe(false);
    },
  );
});

/** No link is as odd as these URLs: a program is to take them all the same. */
function itself(url: string): { readonly url: string; readonly opened: Promise<void> } {
  return { url: new URL(url).href, opened: new Promise(() => {}) };
}

/** The same URLs on every machine: a fixed walk through the signs. */
function hostileUrls(count: number, canary: string): readonly string[] {
  const signs = [
    "$(touch CANARY)",
    "`touch CANARY`",
    ";touch CANARY;",
    "&touch CANARY&",
    "|touch CANARY|",
    ">CANARY",
    "&&",
    "||",
    "'",
    '"',
    "\\",
    "^",
    "%",
    "%PATH%",
    "%s",
    "%00",
    "!",
    "{a,b}",
    "*",
    "?",
    "~",
    "#",
    "$HOME",
    "${IFS}",
    "$1",
    "$&",
    "(",
    ")",
    "[",
    "]",
    "<",
    "--",
    "-",
    "@",
    "=",
    "+",
    ",",
    "\u00e4",
    "\u{1f511}",
    "\u202e",
  ];
  let state = 1;
  const pick = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return signs[(state >>> 8) % signs.length] ?? "";
  };
  return Array.from({ length: count }, (_, index) => {
    const odd = (): string =>
      `${pick()}${pick()}${pick()}`.replaceAll("CANARY", canary).replaceAll(/\s/g, "${IFS}");
    return `https://login.example.test/${index}${odd()}?claims=${odd()}&state=${odd()}#${odd()}`;
  });
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import type { Drawn } from "../../../../tools/fuzz/src/drawn.ts";
import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
import { browserOf } from "../../test/browser/browser-of.ts";
import { canFakeBrowsers, fakeBrowsers } from "../../test/browser/fake-browser.ts";

const TOGETHER = 40;
const { signal } = new AbortController();

const SIGNS = [
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

describe.skipIf(!canFakeBrowsers)("the system's browser (with a fake one that is a shell script)", () => {
  fuzzTest("takes URLs with signs of every shell in them, and runs none", "opener-urls", {
    together: TOGETHER,
    least: { opened: 1 },
    once: async (drawn) => {
      const fakes = fakeBrowsers();
      fakes.add("browser");
      const canary = join(fakes.folder, "canary");
      const open = browserOf(fakes);
      const urls = Array.from({ length: TOGETHER }, (_, index) => hostileUrl(drawn, index, canary));
      await Promise.all(urls.map(async (url) => open(url, { signal, link: itself(url) })));
      const calls = fakes.calls("browser");
      expect(calls).toHaveLength(TOGETHER);
      expect(new Set(calls.map((call) => call.join("\n")))).toEqual(
        new Set(urls.map((url) => new URL(url).href)),
      );
      expect(existsSync(canary)).toBe(false);
      return "opened";
    },
  });
});

/** No link is as odd as these URLs: a program is to take them all the same. */
function itself(url: string): { readonly url: string; readonly opened: Promise<void> } {
  return { url: new URL(url).href, opened: new Promise(() => {}) };
}

function hostileUrl(drawn: Drawn, index: number, canary: string): string {
  const odd = (): string =>
    [1, 2, 3]
      .map(() => drawn.pick(SIGNS))
      .join("")
      .replaceAll("CANARY", canary)
      .replaceAll(/\s/g, "${IFS}");
  return `https://login.example.test/${index}${odd()}?claims=${odd()}&state=${odd()}#${odd()}`;
}

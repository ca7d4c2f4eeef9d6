import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OPTION_DEFAULTS } from "@entrada/core/credential";
import { describe, expect, test } from "vitest";
import { BROKER_OPTION_DEFAULTS } from "../../../packages/broker/src/option-defaults.ts";
import { ROOT } from "../src/site-folders.ts";
import { documentedOptions, type DocumentedOption } from "./documented-options.ts";
import { optionTable } from "./option-table.ts";

const BROWSER = documentedOptions(
  "tools/docs",
  `import("@entrada/core").InteractiveBrowserCredentialOptions`,
);
const DEVICE_CODE = documentedOptions(
  "tools/docs",
  `import("@entrada/device-code").DeviceCodeCredentialOptions`,
);
const BROKER = documentedOptions(
  "tools/docs",
  `import("@entrada/broker").InteractiveBrowserBrokerCredentialOptions`,
);
const CACHE = documentedOptions("tools/docs", `import("@entrada/cache").PersistentTokenCacheOptions`);
const EMULATOR = documentedOptions("tools/docs", `import("@entrada/emulator").EmulatorOptions`);

/** Which table lists which options: all of the type, or those that another table does not have. */
const TABLES: readonly {
  readonly file: string;
  readonly lists: readonly DocumentedOption[];
}[] = [
  { file: "packages/core/README.md", lists: BROWSER },
  { file: "docs/interactive-browser.md", lists: BROWSER },
  { file: "packages/device-code/README.md", lists: without(DEVICE_CODE, BROWSER) },
  { file: "docs/device-code.md", lists: without(DEVICE_CODE, BROWSER) },
  { file: "packages/broker/README.md", lists: without(BROKER, BROWSER) },
  { file: "docs/broker.md", lists: without(BROKER, BROWSER) },
  { file: "packages/cache/README.md", lists: CACHE },
  { file: "packages/emulator/README.md", lists: EMULATOR },
];

const DEFAULTS: Readonly<Record<string, unknown>> = { ...OPTION_DEFAULTS, ...BROKER_OPTION_DEFAULTS };

/** What stands for a value that nobody would want to read. */
const IN_WORDS: Readonly<Record<string, readonly string[]>> = {
  clientId: ["the developer sign-on application"],
  prompt: ["the account picker"],
};

/** The device code has a default of its own for these. */
const OF_THE_DEVICE_CODE: Readonly<Record<string, string>> = {
  timeoutInMs: "the life of the code",
  prompt: "none",
};

describe.each(TABLES)("the table of $file", ({ file, lists }) => {
  const table = optionTable(readFileSync(join(ROOT, file), "utf8"));

  test("has every option", () => {
    expect(lists.map(({ name }) => name).filter((name) => !table.has(name))).toEqual([]);
  });

  test("has the defaults that constructors use", () => {
    const own = file.includes("device-code") ? OF_THE_DEVICE_CODE : {};
    for (const [name, value] of Object.entries(DEFAULTS)) {
      const cell = table.get(name);
      if (cell === undefined) continue;
      const right = name in own ? [own[name]] : [written(value), ...(IN_WORDS[name] ?? [])];
      expect([`${name}: ${right.join(" or ")}`, right.includes(plain(cell))]).toEqual([
        expect.anything(),
        true,
      ]);
    }
  });

  test("says of every other default what its docstring says", () => {
    for (const { name, defaultValue } of lists) {
      const cell = table.get(name);
      // A sentence in the docstring is a summary in the table; a value is the same value.
      if (cell === undefined || name in DEFAULTS || !isValue(defaultValue)) continue;
      expect([name, plain(cell)]).toEqual([name, plain(defaultValue)]);
    }
  });
});

describe.each([
  { type: "InteractiveBrowserCredentialOptions", options: BROWSER, defaults: OPTION_DEFAULTS },
  { type: "DeviceCodeCredentialOptions", options: DEVICE_CODE, defaults: OPTION_DEFAULTS },
  { type: "InteractiveBrowserBrokerCredentialOptions", options: BROKER, defaults: DEFAULTS },
])("the docstrings of $type", ({ options, defaults }) => {
  test.each(Object.entries(defaults))("%s is %s by default", (name, value) => {
    const documented = options.find((option) => option.name === name)?.defaultValue ?? "";
    expect(plain(documented)).toContain(written(value));
  });
});

function without(
  options: readonly DocumentedOption[],
  others: readonly DocumentedOption[],
): readonly DocumentedOption[] {
  return options.filter(({ name }) => !others.some((other) => other.name === name));
}

function isValue(text: string | undefined): text is string {
  return text !== undefined && /^`?(?:"[^"]*"|[\d_]+|true|false)`?$/.test(text);
}

/** Without the marks that a text may or may not set: code, quotes, groups of digits. */
function plain(text: string): string {
  return text
    .replaceAll(/[`"]/g, "")
    .replaceAll(/(?<=\d)[_,](?=\d{3})/g, "")
    .trim();
}

function written(value: unknown): string {
  return String(value);
}

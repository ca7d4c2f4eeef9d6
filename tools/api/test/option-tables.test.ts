import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publicEntries } from "../src/public-entries.ts";
import { readExports } from "../src/read-exports.ts";

/** The options that the table of a package's page lists. What they extend is on the page of @entrada/core. */
const OPTIONS = {
  "@entrada/core": ["CredentialOptions", "InteractiveOptions", "InteractiveBrowserCredentialOptions"],
  "@entrada/device-code": ["DeviceCodeCredentialOptions"],
  "@entrada/broker": ["InteractiveBrowserBrokerCredentialOptions"],
  "@entrada/cache": ["PersistentTokenCacheOptions"],
  "@entrada/emulator": ["EmulatorOptions"],
};

test.each(Object.entries(OPTIONS))("the page of %s has every option in its table", (specifier, names) => {
  const entry = publicEntries().find((it) => it.specifier === specifier);
  const exported = readExports(readFileSync(entry?.report ?? "", "utf8"));
  const options = names.flatMap((name) =>
    [...(exported.get(name) ?? "").matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, option = ""]) => option),
  );
  expect(options.length).toBeGreaterThan(0);

  const page = readFileSync(join(entry?.folder ?? "", "README.md"), "utf8");
  const cells = [...page.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = ""]) => cell.match(/\w+/g) ?? []);
  expect(options.filter((option) => !cells.includes(option))).toEqual([]);
});

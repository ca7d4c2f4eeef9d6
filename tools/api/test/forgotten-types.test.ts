import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { forgottenTypes } from "../src/forgotten-types.ts";
import { publicEntries } from "../src/public-entries.ts";

/** Types of parameters that Entrada itself passes, and nobody who uses it. */
const PASSED_BY_ENTRADA = [
  // Flows are given the client, and construct none.
  "@entrada/core/flow EntraClientOptions",
  // Who is signed in is a credential's own matter.
  "@entrada/core/flow Session",
  // An internal option of the loader, for its tests.
  "@entrada/wam WamAddon",
];

test("every type that a public signature mentions can be imported by its name", () => {
  const entries = publicEntries().map((entry) => ({ ...entry, text: readFileSync(entry.report, "utf8") }));
  expect(forgottenTypes(entries)).toEqual(PASSED_BY_ENTRADA);
});

test("a type is known in all of its package, and in no other", () => {
  const warning = (name: string): string =>
    `// Warning: (ae-forgotten-export) The symbol "${name}" needs …\n`;
  const entries = [
    { specifier: "a", folder: "a", text: "export interface Known {\n}\n" },
    { specifier: "a/more", folder: "a", text: warning("Known") + warning("Lost") + warning("Lost") },
    { specifier: "b", folder: "b", text: warning("Known") },
  ];
  expect(forgottenTypes(entries)).toEqual(["a/more Lost", "b Known"]);
});

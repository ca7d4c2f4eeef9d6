import { describe, expect, test } from "vitest";
import { migrateManifest } from "./migrate-manifest.ts";

const use = (imported: readonly string[], stillNamed: readonly string[] = []) => ({
  imported: new Set(imported),
  stillNamed: new Set(stillNamed),
  version: "1.2.3",
});

describe("migrateManifest", () => {
  test("puts Entrada where @azure/identity was, in the order of the alphabet, and keeps the rest as it is", () => {
    const before = `{
\t"files": ["a", "b"],
\t"dependencies": {
\t\t"@azure/identity": "^4.0.0",
\t\t"@azure/identity-broker": "^1.0.0",
\t\t"@azure/storage-blob": "12.1.0",
\t\t"zod": "3"
\t}
}
`;

    expect(migrateManifest(before, use(["@entrada/core", "@entrada/broker"]))).toEqual({
      text: `{
\t"files": ["a", "b"],
\t"dependencies": {
\t\t"@azure/storage-blob": "12.1.0",
\t\t"@entrada/broker": "^1.2.3",
\t\t"@entrada/core": "^1.2.3",
\t\t"zod": "3"
\t}
}
`,
      added: ["@entrada/broker", "@entrada/core"],
      removed: ["@azure/identity", "@azure/identity-broker"],
    });
  });

  test("keeps a package that the sources still name", () => {
    const before = `{ "devDependencies": { "@azure/identity": "4" } }`;

    expect(migrateManifest(before, use(["@entrada/core"], ["@azure/identity"])).text).toBe(
      `{ "devDependencies": { "@azure/identity": "4", "@entrada/core": "^1.2.3" } }`,
    );
  });

  test("adds nothing that is declared already, in whatever section", () => {
    const before = `{ "dependencies": { "@azure/identity": "4" }, "peerDependencies": { "@entrada/core": "1" } }`;

    expect(migrateManifest(before, use(["@entrada/core"], ["@azure/identity"])).text).toBe(before);
  });

  test("puts Entrada into each section that had @azure/identity: a peer of one's users stays one", () => {
    const before = `{ "devDependencies": { "@azure/identity": "4", "@azure/identity-cache-persistence": "1" }, "peerDependencies": { "@azure/identity": ">=4" } }`;

    expect(migrateManifest(before, use(["@entrada/core"])).text).toBe(
      `{ "devDependencies": { "@entrada/core": "^1.2.3" }, "peerDependencies": { "@entrada/core": "^1.2.3" } }`,
    );
  });

  test("puts Entrada where the plugins are when @azure/identity is not declared", () => {
    const before = `{ "dependencies": { "zod": "3" }, "devDependencies": { "@azure/identity-broker": "1" } }`;

    expect(migrateManifest(before, use(["@entrada/broker"])).text).toBe(
      `{ "dependencies": { "zod": "3" }, "devDependencies": { "@entrada/broker": "^1.2.3" } }`,
    );
  });

  test("leaves a manifest without @azure/identity alone", () => {
    const before = `{ "dependencies": { "zod": "3" } }`;

    expect(migrateManifest(before, use(["@entrada/core"]))).toEqual({ text: before, added: [], removed: [] });
  });

  test("leaves an empty section where nothing is left", () => {
    expect(migrateManifest(`{ "dependencies": { "@azure/identity": "4" } }`, use([])).text).toBe(
      `{ "dependencies": {  } }`,
    );
  });
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { migrateSource } from "../src/migrate-source.ts";
import { identityNamesIn } from "../src/identity-names.ts";
import { STAYING_OPTIONS, STAYING_TYPES } from "../src/reasons-to-stay.ts";
import { nodesOf, parseModule, type NodeOf } from "../src/source-module.ts";

// Its main file is dist/commonjs/index.js, and the declarations lie in folders beside it.
const identity = dirname(createRequire(import.meta.url).resolve("@azure/identity"));
const declarations = parseModule(
  "options.d.ts",
  readFileSync(join(identity, "credentials/interactiveBrowserCredentialOptions.d.ts"), "utf8"),
);

function membersOf(name: string): readonly string[] {
  const [body] = nodesOf(declarations, "TSInterfaceDeclaration").filter(({ id }) => id.name === name);
  const members = body?.body.body ?? [];
  return members.flatMap((member) =>
    member.type === "TSPropertySignature" && member.key.type === "Identifier" ? member.key.name : [],
  );
}

test("what the peer's options for web pages have beside those for Node.js keeps a credential there", () => {
  const forNode = membersOf("InteractiveBrowserCredentialNodeOptions");
  const forPages = membersOf("InteractiveBrowserCredentialInBrowserOptions");
  const ofPagesAlone = forPages.filter((name) => !forNode.includes(name));
  expect(ofPagesAlone.length).toBeGreaterThan(0);
  expect(ofPagesAlone.filter((name) => !STAYING_OPTIONS.has(name))).toEqual([]);
});

test("every type of the peer that only those options use is one of web pages", () => {
  const [pages] = nodesOf(declarations, "TSInterfaceDeclaration").filter(({ id }) =>
    id.name.includes("InBrowser"),
  );
  const names = nodesOf(declarations, "TSTypeReference")
    .filter(({ start, end }) => pages!.start < start && end < pages!.end)
    .flatMap(({ typeName }: NodeOf<"TSTypeReference">) =>
      typeName.type === "Identifier" ? typeName.name : [],
    );
  expect(new Set([...names, pages!.id.name])).toEqual(STAYING_TYPES);
});

test.each([...STAYING_OPTIONS])("a credential with %s is left alone, with the reason", (name, reason) => {
  for (const credential of ["InteractiveBrowserCredential", "DeviceCodeCredential"]) {
    const text = `import { ${credential} } from "@azure/identity";\nnew ${credential}({ ${name}: "x" });\n`;
    const { foreign, moves } = identityNamesIn("sample.js", text);
    const { code, remarks } = migrateSource("sample.js", text, { foreignNames: new Set(foreign), moves });
    expect(remarks).toEqual([`not moved, because of ${name}: ${reason}`]);
    expect(code.replace(/^\/\/ TODO.*\n/m, "")).toBe(text);
    expect(foreign).toEqual([credential]);
    expect(moves).toBe(false);
  }
});

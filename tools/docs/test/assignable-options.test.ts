import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { ROOT } from "../src/site-folders.ts";
import { typesOf } from "./public-members.ts";

// What callers give besides what is called options: what is in an emulator's, and what is told to its person.
const GIVEN =
  /^export (?:interface|type) (\w+Options|Emulator(?:Account|Application|Fault|Policy|Resource|Subscription|Tenant)|PersonAnswer)\b/gm;
// MSAL's own type, and a table of ours that only looks like options.
const NOT_OURS = new Set(["LoggerOptions", "ForeignOptions"]);

const types = readdirSync(join(ROOT, "api")).flatMap((file) => {
  const specifier = `@entrada/${file.replace(/\.api\.md$/, "").replace(".", "/")}`;
  const report = readFileSync(join(ROOT, "api", file), "utf8");
  const names = [...report.matchAll(GIVEN)].map(([, name = ""]) => name);
  return names.filter((name) => !NOT_OURS.has(name)).map((name) => `import("${specifier}").${name}`);
});

describe("E2: what callers give can be written member by member", () => {
  const { checker, asked } = typesOf("tools/api", types);

  test.each(types.map((type, at) => [type, asked[at]!] as const))("%s", (_name, type) => {
    expect(checker.getPropertiesOfType(type).length).toBeGreaterThan(0);
    expect(readonlyMembers(checker, type)).toEqual([]);
  });

  test("among them are those of every package", () => {
    expect(types.length).toBeGreaterThan(25);
    for (const known of [
      "DeviceCodeCredentialOptions",
      "EmulatorOptions",
      "PersistentTokenCacheOptions",
      "WithEntraOptions",
    ])
      expect(types.join()).toContain(known);
  });
});

/** The members that cannot be assigned, those of objects written within a type included. */
function readonlyMembers(checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  const members = checker.getPropertiesOfType(type).filter((member) => member.getName() !== "prototype");
  return members.flatMap((member) => {
    const declarations = member.declarations ?? [];
    const fixed = declarations.some(
      (declaration) => (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0,
    );
    const inner = checker.getNonNullableType(checker.getTypeOfSymbol(member));
    const written =
      inner.aliasSymbol === undefined && // not what a type made from another has: Partial<Surroundings>
      (inner.symbol?.flags ?? 0) & ts.SymbolFlags.TypeLiteral &&
      inner.getCallSignatures().length + inner.getConstructSignatures().length === 0;
    const within = written
      ? readonlyMembers(checker, inner).map((name) => `${member.getName()}.${name}`)
      : [];
    return [...(fixed ? [member.getName()] : []), ...within];
  });
}

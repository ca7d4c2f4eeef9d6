import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { ROOT } from "../src/site-folders.ts";
import { givenTypes } from "./given-types.ts";
import { typesOf } from "./public-members.ts";

/** For those who write flows and transports of their own: there only what is called options is filled in. */
const FOR_WRITERS = /^core\.(?:browser|credential|flow|testing)\.|^broker\.msal-runtime\.|^wam\./;
const OPTIONS = /^export (?:interface|type) (\w+Options)\b/gm;
/** Takes paths, and nothing else. */
const TAKES_NOTHING = /^codemod\./;
/** What came from us, or is made of what came from us, and is passed on: an event, what a request was for. */
const PASSED_ON = /Event$|^AuthenticationRequiredErrorInit$/;

const reports = readdirSync(join(ROOT, "api")).filter((file) => !TAKES_NOTHING.test(file));
const forAll = reports.filter((file) => !FOR_WRITERS.test(file));
const forWriters = reports
  .filter((file) => FOR_WRITERS.test(file))
  .flatMap((file) => {
    const names = readFileSync(join(ROOT, "api", file), "utf8").matchAll(OPTIONS);
    return Array.from(names, ([, name = ""]) => ({ name, of: `${moduleOf(file)}.${name}` }));
  });
const { checker, asked } = typesOf("tools/api", [
  ...forAll.map((file) => `typeof ${moduleOf(file)}`),
  ...forWriters.map(({ of }) => of),
]);
const given = [
  ...givenTypes(checker, asked.slice(0, forAll.length)),
  ...forWriters.map(({ name }, at) => ({ name, type: asked[forAll.length + at]! })),
].filter(({ name }) => !PASSED_ON.test(name));

function moduleOf(report: string): string {
  return `import("@entrada/${report.replace(/\.api\.md$/, "").replace(".", "/")}")`;
}

describe("E2: what callers give can be written member by member, and list by list", () => {
  test.each(given.map(({ name, type }) => [name, type] as const))("%s", (_name, type) => {
    expect(fixedMembers(type)).toEqual([]);
  });

  test("among it is that of every package", () => {
    const names = new Set(given.map(({ name }) => name));
    for (const known of [
      "AuthenticationRecord",
      "AuthenticationErrorInit",
      "AutoCredentialOptions",
      "CreateEngineOptions",
      "DeviceCodeCredentialOptions",
      "EmulatorFault",
      "EmulatorPolicy",
      "EntraResourceServerOptions",
      "InteractiveBrowserBrokerCredentialOptions",
      "PersistentTokenCacheOptions",
      "PersonAnswer",
      "RedisTokenCacheOptions",
      "WamBrokerPluginOptions",
      "WithEntraOptions",
    ])
      expect(names).toContain(known);
  });
});

/**
 * The members that cannot be assigned, and those whose lists and tables take nothing more. One value or several is no
 * list yet: nothing can be added to it in any case.
 */
function fixedMembers(type: ts.Type): readonly string[] {
  return checker.getPropertiesOfType(type).flatMap((member) => {
    const isFixed = (member.declarations ?? []).some(
      (declaration) => (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0,
    );
    const value = checker.getNonNullableType(checker.getTypeOfSymbol(member));
    const isClosed = value.symbol?.name === "ReadonlyArray" || value.aliasSymbol?.name === "Readonly";
    return [...(isFixed ? [member.getName()] : []), ...(isClosed ? [`${member.getName()}: readonly`] : [])];
  });
}

import { globSync, readFileSync } from "node:fs";
import type { AuthenticationErrorCode } from "@entrada/core";
import { describe, expect, test } from "vitest";
import { knownNumbers, remedyFor } from "../../packages/core/src/refusals/aadsts-remedies.ts";
import { ROOT } from "./documents.ts";

// The compiler holds this table and the union equal.
const CODES: Readonly<Record<AuthenticationErrorCode, true>> = {
  authentication_required: true,
  user_cancelled: true,
  timeout: true,
  browser_unavailable: true,
  broker_unavailable: true,
  access_denied: true,
  device_code_expired: true,
  conditional_access: true,
  tenant_not_allowed: true,
  account_mismatch: true,
  network: true,
  service: true,
  invalid_response: true,
  cache: true,
  unsupported: true,
};

const page = readFileSync(`${ROOT}/docs/errors.md`, "utf8");
const [explained = "", warnings = ""] = page.split(/^## Warnings$/m);
const sources = globSync("packages/*/src/**/*.ts", { cwd: ROOT })
  .filter((path) => !/\.test\.ts$|^packages\/emulator\//.test(path.replaceAll("\\", "/")))
  .map((path) => readFileSync(`${ROOT}/${path}`, "utf8"));

function wordsIn(pattern: RegExp): readonly string[] {
  const found = sources.flatMap((source) => [...source.matchAll(pattern)].map(([, word = ""]) => word));
  return [...new Set(found)].sort();
}

/** The members of a union of literals that the sources declare. */
function membersOf(union: string): readonly string[] {
  const declaration = wordsIn(new RegExp(`type ${union} =([^;]+);`, "g"));
  return declaration.flatMap((text) => [...text.matchAll(/"([a-z_]+)"/g)].map(([, word = ""]) => word));
}

describe("docs/errors.md", () => {
  test("has a heading for every code, and for no other", () => {
    const headings = [...page.matchAll(/^## `([a-z_]+)`$/gm)].map(([, code = ""]) => code);

    expect(headings.toSorted()).toEqual(Object.keys(CODES).toSorted());
  });

  test("of every refusal that the emulator has there is something to do", () => {
    const refusals = readFileSync(`${ROOT}/docs/testing-with-the-emulator.md`, "utf8");
    const numbers = Array.from(refusals.matchAll(/^\| (\d{5,8}) \|/gm), ([, number = ""]) => Number(number));
    expect(numbers.length).toBeGreaterThan(40);
    expect(numbers.filter((number) => remedyFor(number) === undefined)).toEqual([]);
  });

  test.each([
    ["of an error", wordsIn(/\bdetail: "([a-z_]+)"/g)],
    ["of a failed request", membersOf("TransportFault")],
    ["of an unacceptable answer", membersOf("UnacceptableForm")],
    ["of a cache fault", membersOf("CacheFault")],
    ["of a missing broker", membersOf("BrokerUnavailableReason")],
  ])("explains every detail %s", (_, words) => {
    expect(words.length).toBeGreaterThan(3);
    expect(words.filter((word) => !explained.includes(`\`${word}\``))).toEqual([]);
  });

  test("explains every warning", () => {
    const codes = wordsIn(/\bwarn\(\s*"([a-z_]+)"/g);

    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => !warnings.includes(`\`${code}\``))).toEqual([]);
  });

  test("says of every known AADSTS number what the error says", () => {
    const rows = new Map(
      [...page.matchAll(/^\| ([\d, ]+) \| (.+) \|$/gm)].flatMap(([, numbers = "", text = ""]) =>
        numbers.split(", ").map((number) => [Number(number), text.replaceAll("\\", "")] as const),
      ),
    );
    const names = {
      clientId: "<client id>",
      tenantId: "<tenant>",
      scopes: ["<scopes>"],
      redirectUri: "<redirect URI>",
    };

    expect([...rows.keys()].toSorted((a, b) => a - b)).toEqual(knownNumbers().toSorted((a, b) => a - b));
    for (const number of knownNumbers()) {
      const remedy = remedyFor(number);
      const star = remedy?.conditionalAccess ? " *" : "";
      expect(rows.get(number)).toBe(`${remedy?.text(names)}.${star}`);
    }
  });
});

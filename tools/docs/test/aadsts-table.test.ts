import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explainAadsts, knownAadsts } from "../../../packages/core/src/aadsts.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/errors.md"), "utf8");

// As the page writes what differs from reader to reader.
const READER = {
  clientId: "\\<client id>",
  tenantId: "\\<tenant>",
  scopes: ["\\<scopes>"],
  redirectUri: "\\<redirect URI>",
};

/** Each number of the page's tables, with what stands beside it. */
const rows = new Map(
  [...page.matchAll(/^\| (\d[\d, ]*) \| (.+) \|$/gm)].flatMap(([, numbers = "", text = ""]) =>
    numbers.split(", ").map((number): [number, string] => [Number(number), text]),
  ),
);

describe("the page on errors has every AADSTS number, and what its error says", () => {
  test.each(knownAadsts())("AADSTS%i", (number) => {
    const { remedy, byPolicy } = explainAadsts(number, READER)!;
    expect(rows.get(number)).toBe(`${remedy}.${byPolicy ? " \\*" : ""}`);
  });

  test("and no other", () => {
    expect([...rows.keys()].filter((number) => !knownAadsts().includes(number))).toEqual([]);
  });
});

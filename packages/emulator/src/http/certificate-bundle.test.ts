import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { certificateBundle } from "./certificate-bundle.ts";

const pem = (text: string): string => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
const OWN = pem("own");
const COMPANY = pem("company");

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "entrada-bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "ca.pem");
  writeFileSync(path, text);
  return path;
}

test.each([
  ["nothing", undefined, OWN],
  ["an empty name", "", OWN],
])("with %s there is only its own", (_, more, expected) => {
  expect(certificateBundle(OWN, more)).toBe(expected);
});

test.each([
  ["a company's", COMPANY, OWN + COMPANY],
  ["one without a line end", COMPANY.trimEnd(), OWN + COMPANY],
  ["an empty one", "", OWN],
  ["its own of before", OWN + COMPANY, OWN + COMPANY],
])("behind its own stands %s", (_, text, expected) => {
  expect(certificateBundle(OWN, fileWith(text))).toBe(expected);
});

test("a file that is not there is told", () => {
  expect(() => certificateBundle(OWN, join(tmpdir(), "entrada-nothing", "ca.pem"))).toThrow("ENOENT");
});

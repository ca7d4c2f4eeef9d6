import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { certificateBundle } from "./certificate-bundle.ts";
import { createCertificateAuthority } from "./certificates.ts";

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

describe("a file that the bundle takes the place of", () => {
  const authority = async (): Promise<string> => (await createCertificateAuthority("localhost")).certificate;

  test("loses the authorities of earlier starts, and keeps a company's and what is said of it", async () => {
    const [first, second] = [await authority(), await authority()];
    const path = fileWith(COMPANY);
    writeFileSync(path, certificateBundle(first, path, path));
    expect(certificateBundle(second, path, path)).toBe(second + COMPANY);
    const remark = fileWith(`${first}# Company\n${COMPANY}`);
    expect(certificateBundle(second, remark, remark)).toBe(`${second}# Company\n${COMPANY}`);
    const alone = fileWith(first);
    expect(certificateBundle(second, alone, alone)).toBe(second);
  });

  test("is known by another path, and another file stays: its emulator may still run", async () => {
    const [first, second] = [await authority(), await authority()];
    const path = fileWith(first);
    symlinkSync(path, `${path}.link`);
    expect(certificateBundle(second, path, `${path}.link`)).toBe(second);
    for (const target of [undefined, fileWith(""), `${path}.new`])
      expect(certificateBundle(second, path, target)).toBe(second + first);
  });
});

test("a file that is no PEM is refused, and says what to do", async () => {
  const { certificate } = await createCertificateAuthority("localhost");
  const path = fileWith("");
  writeFileSync(path, new X509Certificate(certificate).raw);
  expect(() => certificateBundle(OWN, path)).toThrow(/ca\.pem holds no certificate in PEM form.*openssl/);
});

test("a file that is not there is told", () => {
  expect(() => certificateBundle(OWN, join(tmpdir(), "entrada-nothing", "ca.pem"))).toThrow("ENOENT");
});

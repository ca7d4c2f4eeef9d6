import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { extraAuthoritiesFault } from "./extra-authorities.ts";

const folder = mkdtempSync(join(tmpdir(), "entrada-extra-"));
afterAll(() => rmSync(folder, { recursive: true }));

function faultOf(content: string): string | undefined {
  const file = join(folder, "certificates.pem");
  writeFileSync(file, content);
  return extraAuthoritiesFault({ NODE_EXTRA_CA_CERTS: file });
}

test("NODE_EXTRA_CA_CERTS that Node can load is nothing to tell", () => {
  expect(extraAuthoritiesFault({})).toBeUndefined();
  expect(extraAuthoritiesFault({ NODE_EXTRA_CA_CERTS: "" })).toBeUndefined();
  const [one = "", two = ""] = rootCertificates;
  expect(faultOf(one)).toBeUndefined();
  expect(faultOf(`# Contoso\r\n${one}\r\n${two}\r\n`)).toBeUndefined();
});

test("NODE_EXTRA_CA_CERTS that Node leaves out is told with its value, why, and what to write", () => {
  const missing = join(folder, "nope.pem");
  expect(extraAuthoritiesFault({ NODE_EXTRA_CA_CERTS: missing })).toBe(
    `NODE_EXTRA_CA_CERTS is set to ${JSON.stringify(missing)}, which cannot be read (ENOENT): ` +
      "write the full path of a PEM file, before Node.js starts",
  );
  expect(extraAuthoritiesFault({ NODE_EXTRA_CA_CERTS: folder })).toContain("cannot be read (EISDIR)");
  expect(faultOf("")).toContain("holds no certificate in PEM form");
  expect(faultOf("0\u0082\u0005")).toContain("holds no certificate in PEM form");
  const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  expect(faultOf(`${rootCertificates[0]}\n${broken}`)).toContain("holds a certificate that cannot be read");
});

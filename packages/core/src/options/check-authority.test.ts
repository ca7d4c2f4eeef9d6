import { describe, expect, it } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { checkAuthorityHost, checkTenantId } from "./check-authority.ts";

function refusalOf(work: () => unknown): TypeError & { code?: string; detail?: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("A25: an authority host", () => {
  it.each([
    ["https://login.microsoftonline.com", "https://login.microsoftonline.com"],
    ["https://login.microsoftonline.com/", "https://login.microsoftonline.com"],
    ["HTTPS://Login.MicrosoftOnline.com", "https://login.microsoftonline.com"],
    ["https://login.microsoftonline.com:443", "https://login.microsoftonline.com"],
    ["https://localhost:8443/", "https://localhost:8443"],
    ["https://127.0.0.1:1", "https://127.0.0.1:1"],
    ["https://[::1]:8443", "https://[::1]:8443"],
    ["https://xn--bcher-kva.test", "https://xn--bcher-kva.test"],
  ])("%s is %s", (given, origin) => {
    expect(checkAuthorityHost(given)).toBe(origin);
  });

  it.each([
    "http://login.microsoftonline.com",
    "ftp://login.microsoftonline.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "login.microsoftonline.com",
    "//login.microsoftonline.com",
    "https:login.microsoftonline.com",
    "https:/login.microsoftonline.com",
    "https:///login.microsoftonline.com",
    "https:\\\\login.microsoftonline.com",
    "https://",
    "https:///",
    "https://user@login.microsoftonline.com",
    "https://user:secret-pass@login.microsoftonline.com",
    "https://:@login.microsoftonline.com",
    "https://login.microsoftonline.com/tenant",
    "https://login.microsoftonline.com//",
    "https://login.microsoftonline.com/..",
    "https://login.microsoftonline.com/../x",
    "https://login.microsoftonline.com/%2e%2e",
    "https://login.microsoftonline.com?",
    "https://login.microsoftonline.com?x=1",
    "https://login.microsoftonline.com/?x=1",
    "https://login.microsoftonline.com#",
    "https://login.microsoftonline.com/#x",
    "https://login.microsoftonline.com\\@evil.test",
    "https://login.microsoftonline.com:99999",
    "https://login.microsoftonline.com:port",
    "https://..",
    "https://a..b",
    "https://.a.test",
    "https://-a.test",
    "https://a_b.test",
    "https://login%2emicrosoftonline.com",
    "https://bücher.test",
    " https://login.microsoftonline.com",
    "https://login.microsoftonline.com ",
    "https://login.microsoftonline.com\n",
    "https://login.micro\tsoftonline.com",
    "https://login.microsoftonline.com\r\nx: y",
    "https://[::1",
    "https://[::g]",
    `https://${"a".repeat(64)}.test`,
    `https://${"a.".repeat(200)}test`,
    `https://${"a".repeat(1_000_000)}`,
    "",
    undefined,
    null,
    5,
    {},
    ["https://login.microsoftonline.com"],
    new URL("https://login.microsoftonline.com"),
  ])("refuses %o", async (value) => {
    await expectWithin(100, () => timeOf(() => refusalOf(() => checkAuthorityHost(value))));
    const error = refusalOf(() => checkAuthorityHost(value));
    expect(error).toMatchObject({ code: "ERR_INVALID_ARG_VALUE", detail: "invalid_authority" });
    expect(error.message).toContain('"authorityHost"');
    expect(error.message).not.toContain("secret-pass");
    expect(error.message.length).toBeLessThan(400);
  });

  it("names the option it came from", () => {
    expect(refusalOf(() => checkAuthorityHost("x", "authority")).message).toContain('"authority"');
  });
});

describe("A26: a tenant", () => {
  it.each([
    ["organizations", "organizations"],
    ["Common", "common"],
    ["consumers", "consumers"],
    ["ADFS", "adfs"],
    ["AAAABBBB-0000-CCCC-1111-DDDD2222EEEE", "aaaabbbb-0000-cccc-1111-dddd2222eeee"],
    ["contoso.onmicrosoft.com", "contoso.onmicrosoft.com"],
    ["Contoso.Test", "contoso.test"],
    ["xn--bcher-kva.test", "xn--bcher-kva.test"],
    [`${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`, undefined],
  ])("%s is accepted", (given, expected) => {
    expect(checkTenantId(given)).toBe(expected ?? given);
  });

  it.each([
    "../x",
    "..",
    ".",
    "a/b",
    "a\\b",
    "contoso.test/",
    "contoso.test?x=1",
    "contoso.test#x",
    "a\r\nb.test",
    "contoso.test\n",
    "contoso .test",
    "%2e%2e",
    "(a+)+$",
    "contoso",
    "contoso.",
    ".contoso",
    "a..b",
    "-a.test",
    "a-.test",
    "a_b.test",
    "bücher.test",
    "contoso.test:443",
    "user@contoso.test",
    "{aaaabbbb-0000-cccc-1111-dddd2222eeee}",
    "organizations/",
    "__proto__",
    "*",
    `${"a".repeat(64)}.test`,
    `${"a.".repeat(126)}ab`,
    "a".repeat(5000),
    "a.".repeat(500_000),
    `${"a-".repeat(100_000)}.test`,
    "",
    " ",
    undefined,
    null,
    5,
    {},
    ["organizations"],
  ])("refuses %o", async (value) => {
    await expectWithin(100, () => timeOf(() => refusalOf(() => checkTenantId(value))));
    const error = refusalOf(() => checkTenantId(value));
    expect(error.code).toMatch(/^ERR_INVALID_ARG_(VALUE|TYPE)$/);
    expect(error.message).toContain('"tenantId"');
    expect(error.message.length).toBeLessThan(400);
  });
});

import { describe, expect, it } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { checkAuthority, checkAuthorityHost, checkTenantId } from "./check-authority.ts";

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

const ID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const OTHER = "bbbbcccc-1111-dddd-2222-eeee3333ffff";

/** What comes of a host and a tenant as options. */
function authorityOf(host: unknown, tenantId?: unknown, otherwise = "organizations"): [string, string] {
  const { authorityHost, tenantId: tenant } = checkAuthority(
    { value: host, option: "authorityHost" },
    tenantId === undefined ? undefined : { value: tenantId, option: "tenantId" },
    { value: otherwise, option: "otherwise" },
  );
  return [authorityHost, tenant];
}

describe("P14, P15: a host that says the tenant", () => {
  it.each([
    // External ID: by name, by id, with the tenant behind it, at a domain of its own.
    ["https://contoso.ciamlogin.com", undefined, "https://contoso.ciamlogin.com", "contoso.onmicrosoft.com"],
    ["https://Contoso.CIAMlogin.com/", undefined, "https://contoso.ciamlogin.com", "contoso.onmicrosoft.com"],
    [
      "https://contoso.ciamlogin.com",
      "organizations",
      "https://contoso.ciamlogin.com",
      "contoso.onmicrosoft.com",
    ],
    ["https://contoso.ciamlogin.com", "common", "https://contoso.ciamlogin.com", "contoso.onmicrosoft.com"],
    ["https://contoso.ciamlogin.com", ID, "https://contoso.ciamlogin.com", ID],
    [
      "https://contoso.ciamlogin.com",
      "contoso.onmicrosoft.com",
      "https://contoso.ciamlogin.com",
      "contoso.onmicrosoft.com",
    ],
    [`https://contoso.ciamlogin.com/${ID}`, undefined, "https://contoso.ciamlogin.com", ID],
    [`https://contoso.ciamlogin.com/${ID.toUpperCase()}/`, undefined, "https://contoso.ciamlogin.com", ID],
    [`https://contoso.ciamlogin.com/${ID}/v2.0`, undefined, "https://contoso.ciamlogin.com", ID],
    [`https://contoso.ciamlogin.com/${ID}`, "organizations", "https://contoso.ciamlogin.com", ID],
    [
      "https://contoso.ciamlogin.com/contoso.onmicrosoft.com",
      undefined,
      "https://contoso.ciamlogin.com",
      "contoso.onmicrosoft.com",
    ],
    ["https://contoso.ciamlogin.com/contoso.onmicrosoft.com", ID, "https://contoso.ciamlogin.com", ID],
    [`https://${ID}.ciamlogin.com`, undefined, `https://${ID}.ciamlogin.com`, ID],
    [`https://${ID}.ciamlogin.com/${ID}`, undefined, `https://${ID}.ciamlogin.com`, ID],
    [`https://login.contoso.test/${ID}`, undefined, "https://login.contoso.test", ID],
    ["https://login.contoso.test", ID, "https://login.contoso.test", ID],
    // AD FS and Azure Stack Hub.
    ["https://fs.contoso.test/adfs", undefined, "https://fs.contoso.test", "adfs"],
    ["https://fs.contoso.test/ADFS/", undefined, "https://fs.contoso.test", "adfs"],
    ["https://fs.contoso.test/adfs", "adfs", "https://fs.contoso.test", "adfs"],
    ["https://fs.contoso.test", "ADFS", "https://fs.contoso.test", "adfs"],
    [
      "https://adfs.local.azurestack.external/adfs",
      "organizations",
      "https://adfs.local.azurestack.external",
      "adfs",
    ],
    ["https://localhost:8443/adfs", undefined, "https://localhost:8443", "adfs"],
    // Everybody else.
    ["https://login.contoso.test", undefined, "https://login.contoso.test", "organizations"],
    [
      "https://login.microsoftonline.us",
      "contoso.onmicrosoft.us",
      "https://login.microsoftonline.us",
      "contoso.onmicrosoft.us",
    ],
    ["https://x.contoso.ciamlogin.com", undefined, "https://x.contoso.ciamlogin.com", "organizations"],
    [
      "https://contoso.ciamlogin.com.evil.test",
      undefined,
      "https://contoso.ciamlogin.com.evil.test",
      "organizations",
    ],
  ])("%s and %s", (host, tenantId, authorityHost, tenant) => {
    expect(authorityOf(host, tenantId)).toEqual([authorityHost, tenant]);
  });

  it("comes before the tenant of a record, and after the one that is given", () => {
    expect(authorityOf("https://contoso.ciamlogin.com/contoso.onmicrosoft.com", undefined, ID)[1]).toBe(
      "contoso.onmicrosoft.com",
    );
    expect(authorityOf("https://contoso.ciamlogin.com", undefined, ID)[1]).toBe(ID);
    expect(authorityOf("https://login.microsoftonline.com/", undefined, ID)[1]).toBe(ID);
  });

  it.each([
    [`https://contoso.ciamlogin.com/${ID}`, OTHER],
    ["https://fs.contoso.test/adfs", ID],
    [`https://login.contoso.test/${ID}`, "adfs"],
  ])("%s is not the tenant %s", (host, tenantId) => {
    const error = refusalOf(() => authorityOf(host, tenantId));
    expect(error.message).toContain('"tenantId"');
    expect(error.message).toContain("authorityHost");
  });

  it.each([
    // A cloud has many tenants: tenantId says which.
    `https://login.microsoftonline.com/${ID}`,
    "https://login.microsoftonline.com/adfs",
    "https://contoso.ciamlogin.com/common",
    "https://contoso.ciamlogin.com/contoso",
    `https://contoso.ciamlogin.com/${ID}/v1.0`,
    `https://contoso.ciamlogin.com/${ID}/v2.0/more`,
    `https://contoso.ciamlogin.com//${ID}`,
    `https://contoso.ciamlogin.com/${ID}?x=1`,
    `https://user@contoso.ciamlogin.com/${ID}`,
    `http://contoso.ciamlogin.com/${ID}`,
    "https://fs.contoso.test/adfs/ls",
    `https://${"a".repeat(1_000_000)}/${"b".repeat(1_000_000)}`,
  ])("%o is refused", async (value) => {
    await expectWithin(100, () => timeOf(() => refusalOf(() => authorityOf(value))));
    expect(refusalOf(() => authorityOf(value))).toMatchObject({ detail: "invalid_authority" });
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

import { afterEach, describe, expect, test, vi } from "vitest";
import type { SharedOptions } from "../options/shared-option-names.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import type { GetTokenOptions } from "../token-credential.ts";
import { checkTokenCall, type TokenCall } from "./token-call.ts";

const OWN = "11111111-1111-4111-8111-111111111111";
const OTHER = "22222222-2222-4222-8222-222222222222";

function called(scopes: unknown, options: GetTokenOptions = {}, settings: SharedOptions = {}): TokenCall {
  return checkTokenCall(scopes as string, options, resolveSettings({ tenantId: OWN, ...settings }));
}

function refusalOf(work: () => unknown): { name?: string; code?: string; message?: string; detail?: string } {
  try {
    work();
    return {};
  } catch (error) {
    return error as Error;
  }
}

afterEach(() => vi.unstubAllEnvs());

describe("scopes", () => {
  test.each<[unknown, readonly string[]]>([
    ["a", ["a"]],
    [" b  a ", ["a", "b"]],
    [
      ["b", "a", "b"],
      ["a", "b"],
    ],
    ["api://x/y openid profile email offline_access", ["api://x/y"]],
    ["OpenID Profile", ["OpenID", "Profile"]],
    ["openid", ["openid"]],
    ["api://x/y OPENID", ["api://x/y"]],
    [["!#[]~"], ["!#[]~"]],
    [["x".repeat(2048)], ["x".repeat(2048)]],
  ])("%j are %j", (given, expected) => {
    expect(called(given).scopes).toEqual(expected);
  });

  test.each([
    undefined,
    null,
    "",
    " ",
    [],
    {},
    7,
    [""],
    ["a b"],
    ["a", 7],
    [null],
    ['a"'],
    ["a\\"],
    ["ü"],
    ["a\n"],
    ["x".repeat(2049)],
  ])("%j are none", (given) => {
    expect(refusalOf(() => called(given))).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining('"scopes"') as string,
    });
  });

  test("that are refused are named by what came", () => {
    expect(refusalOf(() => called(undefined)).message).toContain("Received null");
    expect(refusalOf(() => called([null])).message).toContain("Received null");
    expect(refusalOf(() => called(["a b"])).message).toContain('Received "a b"');
  });
});

describe("a signal", () => {
  const signal = new AbortController().signal;
  const like = { aborted: false, addEventListener() {}, removeEventListener() {} };
  test.each([undefined, null, signal, like])("may be %o", (abortSignal) => {
    expect(called("a", { abortSignal: abortSignal as never }).scopes).toEqual(["a"]);
  });

  test.each([
    {},
    7,
    "signal",
    { ...like, aborted: "no" },
    { ...like, addEventListener: undefined },
    { ...like, removeEventListener: 7 },
    Object.assign(() => {}, like),
  ])("is not %o", (abortSignal) => {
    expect(refusalOf(() => called("a", { abortSignal: abortSignal as never }))).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining('"abortSignal"') as string,
    });
  });
});

describe("claims", () => {
  test.each([
    [undefined, undefined],
    ["", undefined],
    ["{}", "{}"],
    [' {"a":1}', ' {"a":1}'],
  ])("%j are %j", (claims, expected) => {
    const call = called("a", claims === undefined ? {} : { claims });
    expect(call.claims).toBe(expected);
    if (expected === undefined) expect(call).not.toHaveProperty("claims");
  });

  test.each(["7", "null", "[]", '"a"', "{", "eyJhIjoxfQ=="])(
    "%j are none, and are not repeated",
    (claims) => {
      const refusal = refusalOf(() => called("a", { claims }));
      expect(refusal).toMatchObject({
        name: "TypeError",
        message: expect.stringContaining('"claims"') as string,
      });
      expect(refusal.message).not.toContain("Received");
    },
  );
});

describe("the tenant", () => {
  test.each<[string | undefined, SharedOptions, string | undefined]>([
    [undefined, {}, OWN],
    [OWN, {}, OWN],
    [OWN.toUpperCase(), {}, OWN],
    [OTHER, {}, undefined],
    [OTHER, { additionallyAllowedTenants: ["*"] }, OTHER],
    [OTHER, { additionallyAllowedTenants: [OTHER] }, OTHER],
    ["Contoso.example", { additionallyAllowedTenants: ["contoso.EXAMPLE"] }, "contoso.example"],
    [OTHER, { additionallyAllowedTenants: ["contoso.example"] }, undefined],
    [OTHER, { authorityHost: "https://fs.contoso.example", tenantId: "adfs" }, "adfs"],
  ])("%s, of a credential with %j: %s", (tenantId, settings, expected) => {
    const work = (): TokenCall => called("a", tenantId === undefined ? {} : { tenantId }, settings);
    if (expected === undefined) expect(refusalOf(work)).toMatchObject({ code: "tenant_not_allowed" });
    else expect(work().tenantId).toBe(expected);
  });

  test("is the credential's own where the environment says so", () => {
    vi.stubEnv("AZURE_IDENTITY_DISABLE_MULTITENANTAUTH", "1");
    expect(called("a", { tenantId: OTHER }, { additionallyAllowedTenants: ["*"] }).tenantId).toBe(OWN);
    vi.stubEnv("AZURE_IDENTITY_DISABLE_MULTITENANTAUTH", "");
    expect(called("a", { tenantId: OTHER }, { additionallyAllowedTenants: ["*"] }).tenantId).toBe(OTHER);
  });

  test("that is none is refused as an option", () => {
    expect(refusalOf(() => called("a", { tenantId: "no tenant" }))).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining('"tenantId"') as string,
    });
  });
});

test("a call has an id of its own, asks for no CAE, and keeps what the caller passed", () => {
  const options = { enableCae: true };
  const [one, two] = [called("a"), called("a", options)];
  expect([one.enableCae, two.enableCae, two.options]).toEqual([false, true, options]);
  expect(one.correlationId).toMatch(/^[\da-f-]{36}$/);
  expect(one.correlationId).not.toBe(two.correlationId);
});

test("proof of possession is refused before anything else of the call", () => {
  const options = { proofOfPossessionOptions: {} } as GetTokenOptions;
  expect(refusalOf(() => called([], options))).toMatchObject({
    code: "unsupported",
    detail: "proof_of_possession",
  });
});

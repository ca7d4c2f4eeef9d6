import { describe, expect, test } from "vitest";
import { decodeNativeAccountId, encodeNativeAccountId, type NativeAccount } from "./native-account-id.ts";

const HOME = "3d1c0f6e-52a7-4b8e-9f20-71c6d5e8a9b4.5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10";
const wam1 = (content: unknown): string =>
  `wam1.${Buffer.from(JSON.stringify(content)).toString("base64url")}`;

describe("nativeAccountId", () => {
  test.each<NativeAccount>([
    { kind: "organizations", homeAccountId: HOME, webAccountId: "wam-id" },
    { kind: "consumers", homeAccountId: HOME, webAccountId: "🪟 with\u0000anything" },
    { kind: "organizations", homeAccountId: HOME },
  ])("says all that is needed to find the account again: %j", (account) => {
    const id = encodeNativeAccountId(account);
    expect(id).toMatch(/^wam1\.[\w-]+$/);
    expect(decodeNativeAccountId(id)).toEqual({ form: "wam1", ...account });
  });

  test("is written in a form that stays readable to later versions", () => {
    expect(encodeNativeAccountId({ kind: "consumers", homeAccountId: "u.t", webAccountId: "w" })).toBe(
      wam1({ k: "c", w: "w", h: "u.t" }),
    );
  });

  test.each(["3D1C0F6E-52a7-4b8e-9f20-71c6d5e8a9b4", `${HOME}.realm.login.microsoftonline.us`])(
    "may be one that Microsoft's own plugin wrote: %s",
    (id) => {
      expect(decodeNativeAccountId(id)).toEqual({ form: "objectId", objectId: id.slice(0, 36) });
    },
  );

  test.each([
    "",
    "wam1.",
    "wam1.%%%",
    "wam2.e30",
    "something else",
    "3d1c0f6e-52a7-4b8e-9f20-71c6d5e8a9b4ff",
    wam1(null),
    wam1([]),
    wam1({ k: "x", h: "u.t" }),
    wam1({ k: "o" }),
    wam1({ k: "o", h: "no-dot" }),
    wam1({ k: "o", h: "../a.b" }),
  ])("that is none of these is not guessed at: %j", (id) => {
    expect(decodeNativeAccountId(id)).toBeUndefined();
  });
});

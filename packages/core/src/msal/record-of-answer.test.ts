import { describe, expect, test } from "vitest";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";
import { homeAccountIdOf, namesOfAnswer, recordOf } from "./record-of-answer.ts";

const ASKED = { clientId: "c", authority: "login.test", tenantId: "asked" };

function answer(claims?: object, clientInfo?: { uid: string; utid: string }): CheckedTokenAnswer {
  return {
    accessToken: "t",
    expiresOnTimestamp: 1,
    grantedScopes: [],
    warnings: [],
    ...(claims === undefined ? {} : { idTokenClaims: claims as never }),
    ...(clientInfo === undefined ? {} : { clientInfo }),
  };
}

describe("who signed in", () => {
  test("is told by the account's own ids, else by the id token", () => {
    const info = { uid: "uid", utid: "home" };
    expect(homeAccountIdOf(answer({ oid: "o" }, info))).toBe("uid.home");
    expect(homeAccountIdOf(answer({ oid: "o" }))).toBeUndefined();
    const ids = [
      answer({ oid: "o", sub: "s", tid: "t" }, info),
      answer({ oid: "o", sub: "s", tid: "t" }),
      answer({ oid: "", sub: "s", tid: "t" }),
      answer({ oid: 7, sub: "s" }),
    ].map((each) => recordOf(each, ASKED).homeAccountId);
    expect(ids).toEqual(["uid.home", "o.t", "s.t", "s.asked"]);
  });

  test("is of the tenant that the token names, else of the home tenant, else of the asked one", () => {
    const info = { uid: "uid", utid: "home" };
    const tenants = [answer({ tid: "t" }, info), answer({}, info), answer({ sub: "s" })].map(
      (each) => recordOf(each, ASKED).tenantId,
    );
    expect(tenants).toEqual(["t", "home", "asked"]);
    expect(recordOf(answer(undefined, info), ASKED)).toEqual({
      authority: "login.test",
      clientId: "c",
      homeAccountId: "uid.home",
      tenantId: "home",
      username: "uid.home",
    });
  });

  test("has the first name that is a text", () => {
    const names = [
      { preferred_username: "p", upn: "u", email: "e", sub: "s" },
      { preferred_username: "", upn: "u", email: "e", sub: "s" },
      { preferred_username: 7, email: "e", sub: "s" },
      { sub: "s" },
    ].map((claims) => recordOf(answer(claims), ASKED).username);
    expect(names).toEqual(["p", "u", "e", "s"]);
    expect(namesOfAnswer(answer({ preferred_username: "p", upn: "", email: "e", sub: "s" }))).toEqual([
      "p",
      "e",
    ]);
    expect(namesOfAnswer(answer({ upn: "u" }))).toEqual(["u"]);
    expect(namesOfAnswer(answer())).toEqual([]);
  });

  test("must be told", () => {
    expect(() => recordOf(answer(), ASKED)).toThrow(
      expect.objectContaining({ code: "invalid_response", detail: "id_token" }),
    );
  });
});

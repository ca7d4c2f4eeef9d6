import { describe, expect, test } from "vitest";
import { ADA, BOB } from "../../test/scripted-flow.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import { checkAnswer, type Expected } from "./check-answer.ts";

const HOME = "aaaaaaaa-1111-4111-8111-111111111111";
const OTHER = "22222222-2222-4222-8222-222222222222";
const ADA_ANEW = { ...ADA, homeAccountId: "ada2.home" };

function refusalOf(answer: Partial<TokenAnswer>, expected: Partial<Expected> = {}): string | undefined {
  try {
    const whole = {
      token: "t",
      expiresOnTimestamp: 1,
      tenantId: HOME,
      grantedScopes: [],
      account: ADA,
      ...answer,
    };
    checkAnswer(whole, { tenantId: HOME, ...expected });
    return undefined;
  } catch (error) {
    const { code, detail } = error as { code: string; detail?: string };
    return [code, detail].filter(Boolean).join(" ");
  }
}

describe("a token is of the tenant that was asked for", () => {
  test.each([
    [HOME, HOME, undefined],
    [HOME.toUpperCase(), HOME, undefined],
    [HOME, HOME.toUpperCase(), undefined],
    [HOME, OTHER, "account_mismatch tenant_mismatch"],
    // Only the authority knows which tenant a word or a domain means.
    ["organizations", OTHER, undefined],
    ["contoso.example", OTHER, undefined],
  ])("asked: %s, came: %s", (asked, came, refusal) => {
    expect(refusalOf({ tenantId: came }, { tenantId: asked })).toBe(refusal);
  });
});

describe("a token is of the account that was asked for", () => {
  test.each<[string, Partial<Expected>, TokenAnswer["account"], string | undefined]>([
    ["anybody", {}, BOB, undefined],
    ["the account", { account: ADA }, { ...ADA, homeAccountId: "ADA.home" }, undefined],
    ["another", { account: ADA }, BOB, "account_mismatch"],
    ["the account, made anew", { account: ADA }, ADA_ANEW, "account_mismatch account_recreated"],
    [
      "the account, made anew, by a sign-in that was asked for",
      { account: ADA, explicit: true },
      ADA_ANEW,
      undefined,
    ],
    ["another, by a sign-in that was asked for", { account: ADA, explicit: true }, BOB, "account_mismatch"],
    ["whom the hint means", { hinted: ADA }, ADA, undefined],
    ["another than the hint means", { hinted: ADA }, BOB, "account_mismatch"],
    ["whom the hint means, made anew", { hinted: ADA }, ADA_ANEW, undefined],
    ["the account, though the hint means another", { account: ADA, hinted: BOB }, ADA, "account_mismatch"],
  ])("%s", (_, expected, came, refusal) => {
    expect(refusalOf({ account: came }, expected)).toBe(refusal);
  });

  test("and a refusal says what to do, by what was asked for", () => {
    const hintOf = (expected: Partial<Expected>): string => {
      try {
        checkAnswer(
          { token: "t", expiresOnTimestamp: 1, tenantId: HOME, grantedScopes: [], account: BOB },
          { tenantId: HOME, ...expected },
        );
      } catch (error) {
        return (error as { hint: string }).hint;
      }
      return "accepted";
    };
    expect(hintOf({ account: ADA })).toContain("authenticationRecord");
    expect(hintOf({ hinted: ADA })).toContain('"select_account"');
  });
});

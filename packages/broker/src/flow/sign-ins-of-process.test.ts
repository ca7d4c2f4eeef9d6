import { expect, test } from "vitest";
import { ADA, BOB, CLIENT_ID, homeIdOf } from "../../test/fake-account.ts";
import { SignInsOfProcess, signInsBy, type WhoQuestion } from "./sign-ins-of-process.ts";

const question: WhoQuestion = {
  clientId: CLIENT_ID,
  authorityHost: "https://login.microsoftonline.com",
  tenantId: "organizations",
};
const ada = { homeAccountId: homeIdOf(ADA) };
const bob = { homeAccountId: homeIdOf(BOB) };

test("the same question in other letters has the same answer", () => {
  const signIns = new SignInsOfProcess();
  signIns.answered({ ...question, loginHint: "" }, ada);
  const upper = { ...question, clientId: CLIENT_ID.toUpperCase(), tenantId: "ORGANIZATIONS" };
  expect(signIns.answerTo(upper)).toBe(ada);
});

test("each part of it makes another one, and none can be mistaken for two", () => {
  const signIns = new SignInsOfProcess();
  signIns.answered({ ...question, tenantId: "a", loginHint: "bc" }, ada);
  for (const other of [
    { ...question, tenantId: "ab", loginHint: "c" },
    { ...question, tenantId: "a" },
    { ...question, tenantId: "a", loginHint: "bc", clientId: "other" },
    { ...question, tenantId: "a", loginHint: "bc", authorityHost: "https://login.microsoftonline.us" },
  ])
    expect(signIns.answerTo(other)).toBeUndefined();
});

test("who signs out is forgotten wherever they had answered, in either case of the letters; others stay", () => {
  const signIns = new SignInsOfProcess();
  const elsewhere = { ...question, tenantId: "contoso.example" };
  const theirs = { ...question, loginHint: BOB.username };
  signIns.answered(question, ada);
  signIns.answered(elsewhere, { homeAccountId: homeIdOf(ADA).toUpperCase() });
  signIns.answered(theirs, bob);
  signIns.forget(`${homeIdOf(ADA).slice(0, 8).toUpperCase()}${homeIdOf(ADA).slice(8)}`);
  expect([question, elsewhere, theirs].map((each) => signIns.answerTo(each))).toEqual([
    undefined,
    undefined,
    bob,
  ]);
});

test("two ways to a broker have answers of their own", () => {
  const [one, other] = [{}, {}];
  signInsBy(one).answered(question, ada);
  expect(signInsBy(one).answerTo(question)).toBe(ada);
  expect(signInsBy(other).answerTo(question)).toBeUndefined();
});

import { expect, test } from "vitest";
import { redactJson, redactText, sentSecrets } from "./sent-secrets.ts";

const SECRET = "0.AXoA+secret/of=this&request";
const secrets = sentSecrets(new URLSearchParams({ refresh_token: SECRET, code: `${SECRET}-and-more` }));
const SPELLINGS = [
  SECRET,
  encodeURIComponent(SECRET),
  new URLSearchParams({ "": SECRET }).toString().slice(1),
];

test.each(SPELLINGS)("every echo of a secret goes, not only the first: %s", (echo) => {
  expect(redactText(`${echo} ${echo}, ${echo}${echo}`, secrets)).toBe("*** ***, ******");
  const json = redactJson({ [echo + echo]: [`${echo}${echo}`, { text: `${echo} ${echo}` }] }, secrets);
  expect(JSON.stringify(json)).toBe('{"******":["******",{"text":"*** ***"}]}');
});

test("of a secret within a secret nothing stays", () => {
  expect(redactText(`${SECRET}-and-more`, secrets)).toBe("***");
});

test.each([
  "assertion",
  "client_assertion",
  "client_secret",
  "code",
  "code_verifier",
  "device_code",
  "password",
  "refresh_token",
  "state",
])("the field %s is secret, in each spelling that differs, from four characters on", (field) => {
  const of = (value: string): readonly string[] => sentSecrets(new URLSearchParams({ [field]: value }));
  expect(new Set(of("a b/c"))).toEqual(new Set(["a b/c", "a%20b%2Fc", "a+b%2Fc"]));
  expect(of("abcd")).toEqual(["abcd"]);
  expect(of("abc")).toEqual([]);
});

test("the longest secret comes first, whatever the order of the fields, and no other field is one", () => {
  const form = new URLSearchParams({
    code: "long",
    state: "longest",
    refresh_token: "longer",
    scope: "api://x",
  });
  expect(sentSecrets(form)).toEqual(["longest", "longer", "long"]);
});

test("what is no text stays as it is, and without secrets the whole", () => {
  const json = { none: null, number: 5, yes: true, list: [null, 1, "***"], inner: { none: null } };
  expect(redactJson(json, secrets)).toEqual(json);
  expect(redactJson(json, secrets)).not.toBe(json);
  expect(redactJson(json, [])).toBe(json);
});

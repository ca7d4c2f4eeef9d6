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

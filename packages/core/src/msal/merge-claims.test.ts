import { expect, test } from "vitest";
import { mergeClaims } from "./merge-claims.ts";

const CAPABLE = { values: ["cp1"] };

test.each([
  [undefined, false, undefined],
  ['{"a":1}', false, { a: 1 }],
  [undefined, true, { access_token: { xms_cc: CAPABLE } }],
  ['{"id_token":{"x":null}}', true, { id_token: { x: null }, access_token: { xms_cc: CAPABLE } }],
  ['{"access_token":{"nbf":1}}', true, { access_token: { nbf: 1, xms_cc: CAPABLE } }],
  ['{"access_token":{"xms_cc":1}}', true, { access_token: { xms_cc: CAPABLE } }],
])("claims %s, CAE %s", (claims, enableCae, expected) => {
  const merged = mergeClaims(claims, enableCae);
  expect(merged === undefined ? undefined : (JSON.parse(merged) as unknown)).toEqual(expected);
});

import { describe, expect, test } from "vitest";
import {
  deserializeAuthenticationRecord,
  serializeAuthenticationRecord,
  type AuthenticationRecord,
} from "../src/index.ts";

const record: AuthenticationRecord = {
  authority: "login.microsoftonline.com",
  homeAccountId: "oid.tid",
  clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  tenantId: "tid",
  username: "ada@contoso.example",
};
const without = (field: string): string => JSON.stringify({ ...record, version: "1.0", [field]: undefined });

test("a record survives the round trip, as the JSON that Python and .NET read", () => {
  const text = serializeAuthenticationRecord(record);
  expect(JSON.parse(text)).toEqual({ ...record, version: "1.0" });
  expect(deserializeAuthenticationRecord(text)).toEqual(record);
});

test("fields that newer tools add are ignored, and never written", () => {
  const text = JSON.stringify({ ...record, version: "1.0", future: true });
  expect(deserializeAuthenticationRecord(text)).toEqual(record);
  expect(serializeAuthenticationRecord({ ...record, secret: "x" } as AuthenticationRecord)).not.toContain(
    "secret",
  );
});

describe("what is no record is a TypeError that says what is wrong", () => {
  test.each([
    ["no JSON", "{", "JSON"],
    ["an array", "[]", "record"],
    ["null", "null", "record"],
    ["an empty object", "{}", "authority"],
    ["no home account id", without("homeAccountId"), "homeAccountId"],
    ["no username", without("username"), "username"],
    ["no version", JSON.stringify(record), "version"],
    ["another version", JSON.stringify({ ...record, version: "2.0" }), "version"],
    ["a number as tenant", JSON.stringify({ ...record, version: "1.0", tenantId: 7 }), "tenantId"],
    ["a name of the prototype", '{"__proto__": {"authority": "x"}}', "authority"],
  ])("%s", (_, text, named) => {
    expect(() => deserializeAuthenticationRecord(text)).toThrowError(
      expect.objectContaining({ name: "TypeError", message: expect.stringContaining(named) as string }),
    );
  });

  test.each([undefined, null, 7, {}])("a %s instead of a text", (value) => {
    expect(() => deserializeAuthenticationRecord(value as unknown as string)).toThrowError(TypeError);
  });
});

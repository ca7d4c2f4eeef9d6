import { expect, test } from "vitest";
import { bytes } from "../../test/support/cache-fixture.ts";
import { packRecord, parseEntry, unpackRecord } from "./record-content.ts";

test.each([
  ["with a label", { key: "client|authority|person", label: "person@example.test" }],
  ["without a label", { key: "client|authority|person" }],
  ["with an empty label", { key: "", label: "" }],
])("a record %s is what was put in, of whatever bytes it consists", (_, entry) => {
  const data = Uint8Array.from({ length: 512 }, (__, index) => index % 256);
  const unpacked = unpackRecord(packRecord({ entry, data }));
  expect(unpacked.entry).toStrictEqual(entry);
  expect(Buffer.from(unpacked.data).equals(data)).toBe(true);
});

test("a record says whose it is, and nothing else of what the caller's entry holds", () => {
  const entry = { key: "key", label: "label", secret: "marker" };
  expect(Buffer.from(packRecord({ entry, data: bytes("data") })).toString()).toBe(
    '{"key":"key","label":"label"}\ndata',
  );
});

test("a record may be empty", () => {
  expect(unpackRecord(packRecord({ entry: { key: "key" }, data: new Uint8Array() })).data).toHaveLength(0);
});

test.each([
  ["nothing", ""],
  ["no end of its line", '{"key":"marker"}'],
  ["no end of its line, but something behind it", '{"key":"marker"}x'],
  ["an empty line", "\ndata"],
  ["no JSON", "marker\ndata"],
  ["JSON null", "null\ndata"],
  ["another value of JSON", '"marker"\ndata'],
  ["no key", '{"label":"marker"}\ndata'],
  ["a key that is no text", '{"key":1,"label":"marker"}\ndata'],
  ["a label that is no text", '{"key":"marker","label":null}\ndata'],
])("content with %s is a damaged record, of which nothing is quoted", (_, content) => {
  let failure: Error | undefined;
  try {
    unpackRecord(bytes(content));
  } catch (error) {
    failure = error as Error;
  }
  expect(failure).toMatchObject({ code: "cache", detail: "cache_corrupt" });
  expect(`${failure?.stack}${String(failure?.cause)}`).not.toContain("marker");
});

test("what names no record is no entry", () => {
  expect(parseEntry(bytes("{"))).toBeUndefined();
  expect(parseEntry(bytes('{"key":"a"}'))).toStrictEqual({ key: "a" });
});

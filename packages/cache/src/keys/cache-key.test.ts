import { describe, expect, test } from "vitest";
import { cacheKeyOfEnvironment } from "./cache-key-of-environment.ts";
import { isCacheKey } from "./cache-key.ts";

test.each([
  ["32 bytes", new Uint8Array(32)],
  ["a Buffer of 32 bytes", Buffer.alloc(32)],
  ["a passphrase", { passphrase: "p" }],
  ["a file", { file: "/a folder/file" }],
  ["a systemd credential", { systemdCredential: "a_name.of-1" }],
  ["a systemd credential that begins with dots", { systemdCredential: "..name" }],
  ["the TPM", { tpm: true }],
])("%s can be a key", (_, key) => {
  expect(isCacheKey(key)).toBe(true);
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a text", "passphrase"],
  ["31 bytes", new Uint8Array(31)],
  ["33 bytes", new Uint8Array(33)],
  ["no bytes", new Uint8Array(0)],
  ["a list", []],
  ["nothing in it", {}],
  ["two forms", { passphrase: "p", file: "f" }],
  ["two forms, the TPM first", { tpm: true, file: "f" }],
  ["a form that is not known", { secret: "s" }],
  ["an empty passphrase", { passphrase: "" }],
  ["a passphrase that is no text", { passphrase: 1 }],
  ["a file that is no path", { file: "a\0b" }],
  ["a credential with a path", { systemdCredential: "../secret" }],
  ["a credential with a path at its end", { systemdCredential: "secret/.." }],
  ["a credential that is a folder", { systemdCredential: ".." }],
  ["a credential that is this folder", { systemdCredential: "." }],
  ["a credential with several lines", { systemdCredential: "a\nb" }],
  ["a credential that only reads like a name", { systemdCredential: { toString: (): string => "name" } }],
  ["no TPM", { tpm: false }],
  ["a TPM that is a text", { tpm: "true" }],
])("%s cannot be a key", (_, key) => {
  expect(isCacheKey(key)).toBe(false);
});

describe("the environment", () => {
  test.each([
    ["nothing", {}, undefined],
    ["a passphrase", { ENTRADA_CACHE_PASSPHRASE: "p" }, { passphrase: "p" }],
    ["a file", { ENTRADA_CACHE_KEY_FILE: "f" }, { file: "f" }],
    [
      "a file before a passphrase",
      { ENTRADA_CACHE_KEY_FILE: "f", ENTRADA_CACHE_PASSPHRASE: "p" },
      { file: "f" },
    ],
    ["of what is empty nothing", { ENTRADA_CACHE_KEY_FILE: "", ENTRADA_CACHE_PASSPHRASE: "" }, undefined],
  ])("gives %s", (_, environment, key) => {
    expect(cacheKeyOfEnvironment(environment)).toEqual(key);
  });
});

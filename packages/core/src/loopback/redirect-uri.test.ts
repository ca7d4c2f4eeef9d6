import { describe, expect, it } from "vitest";
import { invalidOption } from "../errors/invalid-option.ts";
import { parseRedirectUri } from "./redirect-uri.ts";

describe("the option redirectUri", () => {
  it.each([
    [undefined, { host: "localhost", port: 0, path: "" }],
    ["http://localhost", { host: "localhost", port: 0, path: "" }],
    ["http://localhost/", { host: "localhost", port: 0, path: "/" }],
    ["HTTP://LocalHost:8400", { host: "localhost", port: 8400, path: "" }],
    ["http://localhost:80/a/b", { host: "localhost", port: 80, path: "/a/b" }],
    ["http://127.0.0.1:65535/x", { host: "127.0.0.1", port: 65535, path: "/x" }],
    ["http://[::1]:1", { host: "[::1]", port: 1, path: "" }],
  ])("reads %s", (text, expected) => {
    expect(parseRedirectUri(text, invalidOption)).toEqual(expected);
  });

  it.each([
    "",
    "localhost",
    "https://localhost",
    "http://localhost:0",
    "http://localhost:65536",
    "http://localhost:99999",
    "http://localhost:",
    "http://localhost:8400:1",
    "http://localhost.example",
    "http://example.test",
    "http://0.0.0.0:8400",
    "http://127.0.0.2",
    "http://[::]:8400",
    "http://user@localhost",
    "http://user:pass@localhost:8400",
    "http://localhost/?a=b",
    "http://localhost/#a",
    "http://localhost/a/../b",
    "http://localhost/a b",
    "http://localhost\\a",
    " http://localhost",
    "http://localhost\n",
    "urn:ietf:wg:oauth:2.0:oob",
  ])("refuses %j", (text) => {
    expect(() => parseRedirectUri(text, invalidOption)).toThrow(TypeError);
    expect(() => parseRedirectUri(text, invalidOption)).toThrow(/"redirectUri"/);
  });

  it.each([null, 8400, {}, ["http://localhost"]])("refuses %j, which is no text", (value) => {
    expect(() => parseRedirectUri(value as never, invalidOption)).toThrow(TypeError);
  });
});

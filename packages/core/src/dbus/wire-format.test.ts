import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { sessionBusPath, sessionBusPaths } from "./bus-address.ts";
import { decodeMessage, encodeCall, messageLength } from "./bus-message.ts";
import { typesOf } from "./bus-value.ts";
import { decodeValues } from "./decode-values.ts";
import { encodeValues } from "./encode-values.ts";

test("a signature is split into complete types", () => {
  expect(typesOf("a{sv}(oayays)b")).toEqual(["a{sv}", "(oayays)", "b"]);
  expect(typesOf("yyyyuua(yv)")).toEqual(["y", "y", "y", "y", "u", "u", "a(yv)"]);
  expect(typesOf("")).toEqual([]);
});

test("values come back as they went", () => {
  const values = [
    7,
    "tëxt",
    "/object/path",
    true,
    4_294_967_295,
    [["service", { signature: "s", value: "Entrada" }]],
    ["/session", Buffer.from([1, 2, 3]), Buffer.alloc(0), "text/plain"],
    [],
  ];
  const signature = "ysobua{sv}(oayays)ao";
  expect(decodeValues(signature, encodeValues(signature, values), true)).toEqual(values);
});

test("a call is laid out as the specification says", () => {
  const hello = encodeCall(
    { destination: "a.b", path: "/", interface: "a.b", member: "Do", signature: "s", values: ["x"] },
    3,
  );
  expect(hello.subarray(0, 12)).toEqual(Buffer.from([0x6c, 1, 0, 1, 6, 0, 0, 0, 3, 0, 0, 0]));
  expect(hello.subarray(-6)).toEqual(Buffer.from([1, 0, 0, 0, 0x78, 0]));
  expect((hello.length - 6) % 8).toBe(0);
  expect(messageLength(hello, 1000)).toBe(hello.length);
  expect(messageLength(hello.subarray(0, -1), 1000)).toBeUndefined();
  expect(() => messageLength(hello, hello.length - 1)).toThrow(RangeError);
  expect(decodeMessage(hello)).toMatchObject({ kind: "call", path: "/", member: "Do", signature: "s" });
  expect(decodeMessage(hello).values()).toEqual(["x"]);
});

test("what is no message is refused, and never read beyond its end", () => {
  const long = Buffer.alloc(16, 0x6c);
  expect(() => messageLength(long, 32 * 1024 * 1024)).toThrow(RangeError);
  for (const signature of ["s", "ay", "u", "v", "(yu)", "a{ss}", "x"]) {
    expect(() => decodeValues(signature, Buffer.from([9]), true)).toThrow(RangeError);
  }
});

test("what would be read for ever, or deeper than the stack, is refused", () => {
  expect(() => decodeValues("a()", Buffer.from([8, 0, 0, 0, 0, 0, 0, 0]), true)).toThrow(RangeError);
  expect(() => decodeValues("a", Buffer.alloc(16), true)).toThrow(RangeError);
  expect(() => decodeValues("v", Buffer.alloc(16), true)).toThrow(RangeError);
  const variants = Buffer.from("\u0001v\u0000".repeat(100_000), "latin1");
  expect(() => decodeValues("v", variants, true)).toThrow("nested too deeply");
});

test.each(["a\0b", "\ud800", "\udc00x"])(
  "a text that the bus would cut us off for is not sent: %j",
  (text) => {
    expect(() => encodeValues("s", [text])).toThrow(RangeError);
  },
);

test("a text may be long", () => {
  const text = "\u{1f600}".repeat(300_000);
  expect(decodeValues("s", encodeValues("s", [text]), true)).toEqual([text]);
});

describe("the bus of this session", () => {
  test.each([
    [{ DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/1/bus" }, "/run/user/1/bus"],
    [{ DBUS_SESSION_BUS_ADDRESS: "unix:guid=1,path=/a%20b%c3%a9" }, "/a b\u00e9"],
    [{ DBUS_SESSION_BUS_ADDRESS: "unix:path=/a%zz" }, undefined],
    [{ DBUS_SESSION_BUS_ADDRESS: "unixexec:path=/bin/evil" }, undefined],
    [{ DBUS_SESSION_BUS_ADDRESS: "autolaunch:" }, undefined],
    [{ DBUS_SESSION_BUS_ADDRESS: "", XDG_RUNTIME_DIR: "/run/user/1" }, "/run/user/1/bus"],
    [{ DBUS_SESSION_BUS_ADDRESS: "unix:abstract=/tmp/dbus-x,guid=1" }, "\0/tmp/dbus-x"],
    [{ DBUS_SESSION_BUS_ADDRESS: "tcp:host=h,port=1;unix:path=/second" }, "/second"],
    [{ DBUS_SESSION_BUS_ADDRESS: "tcp:host=h", XDG_RUNTIME_DIR: "/run/user/1" }, undefined],
    [{ XDG_RUNTIME_DIR: "/run/user/1" }, "/run/user/1/bus"],
    [{}, undefined],
  ])("in %j is at %j", (env, path) => {
    expect(sessionBusPath(env, () => process.geteuid?.())).toBe(path);
  });

  test.skipIf(process.platform === "win32")(
    "is nobody's choice in systemd's place: there it must be this user's",
    () => {
      const place = { XDG_RUNTIME_DIR: "/run/user/1" };
      expect(sessionBusPaths(place, () => 4_294_967_000)).toEqual([]);
      expect(sessionBusPaths(place, () => undefined)).toEqual([]);
      const chosen = { ...place, DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/2/bus" };
      expect(sessionBusPaths(chosen, () => 4_294_967_000)).toEqual(["/run/user/2/bus"]);
    },
  );

  test.skipIf(process.platform === "win32")("is looked for on this machine", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bus-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const place = { XDG_RUNTIME_DIR: folder };
    expect(sessionBusPath(place)).toBe(undefined);
    await writeFile(join(folder, "bus"), "");
    expect(sessionBusPath(place)).toBe(join(folder, "bus"));
    if (process.geteuid?.() !== 0) return;
    await chown(join(folder, "bus"), 1, 1);
    expect(sessionBusPath(place)).toBe(undefined);
  });

  test("may be at several places", () => {
    const address = "unix:path=/one;nonce-tcp:host=h;unix:abstract=two";
    expect(sessionBusPaths({ DBUS_SESSION_BUS_ADDRESS: address })).toEqual(["/one", "\0two"]);
  });
});

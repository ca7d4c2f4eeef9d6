import { describe, expect, test } from "vitest";
import { FakeWam } from "../../test/fake-wam.ts";
import { InteractiveBrowserBrokerCredential } from "../flow/interactive-browser-broker-credential.ts";
import { currentWindow } from "./current-window.ts";
import type { ParentWindow } from "./parent-window.ts";

describe("the option parentWindowHandle", () => {
  test.each<[string, ParentWindow]>([
    ["the bytes of a 64-bit Electron", Buffer.from("a1b2c30000000000", "hex")],
    ["the bytes of a 32-bit Electron", Buffer.from("a1b2c300", "hex")],
    ["a Uint8Array", new Uint8Array(8)],
    ["a number", 0x20_0b2],
    ["zero", 0],
    ["a bigint", 0xffff_ffff_8001_0000n],
    ["the word", "console"],
    ["a function", () => 1],
  ])("may be %s", (_, parentWindowHandle) => {
    expect(() => new InteractiveBrowserBrokerCredential({ parentWindowHandle })).not.toThrow();
  });

  test.each<[string, unknown]>([
    ["no bytes", new Uint8Array(0)],
    ["one byte", Buffer.from([0])],
    ["sixteen bytes", Buffer.alloc(16)],
    ["a negative number", -1],
    ["a fraction", 1.5],
    ["not a number", Number.NaN],
    ["an unsafe number", 2 ** 60],
    ["a negative bigint", -1n],
    ["a bigint of 65 bits", 2n ** 64n],
    ["another word", "desktop"],
    ["null", null],
    ["an array", [1, 2, 3, 4]],
    ["an ArrayBuffer", new ArrayBuffer(8)],
  ])("may not be %s", (_, parentWindowHandle) => {
    expect(() => new InteractiveBrowserBrokerCredential({ parentWindowHandle } as never)).toThrow(
      expect.objectContaining({
        name: "TypeError",
        code: expect.stringMatching(/^ERR_INVALID_ARG_(VALUE|TYPE)$/),
        message: expect.stringContaining('"parentWindowHandle"'),
      }),
    );
  });
});

describe("the window at the time of the dialog", () => {
  const warnings: string[] = [];
  const at = (parent: ParentWindow | undefined, fake = new FakeWam()) => {
    warnings.length = 0;
    return currentWindow(parent, { windows: fake, warn: (code) => warnings.push(code) });
  };

  test("is the console's by default, and where a function has none", async () => {
    expect(await at(undefined)).toBe("console");
    expect(await at(() => undefined)).toBe("console");
    expect(await at(async () => undefined)).toBe("console");
    expect(warnings).toEqual([]);
  });

  test("is what a function says each time", async () => {
    let window = 1;
    const parent = (): number => window++;
    expect([await at(parent), await at(parent)]).toEqual([1, 2]);
  });

  test.each<[string, ParentWindow]>([
    [
      "throws",
      () => {
        throw new Error("no window");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no window"))],
  ])("is the console's, with a warning, when the function %s", async (_, parent) => {
    expect(await at(parent)).toBe("console");
    expect(warnings).toEqual(["parent_window_failed"]);
  });

  test("is no handle of a wrong size, also from a function", async () => {
    await expect(at(() => new Uint8Array(3))).rejects.toMatchObject({ code: "ERR_INVALID_ARG_VALUE" });
  });

  test("that is gone is told, and is no reason not to ask", async () => {
    const fake = new FakeWam();
    fake.resolveWindowHandle = () => ({ handle: 1n, source: "foreground" });
    expect(await at(Buffer.from("a1b2c30000000000", "hex"), fake)).toEqual(
      Buffer.from("a1b2c30000000000", "hex"),
    );
    expect(warnings).toEqual(["parent_window_gone"]);
    await at(Buffer.alloc(8), fake);
    expect(warnings).toEqual([]);
  });

  test("that is only the desktop is told: the dialog may open behind others", async () => {
    const fake = new FakeWam();
    fake.window = { handle: 0x10010n, source: "desktop" };
    await at(undefined, fake);
    expect(warnings).toEqual(["no_parent_window"]);
  });

  test("is handed on even if the transport cannot look it up", async () => {
    const fake = new FakeWam();
    fake.resolveWindowHandle = () => {
      throw new TypeError("no");
    };
    expect(await at(7n, fake)).toBe(7n);
  });
});

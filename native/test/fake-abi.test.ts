import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fakeAbiHeader } from "../scripts/fake-abi.ts";
import { parameterizedId } from "../scripts/winrt-type.ts";
import { wamInstances, wamTypes } from "../scripts/wam-types.ts";

const table = readFileSync(new URL("fake-wam/abi.txt", import.meta.url), "utf8");

describe("the fake's own table of the binary interface", () => {
  test("becomes one struct per interface, its methods in slot order", () => {
    expect(
      fakeAbiHeader(
        "# a remark\n\nThing 00000036-0000-0000-c000-000000000046 inspectable\n  6 First(INT32* value)\n  7 Second()\n",
      ),
    ).toContain(`struct Thing : IInspectable {
  static constexpr GUID id = {0x00000036, 0x0000, 0x0000, {0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};
  virtual HRESULT STDMETHODCALLTYPE First(INT32* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE Second() = 0;
};`);
  });

  test.each([
    [
      "a slot that is left out",
      "Thing 00000036-0000-0000-c000-000000000046 inspectable\n  6 First()\n  8 Third()\n",
    ],
    [
      "a delegate that does not begin at slot 3",
      "Thing 00000036-0000-0000-c000-000000000046 unknown\n  6 Invoke()\n",
    ],
    ["a method of no interface", "  6 First()\n"],
    ["a line that is neither", "interface Thing\n"],
  ])("%s is refused", (_, text) => {
    expect(() => fakeAbiHeader(text)).toThrow(SyntaxError);
  });

  test("agrees with every id that the addon uses, published there and computed here", () => {
    const ids = new Set(Array.from(table.matchAll(/^\w+ ([0-9a-f-]{36}) /gm), ([, id]) => id));
    const known = new Set(["IUnknown", "IAgileObject"]);
    for (const [name, id] of Object.entries(wamTypes.interfaces)) {
      if (!known.has(name)) expect(ids, name).toContain(id);
    }
    for (const type of wamInstances) expect(ids, type).toContain(parameterizedId(type, wamTypes));
  });
});

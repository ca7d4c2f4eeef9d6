import type { WamOperation } from "@entrada/wam";
import { expect, test } from "vitest";
import { FakeWam } from "../../test/fake-wam.ts";
import { reasonOf } from "../../test/flow-on-fake.ts";
import { callWam } from "./call-wam.ts";

const fake = new FakeWam();
const never = (): Promise<never> => new Promise(() => {});

test("nothing is asked of Windows for who has gone already", async () => {
  let asked = 0;
  const call = callWam(fake, { signal: AbortSignal.abort(new Error("gone")) }, () => {
    asked += 1;
    return never();
  });
  expect(await reasonOf(call)).toMatchObject({ name: "AbortError", cause: { message: "gone" } });
  expect(asked).toBe(0);
});

test("an abort is heard though Windows never answers, and Windows is told which call it was", async () => {
  const controller = new AbortController();
  let operation: WamOperation | undefined;
  const call = callWam(fake, controller, (given) => {
    operation = given;
    return never();
  });
  controller.abort(new Error("enough"));
  expect(await reasonOf(call)).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
  expect(fake.cancelled.at(-1)).toBe(operation?.operationId);
});

test.each([
  [true, { background: true }],
  [false, {}],
  [undefined, {}],
])("a call whose background is %j says so to Windows only if it is", async (background, told) => {
  const { signal } = new AbortController();
  const asked = await callWam(fake, { signal, background }, async (operation) => operation);
  expect(asked).toEqual({ operationId: expect.any(Number), ...told });
});

import { beforeEach, expect, test } from "vitest";
import { ADA } from "../../test/fake-account.ts";
import { FakeWam } from "../../test/fake-wam.ts";
import { flowOnFake, interactiveRequest, type FlowOnFakeOptions } from "../../test/flow-on-fake.ts";

const never = (): Promise<never> => new Promise(() => {});
let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
  fake.known.push(ADA);
  fake.request = never;
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const ON_IT =
  /^If the dialog showed an error, .* AADSTS number on it is explained at .*\. Else start the sign-in again;/;

/** What a developer is told if the person's time is over while the dialog waits. */
async function hintWhile(options: FlowOnFakeOptions = {}, begun = turn()): Promise<string> {
  const { flow } = flowOnFake({ fake, ...options });
  let hint = (): string => "";
  flow
    .interactive(interactiveRequest({ tenantId: "common", explainTimeout: (words) => (hint = words) }))
    .catch(() => {});
  await begun;
  return hint();
}

test("what a dialog may have shown is told, and nothing else where nothing else is known", async () => {
  expect(await hintWhile()).toMatch(ON_IT);
});

test("that another dialog of the process was open", async () => {
  expect(await hintWhile({ dialogs: { last: never() } })).toMatch(
    /^Another sign-in dialog of this process was open, so this one was not shown\. Else start/,
  );
});

test("that the application has not said which window is its own", async () => {
  expect(await hintWhile({ parentWindowHandle: never })).toMatch(
    /^The function "parentWindowHandle" has not answered, so the dialog was not shown\. Else start/,
  );
});

test("that the dialog may have opened behind others", async () => {
  fake.window = { handle: 0x10010n, source: "desktop" };
  expect(await hintWhile()).toMatch(/^There is no window .* may open behind others\. If the dialog/);
});

test("that a way to ask was refused before", async () => {
  fake.script("pickProvider", { fails: { hresult: 0x80004002, step: "GetForWindow" } });
  const asked = new Promise<void>((resolve) => {
    fake.request = () => {
      resolve();
      return never();
    };
  });
  expect(await hintWhile({ browserFallback: "never" }, asked)).toMatch(
    /^One way to ask was refused before: [^.]+\. If the dialog/,
  );
});

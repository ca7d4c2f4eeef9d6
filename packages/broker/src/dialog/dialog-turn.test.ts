import { expect, test } from "vitest";
import { dialogsOfProcess, inTurn, type DialogQueue } from "./dialog-turn.ts";

const queue = (): DialogQueue => ({ last: Promise.resolve() });
const never = new AbortController().signal;

test("dialogs come one after the other, in the order of asking", async () => {
  const dialogs = queue();
  const seen: string[] = [];
  let open = 0;
  const show = (name: string) => async (): Promise<string> => {
    open += 1;
    expect(open).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(name);
    open -= 1;
    return name;
  };
  const names = ["a", "b", "c", "d"];
  expect(await Promise.all(names.map((name) => inTurn(dialogs, never, show(name))))).toEqual(names);
  expect(seen).toEqual(names);
});

test("a dialog that fails makes room for the next", async () => {
  const dialogs = queue();
  const failing = inTurn(dialogs, never, () => Promise.reject(new Error("no")));
  const next = inTurn(dialogs, never, async () => "shown");
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("shown");
});

test("whoever leaves the queue shows nothing, and holds up nobody", async () => {
  const dialogs = queue();
  let close = (): void => undefined;
  const first = inTurn(dialogs, never, () => new Promise<void>((resolve) => (close = resolve)));
  const leaving = new AbortController();
  let shown = false;
  const second = inTurn(dialogs, leaving.signal, async () => (shown = true));
  const third = inTurn(dialogs, never, async () => "third");
  leaving.abort(new Error("changed my mind"));
  await expect(second).rejects.toMatchObject({ name: "AbortError", cause: { message: "changed my mind" } });
  close();
  await first;
  expect(await third).toBe("third");
  expect(shown).toBe(false);
});

test("one who leaves does not let the next in before the open dialog is closed", async () => {
  const dialogs = queue();
  let close = (): void => undefined;
  let isOpen = true;
  const first = inTurn(dialogs, never, async () => {
    await new Promise<void>((resolve) => (close = resolve));
    isOpen = false;
  });
  const leaving = new AbortController();
  const second = inTurn(dialogs, leaving.signal, async () => undefined);
  const third = inTurn(dialogs, never, async () => isOpen);
  leaving.abort();
  await expect(second).rejects.toMatchObject({ name: "AbortError" });
  close();
  await first;
  expect(await third).toBe(false);
});

test("one who leaves with work that hears no abort holds up nobody", async () => {
  const dialogs = queue();
  const leaving = new AbortController();
  const deaf = inTurn(dialogs, leaving.signal, () => new Promise<void>(() => {}));
  const next = inTurn(dialogs, never, async () => "shown");
  leaving.abort();
  await expect(deaf).rejects.toMatchObject({ name: "AbortError" });
  expect(await next).toBe("shown");
});

test("a signal that is aborted already shows nothing", async () => {
  const show = (): Promise<void> => Promise.reject(new Error("shown"));
  await expect(inTurn(queue(), AbortSignal.abort(), show)).rejects.toMatchObject({ name: "AbortError" });
});

test("every copy of this package in the process has the same queue", async () => {
  // Another address is another module, as another copy on disk would be.
  const address = "./dialog-turn.ts?copy";
  const copy = (await import(address)) as { readonly dialogsOfProcess: typeof dialogsOfProcess };
  expect(copy.dialogsOfProcess).not.toBe(dialogsOfProcess);
  expect(copy.dialogsOfProcess()).toBe(dialogsOfProcess());
});

import { describe, expect, test } from "vitest";
import { shownCause } from "./shown-cause.ts";

const SECRET = "0.refresh-token";
const shown = (cause: unknown, secrets: readonly string[] = ["other", SECRET]): unknown =>
  shownCause(cause, secrets);

class Told extends Error {
  override name = "Told";
}

test.each<[string, unknown]>([
  ["an error", new Error("lost")],
  ["an error with causes", new Error("lost", { cause: new Error("reset", { cause: "why" }) })],
  ["a text", "lost"],
  ["nothing", undefined],
  ["null", null],
  ["a number", 5],
  [
    "an error with a part that throws",
    Object.defineProperty(new Error("x"), "part", {
      get: () => {
        throw new Error(SECRET);
      },
    }),
  ],
  [
    "an error with a code that is none of a parser's",
    Object.assign(new Error("x"), { code: "xHPE_INVALID" }),
  ],
  ["what is no error, with a parser's code", { code: "HPE_INVALID" }],
])("what tells no secret is shown as it is: %s", (_, cause) => {
  expect(shown(cause)).toBe(cause);
});

test("what comes back to itself is shown as it is", () => {
  const cause = new Error("lost");
  cause.cause = cause;
  expect(shown(cause)).toBe(cause);
});

describe("an error becomes a copy that tells nothing", () => {
  const buffer = Buffer.from(`POST ${SECRET}`);
  const places: readonly (readonly [string, (error: Error) => void])[] = [
    ["its message", (error) => (error.message = `lost ${SECRET} and ${SECRET}`)],
    ["a property", (error) => Object.assign(error, { request: { body: `a=${SECRET}` } })],
    ["a hidden property", (error) => Object.defineProperty(error, "hidden", { value: SECRET })],
    ["a symbol's property", (error) => Object.assign(error, { [Symbol("s")]: SECRET })],
    ["a list", (error) => Object.assign(error, { parts: ["a", [SECRET]] })],
    ["bytes", (error) => Object.assign(error, { bytes: buffer })],
    [
      "a view of bytes",
      (error) =>
        Object.assign(error, { bytes: new DataView(buffer.buffer, buffer.byteOffset, buffer.length) }),
    ],
    ["a map's value", (error) => Object.assign(error, { map: new Map([["a", SECRET]]) })],
    ["a map's key", (error) => Object.assign(error, { map: new Map([[SECRET, "a"]]) })],
    ["a set", (error) => Object.assign(error, { set: new Set([SECRET]) })],
    ["a getter", (error) => Object.defineProperty(error, "late", { get: () => SECRET })],
    ["its cause", (error) => (error.cause = new Error(SECRET))],
  ];

  test.each(places)("for %s", (_, put) => {
    const cause = new Told("lost");
    Object.assign(cause, { code: "ECONNRESET" });
    put(cause);
    const copy = shown(cause) as Error;
    expect(copy).not.toBe(cause);
    expect(copy).toBeInstanceOf(Error);
    expect(copy).toMatchObject({ name: "Told", code: "ECONNRESET" });
    const own = Reflect.ownKeys(copy).filter((key) => key !== "cause");
    expect(new Set(own)).toEqual(new Set(["code", "message", "name", "stack"]));
    for (const key of own) expect(String(copy[key as keyof Error])).not.toContain(SECRET);
    expect(copy.message).toMatch(/^lost/);
  });

  test("in which each echo is gone, from name, message, stack and code alike", () => {
    const cause = Object.assign(new Error(`${SECRET} ${SECRET}`), { code: `E${SECRET}`, name: `N${SECRET}` });
    cause.stack = `${SECRET}\n at ${SECRET}`;
    expect(shown(cause)).toMatchObject({
      message: "*** ***",
      code: "E***",
      name: "N***",
      stack: "***\n at ***",
    });
  });

  test("that has its causes, each a copy, eight deep at most", () => {
    let cause = new Error(`0 ${SECRET}`);
    for (let depth = 1; depth < 12; depth += 1) cause = new Error(`${depth} ${SECRET}`, { cause });
    const messages: string[] = [];
    for (let at = shown(cause) as Error | undefined; at !== undefined; at = at.cause as Error | undefined)
      messages.push(at.message);
    expect(messages).toEqual(["11 ***", "10 ***", "9 ***", "8 ***", "7 ***", "6 ***", "5 ***", "4 ***"]);
  });

  test("that has no cause where there was none, or one that is no error", () => {
    expect(Object.hasOwn(shown(new Error(SECRET)) as Error, "cause")).toBe(false);
    expect(Object.hasOwn(shown(new Error(SECRET, { cause: SECRET })) as Error, "cause")).toBe(false);
  });

  test("that has no cause where that is a function, though it has a message", () => {
    const cause = Object.assign(() => {}, { message: "lost" });
    expect(Object.hasOwn(shown(new Error(SECRET, { cause })) as Error, "cause")).toBe(false);
  });

  test("that has neither name nor code where these are no texts, and an empty stack for none", () => {
    const copy = shown({ message: SECRET, name: 5, code: 7, stack: undefined }) as Error;
    expect(copy).toMatchObject({ name: "Error", message: "***", stack: "" });
    expect(Object.hasOwn(copy, "code")).toBe(false);
  });

  test("wherever an error of the HTTP parser is, which quotes what was answered", () => {
    const parsers = Object.assign(new Error("Parse Error"), {
      code: "HPE_INVALID_CONSTANT",
      rawPacket: Buffer.from("x"),
    });
    expect(shown(parsers)).not.toHaveProperty("rawPacket");
    const outer = new Error("fetch failed", { cause: parsers });
    expect((shown(outer) as Error).cause).toMatchObject({
      message: "Parse Error",
      code: "HPE_INVALID_CONSTANT",
    });
    expect((shown(outer) as Error).cause).not.toHaveProperty("rawPacket");
  });

  test("where there is too much to look through", () => {
    const of = (count: number): Error =>
      Object.assign(new Error("much"), { parts: Array.from({ length: count }, () => 1) });
    const [little, much] = [of(4900), of(5001)];
    expect(shown(little)).toBe(little);
    expect(shown(much)).not.toHaveProperty("parts");
    // Of 5,000 parts five are the error itself, its stack, its message, the list and the list's length.
    expect(shown(of(4995))).toHaveProperty("parts");
    expect(shown(of(4996))).not.toHaveProperty("parts");
  });
});

test.each([SECRET, { a: SECRET }, [SECRET], Buffer.from(SECRET)])(
  "what tells a secret and is no error is not shown: %o",
  (cause) => {
    expect(shown(cause)).toBeUndefined();
  },
);

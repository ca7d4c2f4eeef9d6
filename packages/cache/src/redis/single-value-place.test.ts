import { describe, expect, test } from "vitest";
import { newDataKey } from "../sealed/data-key.ts";
import { seal } from "../sealed/seal.ts";
import { parseHeader } from "../sealed/sealed-format.ts";
import { RedisCommands, type ScriptArguments } from "./redis-commands.ts";
import { redisNames } from "./redis-names.ts";
import { headOf, valueOf } from "./sealed-value.ts";
import { SingleValuePlace } from "./single-value-place.ts";

const NAMES = redisNames("test");
const KEY = newDataKey();
const sealed = (content: string) => seal(Buffer.from(content), KEY, 1n).sealed;
const [OLD, NEW] = [sealed("old"), sealed("new")];
const headerOf = (value: readonly Uint8Array[]) => parseHeader(Buffer.concat(value));

/** The place on a server that answers so. */
function placeOver(answer: unknown) {
  const asked: ScriptArguments[] = [];
  const client = { eval: async (_: string, given: ScriptArguments) => (asked.push(given), answer) };
  return { place: new SingleValuePlace(new RedisCommands(client, 10_000), NAMES, 1000), asked };
}

describe("the value of an earlier version", () => {
  test("comes whole to who knows nothing of it, and to who knows an older one", async () => {
    for (const known of [undefined, headerOf(OLD)]) {
      const { place, asked } = placeOver(valueOf(NEW));
      const { header, rest } = (await place.load(known))!;
      expect(header).toEqual(headerOf(NEW));
      expect(rest).toEqual(Buffer.concat(NEW).subarray(header.bytes.length));
      const head = known === undefined ? "" : headOf(known);
      expect(asked).toEqual([{ keys: [NAMES.before.content], arguments: [head] }]);
    }
  });

  test("comes without its content to who has it", async () => {
    const known = headerOf(OLD);
    const { place } = placeOver(headOf(known));
    expect(await place.load(known)).toEqual({ header: known, rest: undefined, identity: headOf(known) });
  });

  test("may not be there", async () => {
    expect(await placeOver(null).place.load(undefined)).toBeUndefined();
  });

  test("that is empty is damaged, and not one that somebody knows", async () => {
    await expect(placeOver("").place.load(undefined)).rejects.toMatchObject({ detail: "cache_corrupt" });
  });
});

describe("a change of it", () => {
  const changes: readonly [string, (place: SingleValuePlace) => Promise<unknown>, readonly string[]][] = [
    [
      "a save",
      (place) => place.replace(NEW, headOf(headerOf(OLD)), headerOf(NEW)),
      [headOf(headerOf(OLD)), valueOf(NEW)],
    ],
    ["a first save", (place) => place.replace(NEW, undefined, headerOf(NEW)), ["", valueOf(NEW)]],
    ["putting it aside", (place) => place.putAside(), []],
    ["removing it", (place) => place.remove(), []],
  ];

  test.each(changes)("%s names the lease, and what it rests on", async (_, change, values) => {
    const { place, asked } = placeOver("done");
    await change(place);
    const { content, lease, corrupt } = NAMES.before;
    expect(asked).toEqual([{ keys: [content, lease, corrupt], arguments: ["", ...values] }]);
  });

  test.each(changes)("%s is refused without the lease", async (_, change) => {
    const refused = await change(placeOver("lease lost").place).catch((error: unknown) => error);
    expect(refused).toMatchObject({ detail: "cache_locked", retryable: true });
    expect((refused as Error).message).toMatch(/lease ran out/);
  });

  test("a save is refused where something else is there", async () => {
    const { place } = placeOver("changed");
    await expect(place.replace(NEW, undefined, headerOf(NEW))).rejects.toThrow("changed by another process");
  });

  test("a save is known by how it begins", async () => {
    expect(await placeOver("done").place.replace(NEW, undefined, headerOf(NEW))).toBe(headOf(headerOf(NEW)));
  });
});

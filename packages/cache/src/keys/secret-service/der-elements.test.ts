import { expect, test } from "vitest";
import { element, elements, SEQUENCE, signed, unsigned } from "./der-elements.ts";

test.each([
  [0, [0]],
  [1, [1]],
  [0x7f, [0x7f]],
  [0x80, [0x81, 0x80]],
  [0xff, [0x81, 0xff]],
  [0x100, [0x82, 0x01, 0x00]],
  [0xffff, [0x82, 0xff, 0xff]],
])("a length of %i is written in its shortest form, and read", (length, head) => {
  const content = Buffer.alloc(length, 7);
  const whole = element(SEQUENCE, content);
  expect([...whole.subarray(0, head.length + 1)]).toEqual([SEQUENCE, ...head]);
  expect(whole).toHaveLength(1 + head.length + length);
  expect(elements(whole)).toEqual([{ whole, content }]);
});

test("elements stand one after the other, and within each other", () => {
  const [one, two] = [element(2, Buffer.from([1])), element(3, Buffer.alloc(200, 9), Buffer.from([8]))];
  const [outer] = elements(element(SEQUENCE, one, two));
  expect(elements(outer!.content).map(({ whole }) => whole)).toEqual([one, two]);
  expect(elements(Buffer.alloc(0))).toEqual([]);
});

test.each([
  [[0x7f], [0x7f]],
  [[0x80], [0, 0x80]],
  [
    [0xff, 0],
    [0, 0xff, 0],
  ],
])("a number of the bytes %j is the integer %j", (number, integer) => {
  expect([...signed(Buffer.from(number))]).toEqual(integer);
  expect([...unsigned(Buffer.from(integer))]).toEqual(number);
});

test.each([
  [
    [0, 0, 5, 0],
    [5, 0],
  ],
  [[0], [0]],
  [[1], [1]],
])("of %j the zeros before it are no part: %j", (bytes, number) => {
  expect([...unsigned(Buffer.from(bytes))]).toEqual(number);
});

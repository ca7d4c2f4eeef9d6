import type { Drawn } from "./drawn.ts";

type Fields = Readonly<Record<string, unknown>>;

const ODD_SIGNS = [
  "\r\n",
  " ",
  "ä",
  "\u0000",
  ".",
  "%",
  "\u2028",
  "{",
  "A",
  "\ud800",
  "\u001b[31m",
  '"',
  "&",
];
const ODD_VALUES = [undefined, null, "", 0, -1, 1e300, -5, true, false, [], {}, "abc", "0x10"];
const ODD_TEXTS = ["\u0000", "\ud800", "__proto__"];
const ODD_NAMES = ["__proto__", "constructor", "toString", "error", "access_token", "x"];

/** A text with one fault: cut, doubled, turned around, or with a sign that does not belong there. */
export function damagedText(drawn: Drawn, text: string): string {
  const at = drawn.below(text.length + 1);
  const odd = drawn.is(0.7) ? drawn.pick(ODD_SIGNS) : String.fromCharCode(drawn.below(0x1_0000));
  return drawn.pick([
    text.slice(0, at),
    text.slice(at),
    text.slice(0, at) + odd + text.slice(at + 1),
    text + odd,
    text + text,
    text.toUpperCase(),
    text.split("").toReversed().join(""),
  ]);
}

/** Bytes some of which are others; now and then the end is missing. */
export function damagedBytes(drawn: Drawn, whole: Uint8Array): Buffer {
  const bytes = Buffer.from(whole).subarray(0, drawn.is(0.15) ? drawn.below(whole.length) : whole.length);
  for (let changes = drawn.below(3); changes >= 0 && bytes.length > 0; changes -= 1)
    bytes[drawn.below(bytes.length)] = drawn.below(256);
  return bytes;
}

/** Another value in the place of this one: of another type, or a damaged text. */
export function otherValue(drawn: Drawn, value: unknown): unknown {
  if (drawn.is(0.5)) return drawn.pick([...ODD_VALUES, [value], { value }]);
  return typeof value === "string" && value !== "" ? damagedText(drawn, value) : drawn.pick(ODD_TEXTS);
}

/** A document a share of whose fields are others; some are lost, and one may be new. */
export function damagedFields(drawn: Drawn, document: Fields, share: number): Record<string, unknown> {
  const changed = Object.entries(document)
    .filter(() => !drawn.is(share / 4))
    .map(([name, value]) => [name, drawn.is(share) ? otherValue(drawn, value) : value] as const);
  const added = drawn.is(share) ? [[drawn.pick(ODD_NAMES), otherValue(drawn, "x")] as const] : [];
  return Object.fromEntries([...changed, ...added]);
}

import { expect, test } from "vitest";
import { Keystrokes } from "./keystrokes.ts";

const TABLE: readonly (readonly [what: string, keys: string, strokes: readonly string[]])[] = [
  ["a line", "abc\r", ["abc"]],
  ["a line feed", "abc\n", ["abc"]],
  ["an Enter alone", "\r\n\r", []],
  ["a paste", "\u001b[200~abc\u001b[201~", ["abc"]],
  ["a paste and an Enter", "\u001b[200~abc\u001b[201~\r", ["abc"]],
  ["lines in a paste", "\u001b[200~a\r\nb\nc\u001b[201~", ["a\r\nb\nc"]],
  ["control keys in a paste", "\u001b[200~a\u0003b\u0004\u001b[201~", ["a\u0003b\u0004"]],
  ["typed before a paste", "ab\u001b[200~c\u001b[201~", ["abc"]],
  ["the end of a paste that never began", "ab\u001b[201~c\r", ["abc"]],
  ["arrows, function keys and Alt", "a\u001b[A\u001bOPb\u001bx\u001b[15~c\r", ["abc"]],
  ["an Escape before an arrow", "a\u001b\u001b[Ab\r", ["ab"]],
  ["Backspace", "abx\u007fc\u0008d\r", ["abd"]],
  ["Ctrl-U", "nothing\u0015abc\r", ["abc"]],
  ["Ctrl-C", "ab\u0003", ["<interrupt>"]],
  ["Ctrl-\\ and Ctrl-Z", "\u001c\u001a", ["<quit>", "<suspend>"]],
  ["Ctrl-D", "\u0004", ["<end>"]],
  ["Ctrl-D behind a text", "a\u0004b\r", ["ab"]],
  ["other alphabets", "\u00e9\u4e2d\ud83d\ude00\r", ["\u00e9\u4e2d\ud83d\ude00"]],
];

test.each(TABLE)("%s, whole and byte by byte", (_, keys, strokes) => {
  const bytes = Buffer.from(keys);
  for (const chunks of [[bytes], [...bytes].map((byte) => Buffer.from([byte]))]) {
    const keystrokes = new Keystrokes();
    const heard = chunks.flatMap((chunk) => keystrokes.read(chunk));
    expect(heard.map((stroke) => (stroke.kind === "text" ? stroke.text : `<${stroke.kind}>`))).toEqual(
      strokes,
    );
  }
});

test.each([
  ["two lines", "a\rb\r", "a\rb"],
  ["lines as on Windows", "a\r\nb\r\nc\r", "a\r\nb\r\nc"],
  ["an empty line between", "a\n\nb\r", "a\n\nb"],
])("%s that come at once were pasted at a terminal that marks no paste", (_, keys, text) => {
  expect(new Keystrokes().read(Buffer.from(keys))).toEqual([{ kind: "text", text }]);
});

test("an Enter is the end of a line that was typed, whatever key was pressed in the same moment", () => {
  for (const key of ["\u0003", "\u0004", "\u007f", "\u001b[200~", ""]) {
    const [first] = new Keystrokes().read(Buffer.from(`abc\r${key}`));
    expect(first).toEqual({ kind: "text", text: "abc" });
  }
});

test("keeps no more than an answer can have", () => {
  const keystrokes = new Keystrokes();
  for (let times = 0; times < 100; times += 1) keystrokes.read(Buffer.alloc(10_000, "x"));
  const [stroke] = keystrokes.read(Buffer.from("\r"));
  expect(stroke?.kind === "text" && stroke.text.length).toBe(65_536);
});

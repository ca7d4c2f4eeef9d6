import type { StringDecoder } from "node:string_decoder";

/** What a person did at the terminal. */
export type Keystroke =
  | { readonly kind: "text"; readonly text: string }
  /** The keys by which a terminal itself ends or stops a program, were it not told to hand all keys on. */
  | { readonly kind: "interrupt" | "quit" | "suspend" }
  /** The end of all input: Ctrl-D. */
  | { readonly kind: "end" };

const PASTE_BEGINS = "\u001b[200~";
const PASTE_ENDS = "\u001b[201~";
// What is longer than any answer is cut off there, and refused as too long by whoever reads it.
const LONGEST = 64 * 1024;

/** Turns what a terminal sends into texts: each at an Enter, and at the end of each bracketed paste. */
export class Keystrokes {
  readonly #decoder: StringDecoder;
  #text = "";
  #pasting = false;
  /** The beginning of an escape sequence whose end has not come yet. */
  #sequence = "";

  constructor() {
    const { StringDecoder } = process.getBuiltinModule("node:string_decoder");
    this.#decoder = new StringDecoder("utf8");
  }

  read(chunk: Buffer): readonly Keystroke[] {
    const strokes: Keystroke[] = [];
    const typed = this.#decoder.write(chunk);
    for (const { 0: keys, index } of typed.matchAll(/[\r\n]+|[^]/gu)) {
      const behind = typed.charAt(index + keys.length);
      const stroke = this.#sequence === "" ? this.#plain(keys, behind) : this.#escaped(keys);
      if (stroke !== undefined) strokes.push(stroke);
    }
    return strokes;
  }

  #plain(character: string, behind: string): Keystroke | undefined {
    if (character === "\u001b") {
      this.#sequence = character;
      return undefined;
    }
    if (this.#pasting) return this.#add(character);
    // Not every terminal marks a paste. Nobody types on in the moment of an Enter: these are the ends of pasted lines.
    if (isLineEnd(character)) return isPrintable(behind) ? this.#add(character) : this.#take();
    switch (character) {
      case "\u0003":
        return { kind: "interrupt" };
      case "\u001c":
        return { kind: "quit" };
      case "\u001a":
        return { kind: "suspend" };
      case "\u0004":
        return this.#text === "" ? { kind: "end" } : undefined;
      case "\u0008":
      case "\u007f":
        this.#text = this.#text.slice(0, -1);
        return undefined;
      case "\u0015": // Ctrl-U
        this.#text = "";
        return undefined;
      default:
        return this.#add(character);
    }
  }

  // ECMA-48: ESC [ parameters final, ESC O one character, ESC and one character. Arrows and their like mean nothing here.
  #escaped(character: string): Keystroke | undefined {
    if (character === "\u001b") {
      this.#sequence = character;
      return undefined;
    }
    this.#sequence += character;
    const open = this.#sequence.length === 2 ? "[O".includes(character) : !/[@-~]/.test(character);
    if (open && this.#sequence.length < 32) return undefined;
    const sequence = this.#sequence;
    this.#sequence = "";
    if (sequence === PASTE_BEGINS) this.#pasting = true;
    if (sequence !== PASTE_ENDS || !this.#pasting) return undefined;
    this.#pasting = false;
    return this.#take();
  }

  #add(character: string): undefined {
    if (this.#text.length < LONGEST) this.#text += character;
  }

  // A person who has pasted presses Enter all the same: that is no second answer.
  #take(): Keystroke | undefined {
    const text = this.#text;
    this.#text = "";
    return text.trim() === "" ? undefined : { kind: "text", text };
  }
}

function isLineEnd(keys: string): boolean {
  return /^[\r\n]/.test(keys);
}

function isPrintable(character: string): boolean {
  return /^[^\u0000-\u001f\u007f]/.test(character);
}

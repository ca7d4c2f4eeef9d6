import { alignmentOf, membersOf, typesOf, type BusValue } from "./bus-value.ts";

/**
 * Values from wire format; padding counts from the first byte.
 * @throws RangeError when the bytes end too early, or are deeper nested than the specification allows.
 */
export function decodeValues(signature: string, bytes: Buffer, littleEndian: boolean): BusValue[] {
  const reader = new ValueReader(bytes, littleEndian);
  return typesOf(signature).map((type) => reader.read(type));
}

// "Valid Signatures": 32 arrays and 32 structs; through variants, 64 of everything.
const DEEPEST = 64;

class ValueReader {
  readonly #bytes: Buffer;
  readonly #littleEndian: boolean;
  #at = 0;
  #depth = 0;

  constructor(bytes: Buffer, littleEndian: boolean) {
    this.#bytes = bytes;
    this.#littleEndian = littleEndian;
  }

  read(type: string): BusValue {
    if (++this.#depth > DEEPEST) throw new RangeError("A D-Bus message is nested too deeply");
    const value = this.#readAligned(type);
    this.#depth -= 1;
    return value;
  }

  #readAligned(type: string): BusValue {
    this.#align(alignmentOf(type));
    switch (type.charAt(0)) {
      case "y":
        return this.#take(1).readUInt8();
      case "b":
        return this.#readNumber() === 1;
      case "u":
      case "i":
        return this.#readNumber();
      case "s":
      case "o":
        return this.#readText(this.#readNumber());
      case "g":
        return this.#readText(this.#take(1).readUInt8());
      case "v": {
        const signature = this.read("g") as string;
        if (typesOf(signature).length !== 1) throw new RangeError("A D-Bus variant holds not one value");
        return { signature, value: this.read(signature) };
      }
      case "a":
        return this.#readArray(type.slice(1));
      case "(":
      case "{":
        // One without members would take no room: an array of them could be read for ever.
        if (type.length < 3) throw new RangeError("A D-Bus struct is empty");
        return membersOf(type).map((member) => this.read(member));
      default:
        throw new RangeError(`D-Bus type ${type} is not read here`);
    }
  }

  #readArray(elementType: string): BusValue {
    const length = this.#readNumber();
    this.#align(alignmentOf(elementType));
    if (elementType === "y") return Buffer.from(this.#take(length));
    const end = this.#at + length;
    const elements: BusValue[] = [];
    while (this.#at < end) elements.push(this.read(elementType));
    return elements;
  }

  #readText(length: number): string {
    const text = this.#take(length).toString("utf8");
    this.#take(1);
    return text;
  }

  #readNumber(): number {
    const bytes = this.#take(4);
    return this.#littleEndian ? bytes.readUInt32LE() : bytes.readUInt32BE();
  }

  #align(to: number): void {
    this.#at += (to - (this.#at % to)) % to;
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    if (taken.length < length) throw new RangeError("A D-Bus message ends too early");
    this.#at += length;
    return taken;
  }
}

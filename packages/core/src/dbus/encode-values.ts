import { alignmentOf, membersOf, typesOf, type BusValue, type Variant } from "./bus-value.ts";

/**
 * Values in little-endian wire format.
 * @throws RangeError for a text that the bus would not take: it cuts off whoever sends one
 */
export function encodeValues(signature: string, values: readonly BusValue[]): Buffer {
  const writer = new ValueWriter();
  typesOf(signature).forEach((type, index) => writer.write(type, values[index]!));
  return Buffer.from(writer.bytes);
}

class ValueWriter {
  readonly bytes: number[] = [];

  write(type: string, value: BusValue): void {
    this.#align(alignmentOf(type));
    switch (type.charAt(0)) {
      case "y":
        this.bytes.push(value as number);
        break;
      case "b":
      case "u":
        this.#writeNumber(Number(value));
        break;
      case "s":
      case "o":
        this.#writeText(value as string);
        break;
      case "g":
        this.bytes.push((value as string).length, ...Buffer.from(value as string), 0);
        break;
      case "v":
        this.write("g", (value as Variant).signature);
        this.write((value as Variant).signature, (value as Variant).value);
        break;
      case "a":
        this.#writeArray(type.slice(1), value as readonly BusValue[]);
        break;
      case "(":
      case "{":
        membersOf(type).forEach((member, index) =>
          this.write(member, (value as readonly BusValue[])[index]!),
        );
        break;
      default:
        throw new Error(`D-Bus type ${type} is not written here`);
    }
  }

  #writeArray(elementType: string, elements: Iterable<BusValue>): void {
    const lengthAt = this.bytes.length;
    this.#writeNumber(0);
    // The padding before the first element is no part of the length.
    this.#align(alignmentOf(elementType));
    const start = this.bytes.length;
    for (const element of elements) this.write(elementType, element);
    this.bytes.splice(lengthAt, 4, ...littleEndian(this.bytes.length - start));
  }

  #writeText(text: string): void {
    if (/\p{Surrogate}|\0/u.test(text)) throw new RangeError("A text is no D-Bus text");
    const bytes = Buffer.from(text);
    this.#writeNumber(bytes.length);
    // One by one: as arguments of one call, those of a long text would overflow the stack.
    for (const byte of bytes) this.bytes.push(byte);
    this.bytes.push(0);
  }

  #writeNumber(value: number): void {
    this.bytes.push(...littleEndian(value));
  }

  #align(to: number): void {
    while (this.bytes.length % to !== 0) this.bytes.push(0);
  }
}

function littleEndian(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

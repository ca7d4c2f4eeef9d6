import { decodeValues } from "./decode-values.ts";
import { encodeValues } from "./encode-values.ts";
import type { BusValue, Variant } from "./bus-value.ts";

/** A call of a method of an object that somebody offers on the bus. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly values?: readonly BusValue[];
  /** The signature that the answer must have; any, unless given. */
  readonly returns?: string;
}

export interface BusMessage {
  readonly kind: "call" | "answer" | "error" | "signal";
  readonly replyTo: number | undefined;
  readonly path: string | undefined;
  readonly member: string | undefined;
  readonly errorName: string | undefined;
  /** Filled in by the bus: a peer cannot pretend to be another. */
  readonly sender: string | undefined;
  readonly signature: string;
  /** Read when somebody wants them: what nobody asked for may hold anything. @throws RangeError */
  readonly values: () => readonly BusValue[];
}

const HEADER = "yyyyuua(yv)";
const FIXED_LENGTH = 16;
const KINDS = [undefined, "call", "answer", "error", "signal"] as const;
const FIELD = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  sender: 7,
  signature: 8,
};

export function encodeCall(call: BusCall, serial: number): Buffer {
  const { signature = "", values = [] } = call;
  const body = encodeValues(signature, values);
  const fields: BusValue[] = [
    [FIELD.path, { signature: "o", value: call.path }],
    [FIELD.destination, { signature: "s", value: call.destination }],
    [FIELD.interface, { signature: "s", value: call.interface }],
    [FIELD.member, { signature: "s", value: call.member }],
  ];
  if (signature) fields.push([FIELD.signature, { signature: "g", value: signature }]);
  const header = encodeValues(HEADER, ["l".charCodeAt(0), 1, 0, 1, body.length, serial, fields]);
  return Buffer.concat([header, Buffer.alloc(padding(header.length)), body]);
}

/**
 * The length of the message that begins here, or `undefined` until enough of it has come.
 * @throws RangeError for one that is too long.
 */
export function messageLength(bytes: Buffer, longest: number): number | undefined {
  if (bytes.length < FIXED_LENGTH) return undefined;
  const at = (offset: number): number =>
    isLittleEndian(bytes) ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
  const headerLength = FIXED_LENGTH + at(12);
  const length = headerLength + padding(headerLength) + at(4);
  if (length > longest) throw new RangeError("A D-Bus message is too long");
  return bytes.length < length ? undefined : length;
}

/** @throws RangeError for what is no D-Bus message. */
export function decodeMessage(bytes: Buffer): BusMessage {
  const littleEndian = isLittleEndian(bytes);
  const header = decodeValues(HEADER, bytes, littleEndian);
  const fields = new Map(header[6] as readonly (readonly [number, Variant])[]);
  const text = (field: number): string | undefined => fields.get(field)?.value as string | undefined;
  const kind = KINDS[header[1] as number];
  if (!kind) throw new RangeError("A D-Bus message is of an unknown kind");
  const body = bytes.subarray(bytes.length - (header[4] as number));
  const signature = text(FIELD.signature) ?? "";
  return {
    kind,
    replyTo: fields.get(FIELD.replySerial)?.value as number | undefined,
    path: text(FIELD.path),
    member: text(FIELD.member),
    errorName: text(FIELD.errorName),
    sender: text(FIELD.sender),
    signature,
    values: () => decodeValues(signature, body, littleEndian),
  };
}

function isLittleEndian(bytes: Buffer): boolean {
  return bytes.readUInt8() === "l".charCodeAt(0);
}

function padding(length: number): number {
  return (8 - (length % 8)) % 8;
}

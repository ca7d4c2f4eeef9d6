/*
 * Values as D-Bus puts them on the wire (D-Bus Specification, "Marshaling (Wire Format)"), as far as the Secret Service
 * and the sign-in broker need them. A value is described by the signature of its type: y byte, b boolean, u number, s text, o object path,
 * g signature, v variant, a array, (…) struct, {…} entry of a dictionary. An array of bytes is a Uint8Array; structs
 * and entries are arrays.
 */
export type BusValue = number | boolean | string | Uint8Array | Variant | readonly BusValue[];

export interface Variant {
  readonly signature: string;
  readonly value: BusValue;
}

const ALIGNMENT: Readonly<Record<string, number>> = { y: 1, g: 1, v: 1, "(": 8, "{": 8 };

/** The complete types that a signature is made of. */
export function typesOf(signature: string): string[] {
  const types: string[] = [];
  for (let at = 0; at < signature.length; at = endOfType(signature, at)) {
    types.push(signature.slice(at, endOfType(signature, at)));
  }
  return types;
}

export function alignmentOf(type: string): number {
  return ALIGNMENT[type.charAt(0)] ?? 4;
}

/** The types inside the brackets of a struct or dictionary entry. */
export function membersOf(type: string): string[] {
  return typesOf(type.slice(1, -1));
}

function endOfType(signature: string, at: number): number {
  const first = signature.charAt(at);
  if (first === "a") {
    if (at + 1 === signature.length) throw new RangeError("A D-Bus signature has an array of nothing");
    return endOfType(signature, at + 1);
  }
  if (first !== "(" && first !== "{") return at + 1;
  let depth = 0;
  for (let end = at; end < signature.length; end++) {
    if ("({".includes(signature.charAt(end))) depth++;
    if (")}".includes(signature.charAt(end)) && --depth === 0) return end + 1;
  }
  throw new RangeError("A D-Bus signature lacks a bracket");
}

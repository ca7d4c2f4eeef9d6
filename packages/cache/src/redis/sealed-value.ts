import { HEADER_LENGTH, parseHeader, type SealHeader } from "../sealed/sealed-format.ts";
import type { Sealed } from "../sealed/sealed-place.ts";

/*
 * Sealed content as a value of a Redis server: in base64, as not every client has a way to pass bytes.
 */

// In base64 these are the first 63 bytes of the header, nonce and all: no two saves have the same.
export const HEAD_LENGTH = 84;

export function headOf(header: SealHeader): string {
  return header.bytes.toString("base64").slice(0, HEAD_LENGTH);
}

export function valueOf(sealed: readonly Uint8Array[]): string {
  return Buffer.concat(sealed).toString("base64");
}

/** @throws AuthenticationError `cache`: `cache_corrupt`, `cache_version`. */
export function sealedOf(value: string): Sealed & { readonly rest: Buffer } {
  const bytes = Buffer.from(value, "base64");
  return {
    header: parseHeader(bytes),
    rest: bytes.subarray(HEADER_LENGTH),
    identity: value.slice(0, HEAD_LENGTH),
  };
}

import type { DataKey } from "../../src/sealed/data-key.ts";
import { seal } from "../../src/sealed/seal.ts";
import type { SealHeader } from "../../src/sealed/sealed-format.ts";

/** Sealed content as it stands in a file. */
export function sealWhole(
  content: Uint8Array,
  key: DataKey | undefined,
  generation: bigint,
): { readonly header: SealHeader; readonly file: Buffer } {
  const { header, sealed } = seal(content, key, generation);
  return { header, file: Buffer.concat(sealed) };
}

import { LoadOnce } from "@entrada/core/credential";
import type { SealHeader } from "../sealed/sealed-format.ts";
import type { Sealed, SealedPlace } from "../sealed/sealed-place.ts";
import type { FileChanges } from "./file-changes.ts";
import type { FilePlaceParts } from "./file-place-parts.ts";
import { readSealedFile } from "./read-sealed-file.ts";

/** One file on a disk of this machine, shared through a lock of the operating system's and atomic replacement. */
export class FilePlace implements SealedPlace {
  readonly #parts: FilePlaceParts;
  readonly #changes: LoadOnce<FileChanges>;

  constructor(parts: FilePlaceParts) {
    this.#parts = parts;
    this.#changes = new LoadOnce(async () => {
      const { FileChanges } = await import("./changes.ts");
      return new FileChanges(parts);
    });
  }

  load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    return readSealedFile(this.#parts.path().file, known, this.#parts.warn);
  }

  /** Whoever only reads needs no lock, no network, and nothing that writes. */
  changes(): Promise<FileChanges> {
    return this.#changes.get();
  }
}

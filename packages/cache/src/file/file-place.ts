import type { SealHeader } from "../sealed/sealed-format.ts";
import type { Sealed, SealedPlace } from "../sealed/sealed-place.ts";
import type { FileChanges } from "./file-changes.ts";
import type { FilePlaceParts } from "./file-place-parts.ts";
import { readSealedFile } from "./read-sealed-file.ts";

/** One file on a disk of this machine, shared through a lock of the operating system's and atomic replacement. */
export class FilePlace implements SealedPlace {
  readonly #parts: FilePlaceParts;
  #openedChanges: FileChanges | undefined;

  constructor(parts: FilePlaceParts) {
    this.#parts = parts;
  }

  load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    return readSealedFile(this.#parts.path().file, known, this.#parts.warn);
  }

  /** Whoever only reads needs no lock, no network, and nothing that writes. */
  async changes(): Promise<FileChanges> {
    const { FileChanges } = await import("./changes.ts");
    return (this.#openedChanges ??= new FileChanges(this.#parts));
  }
}

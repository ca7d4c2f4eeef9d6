import type { ProcessLock } from "../lock/process-lock.ts";
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

  async lock(): Promise<ProcessLock> {
    return (await this.#changes()).lock();
  }

  /** Held by the process that asks a person to sign in. */
  async promptLock(key: string): Promise<ProcessLock> {
    const { createHash } = process.getBuiltinModule("node:crypto");
    return (await this.#changes()).lock(
      `.prompt-${createHash("sha256").update(key).digest("hex").slice(0, 16)}`,
    );
  }

  load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    return readSealedFile(this.#parts.path().file, known, this.#parts.warn);
  }

  async replace(
    sealed: readonly Uint8Array[],
    _header: SealHeader,
    replaced: string | undefined,
  ): Promise<string> {
    return (await this.#changes()).replace(sealed, replaced);
  }

  async putAside(): Promise<void> {
    return (await this.#changes()).putAside();
  }

  async remove(): Promise<void> {
    return (await this.#changes()).remove();
  }

  /** Whoever only reads needs no lock, no network, and nothing that writes. */
  async #changes(): Promise<FileChanges> {
    const { FileChanges } = await import("./changes.ts");
    return (this.#openedChanges ??= new FileChanges(this.#parts));
  }
}

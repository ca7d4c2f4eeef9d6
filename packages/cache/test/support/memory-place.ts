import type { DataKey } from "../../src/sealed/data-key.ts";
import type { KeptKeys } from "../../src/sealed/content-keys.ts";
import { HEADER_LENGTH, parseHeader, type SealHeader } from "../../src/sealed/sealed-format.ts";
import type { ChangeablePlace, Sealed, SealedPlace } from "../../src/sealed/sealed-place.ts";
import type { ProcessLock } from "../../src/lock/process-lock.ts";
import { cacheError } from "../../src/cache-error.ts";

/** Where sealed content lies in memory: what several caches share as processes share a file. */
export class MemoryPlace implements SealedPlace, ChangeablePlace {
  /** All of it, header and seal among it. */
  content: Buffer | undefined;
  /** What was moved out of the way. */
  readonly aside: Buffer[] = [];
  /** Thrown by the call of this name. */
  readonly failures: Partial<Record<"lock" | "load" | "replace" | "putAside", Error>> = {};
  /** Waited for by the calls of this name, before they do anything. */
  readonly gates: Partial<Record<"load" | "replace", Promise<unknown>>> = {};
  isHeld = false;
  /** How often the whole of it was read, and not its header alone. */
  wholeReads = 0;
  #version = 0;

  changes(): Promise<ChangeablePlace> {
    return Promise.resolve(this);
  }

  lock(): Promise<ProcessLock> {
    if (this.failures.lock) return Promise.reject(this.failures.lock);
    return Promise.resolve({
      tryAcquire: () => {
        if (this.isHeld) return Promise.resolve(undefined);
        this.isHeld = true;
        return Promise.resolve({ release: () => Promise.resolve(void (this.isHeld = false)) });
      },
    });
  }

  async load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    await this.gates.load;
    if (this.failures.load) throw this.failures.load;
    const { content } = this;
    if (!content) return undefined;
    const header = parseHeader(content);
    if (known?.bytes.equals(header.bytes)) return { header, rest: undefined, identity: this.#identity };
    this.wholeReads += 1;
    return { header, rest: content.subarray(HEADER_LENGTH), identity: this.#identity };
  }

  async replace(sealed: readonly Uint8Array[], replaced: string | undefined): Promise<string> {
    await this.gates.replace;
    if (this.failures.replace) throw this.failures.replace;
    const there = this.content && this.#identity;
    if (there !== replaced) throw cacheError("cache_locked", "Something else is there", "Try again");
    return this.put(Buffer.concat(sealed));
  }

  putAside(): Promise<void> {
    if (this.failures.putAside) return Promise.reject(this.failures.putAside);
    this.aside.push(this.content!);
    this.content = undefined;
    return Promise.resolve();
  }

  remove(): Promise<void> {
    this.content = undefined;
    this.aside.length = 0;
    return Promise.resolve();
  }

  /** What somebody puts there whom the lock does not reach. */
  put(content: Buffer): string {
    this.content = content;
    this.#version += 1;
    return this.#identity;
  }

  get #identity(): string {
    return `version ${this.#version}`;
  }
}

/** Keys of content that are all one, and are asked for. */
export class OneKey implements KeptKeys {
  key: DataKey | undefined;
  /** Thrown by the call of this name. */
  readonly failures: Partial<Record<"toOpen" | "toSeal", Error>> = {};
  readonly asked: [call: "toOpen" | "toSeal", present: SealHeader | undefined][] = [];
  destroyed = 0;

  constructor(key: DataKey | undefined) {
    this.key = key;
  }

  toOpen(present: SealHeader | undefined): Promise<DataKey | undefined> {
    return this.#answer("toOpen", present);
  }

  toSeal(present: SealHeader | undefined): Promise<DataKey | undefined> {
    return this.#answer("toSeal", present);
  }

  isKept(): Promise<boolean> {
    return Promise.resolve(this.key !== undefined);
  }

  destroy(): Promise<void> {
    this.destroyed += 1;
    return Promise.resolve();
  }

  #answer(call: "toOpen" | "toSeal", present: SealHeader | undefined): Promise<DataKey | undefined> {
    this.asked.push([call, present]);
    const failure = this.failures[call];
    if (failure) return Promise.reject(failure);
    const isPlain = call === "toOpen" && present !== undefined && present.keyId === undefined;
    return Promise.resolve(isPlain ? undefined : this.key);
  }
}

/** Loads a part at the first call, once for all who ask, and anew after a load that failed. */
export class LoadOnce<T> {
  readonly #load: () => Promise<T>;
  #present: Promise<T> | undefined;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** The part if somebody has asked for it, loaded or on its way. */
  get present(): Promise<T> | undefined {
    return this.#present;
  }

  /** The part, loaded if nobody has asked for it before. */
  get(): Promise<T> {
    this.#present ??= this.#load().catch((error: unknown) => {
      this.#present = undefined;
      throw error;
    });
    return this.#present;
  }
}

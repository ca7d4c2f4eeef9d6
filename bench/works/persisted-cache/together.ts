/** Lets programs do something at once: each says when it is ready, and goes when all are. */
export class Together {
  readonly #all: number;
  readonly #go = Promise.withResolvers<void>();
  #ready = 0;

  constructor(all: number) {
    this.#all = all;
  }

  get go(): Promise<void> {
    return this.#go.promise;
  }

  ready(): void {
    this.#ready += 1;
    if (this.#ready === this.#all) this.#go.resolve();
  }
}

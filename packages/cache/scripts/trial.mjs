// For torture.mjs: see there.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persistentTokenCache } from "../dist/index.mjs";

// No lock is waited for that long. A machine that has much else to do takes seconds for a save of milliseconds.
const STUCK_IN_MS = 60_000;
const KEY = `entrada:1:${Buffer.alloc(48, 7).toString("base64")}`;

/** A folder with a cache in it, what was acknowledged, and what went wrong. */
export class Trial {
  directory = mkdtempSync(join(tmpdir(), "entrada-torture-"));
  refused = 0;
  #acknowledged = new Map();
  #figures = { saves: 0, broken: 0, lost: 0, stuck: 0, slowestInMs: 0 };
  #caches;

  constructor() {
    this.openAnew();
  }

  /** Two who do not know of each other, as two processes. */
  openAnew() {
    const keyStore = () => ({ read: async () => KEY, write: async () => {}, remove: async () => {} });
    const open = () =>
      persistentTokenCache({ name: "test", directory: this.directory, keyStore, onWarning: () => {} });
    this.#caches = [open(), open()];
  }

  async save(key, by = 0) {
    const value = `${++this.#figures.saves} ${"x".repeat(3000)}`;
    const error = await this.#timed(() =>
      this.#caches[by].withLock(key, async () => {
        await this.#caches[by].read(key);
        await this.#caches[by].write(key, Buffer.from(value), value.slice(0, 10));
      }),
    );
    if (!error) this.#acknowledged.set(key, value);
    else if (error.detail === "cache_unwritable") this.refused++;
    else this.#wrong(error);
  }

  async remove(key) {
    const error = await this.#timed(() => this.#caches[0].remove(key));
    if (!error) this.#acknowledged.delete(key);
    else this.#wrong(error);
  }

  async check(key, by = 0) {
    let read;
    const error = await this.#timed(async () => void (read = await this.#caches[by].read(key)));
    if (error) this.#wrong(error);
    const expected = this.#acknowledged.get(key);
    if ((read && Buffer.from(read).toString()) !== expected) this.#figures.lost++;
  }

  /** Looks for all that was acknowledged, in a process's place that has seen nothing of it. */
  async count() {
    this.openAnew();
    for (const key of this.#acknowledged.keys()) await this.check(key);
    let listed = [];
    const error = await this.#timed(async () => void (listed = await this.#caches[1].list()));
    if (error) this.#wrong(error);
    const names = new Set(listed.map(({ key }) => key));
    for (const key of this.#acknowledged.keys()) if (!names.has(key)) this.#figures.lost++;
    this.#figures.broken += this.names().filter((name) => name.includes(".corrupt-")).length;
    return { ...this.#figures, refused: this.refused, accounts: this.#acknowledged.size };
  }

  async finish() {
    const figures = await this.count();
    this.end();
    return figures;
  }

  end() {
    rmSync(this.directory, { recursive: true });
  }

  names() {
    return readdirSync(this.directory, { recursive: true });
  }

  #wrong(error) {
    if (error.detail === "cache_locked") this.#figures.stuck++;
    else this.#figures.broken++;
    console.error(error.message);
  }

  async #timed(work) {
    const startedAt = performance.now();
    const error = await work().then(
      () => undefined,
      (failure) => failure,
    );
    const tookInMs = Math.round(performance.now() - startedAt);
    this.#figures.slowestInMs = Math.max(this.#figures.slowestInMs, tookInMs);
    if (tookInMs > STUCK_IN_MS) this.#figures.stuck++;
    return error;
  }
}

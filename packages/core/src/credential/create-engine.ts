import type { Engine } from "../engine/engine.ts";
import type { CreateEngineOptions } from "./create-engine-options.ts";
import { LazyEngine } from "./lazy-engine.ts";

/** Puts a credential together: settings go down once, here. Does no I/O, and loads nothing before the first call. */
export function createEngine(options: CreateEngineOptions): Engine {
  return new LazyEngine(async (become) => {
    const store = options.isServedFromCache ? options.settings.tokenCache : undefined;
    if (!store) return (await import("./open-engine.ts")).openEngine(options);
    return new (await import("./cached-engine.ts")).CachedEngine(options, store, become);
  });
}

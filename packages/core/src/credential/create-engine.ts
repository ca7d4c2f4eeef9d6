import type { Engine } from "../engine/engine.ts";
import { LoadOnce } from "../load-once.ts";
import type { CreateEngineOptions } from "./create-engine-options.ts";
import { LazyEngine } from "./lazy-engine.ts";

/** Puts a credential together: settings go down once, here. Does no I/O, and loads nothing before the first call. */
export function createEngine(options: CreateEngineOptions): Engine {
  const { createFlow, settings, isServedFromCache = false } = options;
  const looked = new LoadOnce(async () => {
    const { CachedTokens } = await import("./cached-tokens.ts");
    return new CachedTokens(options);
  });
  const open = async (): Promise<Engine> => {
    const [{ openEngine }, { state }] = await Promise.all([import("./open-engine.ts"), looked.get()]);
    return openEngine({ createFlow }, state);
  };
  if (!isServedFromCache || settings.tokenCache === undefined) return new LazyEngine(open);
  return new LazyEngine(open, async (...call) => (await looked.get()).find(...call));
}

/** Something that does not fail a call but that somebody should know. */
export interface CacheWarning {
  /** A stable snake_case word. */
  readonly code: "cache_corrupt" | "cache_key_permissions" | "cache_permissions" | "cache_plain";
  readonly message: string;
  readonly error?: Error;
}

export type WarningListener = (warning: CacheWarning) => void;

/** The Node way: `process.on("warning")` sees it, and by default it is one line on stderr. */
export const emitProcessWarning: WarningListener = ({ code, message }) => {
  process.emitWarning(message, { type: "EntradaWarning", code });
};

/** The warnings of one cache: its owner is told each code once, and who uses it just now is told each time. */
export class CacheWarnings {
  readonly #owner: WarningListener;
  readonly #said = new Set<string>();
  readonly #watching = new Set<WarningListener>();

  constructor(owner: WarningListener) {
    this.#owner = owner;
  }

  readonly warn: WarningListener = (warning) => {
    for (const listener of this.#watching) void tell(listener, warning);
    if (this.#said.has(warning.code)) return;
    this.#said.add(warning.code);
    void tell(this.#owner, warning);
  };

  /** See `TokenCacheStore.watchWarnings`. */
  readonly watch = (listener: WarningListener): (() => void) => {
    // A listener of its own for each call: who watches twice ends each alone.
    const own: WarningListener = (warning) => listener(warning);
    this.#watching.add(own);
    return () => void this.#watching.delete(own);
  };
}

/** Who cannot hear it stops nothing. */
async function tell(listener: (warning: CacheWarning) => unknown, warning: CacheWarning): Promise<void> {
  try {
    // Typed as returning nothing, but an async function fits the type, too.
    await listener(warning);
  } catch {
    emitProcessWarning(warning);
  }
}

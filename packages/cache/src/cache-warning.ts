/** Something that does not fail a call but that somebody should know. */
export interface CacheWarning {
  /** A stable snake_case word. */
  readonly code: "cache_corrupt" | "cache_permissions" | "cache_plain";
  readonly message: string;
  readonly error?: Error;
}

export type WarningListener = (warning: CacheWarning) => void;

/** The Node way: `process.on("warning")` sees it, and by default it is one line on stderr. */
export const emitProcessWarning: WarningListener = ({ code, message }) => {
  process.emitWarning(message, { type: "EntradaWarning", code });
};

/** Passes each code on once. */
export function warnOnce(listener: WarningListener): WarningListener {
  const said = new Set<string>();
  return (warning) => {
    if (said.has(warning.code)) return;
    said.add(warning.code);
    listener(warning);
  };
}

type Code = "ERR_INVALID_ARG_TYPE" | "ERR_INVALID_ARG_VALUE";

/** How a wrong input is refused: always by a TypeError whose message names the option. */
export interface ExpectedRefusal {
  readonly code: Code;
  /** Absent: the error has none, since name and value say it all. */
  readonly detail?: string;
}

const UNSUITABLE: ExpectedRefusal = { code: "ERR_INVALID_ARG_VALUE" };

/** What could be right by its kind, but is not: texts and numbers. */
export const unsuitable = (): ExpectedRefusal => UNSUITABLE;

/** A value that is wrong as a whole. */
export function whole(value: unknown): ExpectedRefusal {
  return ["string", "number"].includes(typeof value) ? UNSUITABLE : { code: "ERR_INVALID_ARG_TYPE" };
}

/** A list, of which the last item is the wrong one. */
export function listed(value: unknown): ExpectedRefusal {
  return whole(Array.isArray(value) ? value.at(-1) : value);
}

/** Always the same word, whatever the value is. */
export function worded(detail: string): () => ExpectedRefusal {
  return () => ({ ...UNSUITABLE, detail });
}

const LONGEST = 1024;

/** Whether this is a text of at most 1024 characters (UTF-16 code units) without control characters. */
export function isShortText(value: unknown): value is string {
  // The control characters one by one: for \p{Cc} V8 builds Unicode's tables as soon as it reads the source, which
  // takes longer than all the rest of an import.
  return typeof value === "string" && value.length <= LONGEST && !/[\u0000-\u001f\u007f-\u009f]/.test(value);
}

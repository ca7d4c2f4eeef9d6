/**
 * What our own packages import of each other and nobody else does: it may change with any version, so it has no report
 * and no page of the reference.
 */
export const INTERNAL_ENTRIES: ReadonlySet<string> = new Set([
  "@entrada/core/aadsts",
  "@entrada/core/challenge",
  "@entrada/core/dbus",
  "@entrada/core/foreign-options",
  "@entrada/core/http",
  "@entrada/core/parts",
  "@entrada/core/surroundings",
]);

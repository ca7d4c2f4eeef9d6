// The names that people bring from other libraries: for our own packages, and for a name that is refused.
export { foreignOptions, type ForeignOptions } from "./errors/foreign-options-table.ts";
export { hintFor } from "./errors/option-hint.ts";

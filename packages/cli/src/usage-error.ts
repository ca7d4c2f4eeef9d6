/** Something that the person wrote, on the command line or in the profiles, cannot be used. The message says what to write. */
export class UsageError extends Error {
  override name = "UsageError";
}

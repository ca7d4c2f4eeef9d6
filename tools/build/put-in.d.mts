/** Written by hand, for those who read the list in TypeScript. */
export function putIn(manifest: {
  readonly scripts?: Readonly<Record<string, string>> | undefined;
}): readonly string[];

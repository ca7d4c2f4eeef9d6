/** Written by hand, for those who read the list in TypeScript. */
export function publishedDeclarations(manifest: { readonly exports?: unknown }): {
  readonly files: readonly string[];
};

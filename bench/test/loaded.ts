/** What a program of `test/programs` has loaded. */
export interface Loaded {
  readonly files: readonly string[];
  /** Parts of Node that a bare one has not loaded, as `process.moduleLoadList` has them. */
  readonly builtins: readonly string[];
}

/** The files of packages that are not ours: ours are links into this repository. */
export function foreign({ files }: Loaded): readonly string[] {
  return files.filter((file) => file.includes("/node_modules/"));
}

/** Which of these parts of Node were loaded. */
export function builtinsOf({ builtins }: Loaded, ...names: readonly string[]): readonly string[] {
  return names.filter((name) => builtins.includes(`NativeModule ${name}`));
}

/** What a block of the documentation has to do when a reader runs it. */
export interface ExpectedRun {
  /** The lines on standard output. Default: none. */
  readonly prints?: readonly (string | RegExp)[];
  /** The lines on standard error. Default: none. */
  readonly says?: readonly (string | RegExp)[];
  /** Ends with exit code 1, after saying this on standard error. Default: ends with 0. */
  readonly fails?: RegExp;
  /**
   * How the reader signs in, exactly once. Default: in the browser. `declined` there; `never`: nobody is asked.
   * `by itself`: it starts an authority of its own, and needs no other.
   */
  readonly signIn?: "browser" | "device code" | "declined" | "never" | "by itself";
  /** Whether there is a browser. Default: there is. */
  readonly hasBrowser?: false;
  /**
   * Keeps the sign-in under a key of the keyring: when it is run again nobody is asked. Where no
   * keyring is installed it fails, before anybody is asked.
   */
  readonly keeps?: true;
  /** A port that it wants for itself. Where another program has it, it fails, before anybody is asked. */
  readonly port?: number;
  /** A program of the reader's own, which uses what the block exports: `BLOCK` stands for its module. */
  readonly use?: string;
}

/** By the names of the blocks; several for a block that the reader runs in several situations. */
export type ExpectedRuns = Readonly<Record<string, ExpectedRun | readonly ExpectedRun[]>>;

export const SUBSCRIPTIONS: readonly string[] = ["Production", "Development"];
export const CONTAINERS: readonly string[] = ["backups", "invoices", "photos"];
/** What a device code is told with, where the program does not tell it itself. */
export const TELLS_CODE: readonly RegExp[] = [
  /^To sign in, open$/,
  /^https:\S+\/devicelogin$/,
  /^and enter the code$/,
  /^$/,
  /^[A-Z0-9]{9}$/,
  /^$/,
  /^Do so only if you started this sign-in yourself\.$/,
  /^The code works until \d\d:\d\d \(\d+ minutes\)\.$/,
  /^Signed in as \S+\.$/,
];
/** What the authority says of a code, for a program that tells it itself. */
export const MESSAGE_OF_CODE: RegExp =
  /^To sign in, open the page https:\S+\/devicelogin in a web browser and enter the code [A-Z0-9]{9}\.$/;

// Programs whose documentation says which exit codes mean that nothing was opened. Whatever else ends with a code, a
// browser or a script of somebody's own, may have opened the page all the same.
const FAILURES: ReadonlyMap<string, readonly number[]> = new Map([
  // xdg-utils: error in the arguments, file not found, a needed tool is missing, the action failed.
  ["xdg-open", [1, 2, 3, 4]],
  ["gio", [1, 2]],
  ["exo-open", [1]],
  // Launch Services found nothing to open it with.
  ["open", [1]],
]);

/** Whether this exit code of this opener says that it opened nothing. */
export function provesFailure(name: string, code: number | null): boolean {
  const program = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  return code !== null && FAILURES.get(program)?.includes(code) === true;
}

/**
 * The packages that a package's build puts in, from its script: what they need is needed at run time, and what is theirs
 * is shipped, though it is installed for the build alone.
 * @param {{ readonly scripts?: Readonly<Record<string, string>> }} manifest
 * @returns {readonly string[]}
 */
export function putIn({ scripts = {} }) {
  return [...(scripts.build ?? "").matchAll(/--within (\S+)/g)].map(([, name]) => name);
}

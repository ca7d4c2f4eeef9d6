/**
 * The packages that a package's build puts in, from its script: what they need is needed at run time, and what is theirs
 * is shipped, though it is installed for the build alone. What is installed beside the package in any case is left out.
 * @param {{
 *   readonly scripts?: Readonly<Record<string, string>>,
 *   readonly dependencies?: Readonly<Record<string, string>>,
 * }} manifest
 * @returns {readonly string[]}
 */
export function putIn({ scripts = {}, dependencies = {} }) {
  const named = [...(scripts.build ?? "").matchAll(/--within (\S+)/g)].map(([, name]) => packageOf(name));
  return [...new Set(named)].filter((name) => !Object.hasOwn(dependencies, name));
}

/** The package of what is imported of it. */
function packageOf(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

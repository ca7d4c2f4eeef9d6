/** Which requests a route is for. */
export interface RoutePattern {
  readonly methods: readonly string[];
  /** Its parts that begin with a colon stand for any text, or for the one behind an equals sign. */
  readonly path: string;
}

/** The values of a route's `:names` in a path, or undefined where it does not fit. */
export function match(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    const [name, only] = part.startsWith(":") ? part.slice(1).split("=") : [undefined, part];
    if (only !== undefined && only.toLowerCase() !== value.toLowerCase()) return undefined;
    if (name !== undefined && value === "") return undefined;
    if (name !== undefined) params[name] = decode(value);
  }
  return params;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A broken escape is left as it is: it names no tenant and is refused as such.
    return value;
  }
}

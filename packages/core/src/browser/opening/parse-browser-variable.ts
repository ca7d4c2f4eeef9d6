/** A command to run with a URL: a program, found on PATH or given by path, and its arguments with `%s` for the URL. */
export interface BrowserCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Reads the environment variable BROWSER: commands parted by the platform's path separator, each a program with
 * arguments. Quotes group words; no shell ever sees it, so nothing else has a meaning.
 */
export function parseBrowserVariable(text: string, separator: string): readonly BrowserCommand[] {
  return splitOutsideQuotes(text, (character) => character === separator)
    .map((command) => splitOutsideQuotes(command, (character) => /\s/.test(character)).map(unquote))
    .flatMap(([program, ...args]) => (program ? [{ program, args }] : []));
}

/** The arguments for one URL: `%s` is the URL and `%%` a percent sign; without `%s` the URL comes last. */
export function argumentsFor(command: BrowserCommand, url: string): readonly string[] {
  const takesUrl = command.args.some((argument) => /%s/.test(argument.replaceAll("%%", "")));
  // A function as replacement: "$&" and the like in the URL mean nothing.
  const filled = command.args.map((argument) =>
    argument.replaceAll(/%[s%]/g, (mark) => (mark === "%s" ? url : "%")),
  );
  return takesUrl ? filled : [...filled, url];
}

function splitOutsideQuotes(text: string, isSeparator: (character: string) => boolean): string[] {
  const parts: string[] = [];
  let part = "";
  let quote = "";
  for (const character of text) {
    if (quote === "" && isSeparator(character)) {
      if (part !== "") parts.push(part);
      part = "";
      continue;
    }
    if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = "";
    part += character;
  }
  return part === "" ? parts : [...parts, part];
}

function unquote(word: string): string {
  return word.replaceAll(
    /"([^"]*)"|'([^']*)'/g,
    (_, double?: string, single?: string) => double ?? single ?? "",
  );
}

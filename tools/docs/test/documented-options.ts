import ts from "typescript";
import { typesOf } from "./public-members.ts";

/** An option as its declaration has it. */
export interface DocumentedOption {
  readonly name: string;
  /** The text of its `@defaultValue`. */
  readonly defaultValue: string | undefined;
}

/**
 * The options of a type, inherited ones included, with the defaults that their docstrings promise.
 * @param installedIn - the package of this repository, from its root, that can import the type
 * @param type - as TypeScript has it: `import("@entrada/core").InteractiveBrowserCredentialOptions`
 */
export function documentedOptions(installedIn: string, type: string): readonly DocumentedOption[] {
  const { checker, asked } = typesOf(installedIn, [type]);
  return asked
    .flatMap((each) => checker.getPropertiesOfType(each))
    .map((member) => ({
      name: member.getName(),
      defaultValue: ts.displayPartsToString(
        member.getJsDocTags(checker).find(({ name }) => name === "defaultValue")?.text,
      ),
    }));
}

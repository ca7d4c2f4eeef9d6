import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../src/site-folders.ts";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  types: ["node"],
};

/**
 * The members of types as their published declarations have them, inherited ones included, without what these mark as
 * private, internal or deprecated.
 * @param installedIn - the package of this repository, from its root, whose installed versions are asked
 * @param types - as TypeScript has them: `import("@azure/identity").DeviceCodeCredentialOptions`
 * @throws Error where the declarations do not have a type
 */
export function publicMembers(
  installedIn: string,
  types: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const { checker, asked } = typesOf(installedIn, types);
  return new Map(
    asked.map((type, at) => {
      const members = checker.getPropertiesOfType(type);
      return [
        types[at] ?? "",
        members.filter((member) => !isWithheld(member)).map((member) => member.getName()),
      ];
    }),
  );
}

/** Types as the compiler has read them, and the checker that knows more of them. */
export function typesOf(
  installedIn: string,
  types: readonly string[],
): { readonly checker: ts.TypeChecker; readonly asked: readonly ts.Type[] } {
  const path = join(ROOT, installedIn, "asked.ts");
  const program = ts.createProgram(
    [path],
    OPTIONS,
    hostWith(path, `export type Asked = [${types.join(", ")}];\n`),
  );
  const source = program.getSourceFile(path);
  const problem = program.getSemanticDiagnostics(source)[0];
  if (problem !== undefined) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, "\n"));

  const asked = source?.statements.find(ts.isTypeAliasDeclaration)?.type;
  if (asked === undefined || !ts.isTupleTypeNode(asked)) throw new Error("The types cannot be read");
  const checker = program.getTypeChecker();
  return { checker, asked: asked.elements.map((element) => checker.getTypeFromTypeNode(element)) };
}

/** The files of this machine, and one that is not there. */
function hostWith(path: string, text: string): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  return {
    ...host,
    fileExists: (name) => name === path || host.fileExists(name),
    getSourceFile: (name, ...rest) =>
      name === path
        ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023)
        : host.getSourceFile(name, ...rest),
  };
}

function isWithheld(member: ts.Symbol): boolean {
  const tags = member.getJsDocTags().map(({ name }) => name);
  const modifiers = (member.declarations ?? []).map((declaration) =>
    ts.getCombinedModifierFlags(declaration),
  );
  const isPrivate = modifiers.some(
    (flags) => (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0,
  );
  return isPrivate || ["internal", "hidden", "deprecated"].some((tag) => tags.includes(tag));
}

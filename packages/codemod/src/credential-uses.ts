import type { Origin } from "./module-origins.ts";
import { BROWSER, DEVICE_CODE } from "./moves.ts";
import { referencesTo } from "./names-in-module.ts";
import { blockOf, contains, type Node, type NodeOf, type SourceModule } from "./source-module.ts";

/** A place where a credential is made. */
export interface CredentialUse {
  /** Its name in `@azure/identity`. */
  readonly name: string;
  readonly node: NodeOf<"NewExpression">;
  readonly callee: Node;
  /** The literal that has its options, be it in the call or in a constant that nothing else uses. */
  readonly options: NodeOf<"ObjectExpression"> | undefined;
  /** The type that is written at that constant. */
  readonly annotation: Node | undefined;
  /** Its options come, in part or as a whole, from where they cannot be seen. */
  readonly opaque: boolean;
}

/** The classes that extend an interactive credential of an import. */
export function subclassesOf(module: SourceModule, origin: Origin): readonly Node[] {
  return [BROWSER, DEVICE_CODE].flatMap((name) =>
    calleesOf(module, origin, name).flatMap((reference) => {
      const node = module.parentOf(reference);
      const isClass = node?.type === "ClassDeclaration" || node?.type === "ClassExpression";
      return isClass && node.superClass === reference ? node : [];
    }),
  );
}

/** The places where the interactive credentials of an import are made. */
export function credentialsOf(module: SourceModule, origin: Origin): readonly CredentialUse[] {
  return [BROWSER, DEVICE_CODE].flatMap((name) =>
    calleesOf(module, origin, name).flatMap((callee) => {
      const node = module.parentOf(callee);
      if (node?.type !== "NewExpression" || node.callee !== callee) return [];
      return { name, node, callee, ...optionsOf(module, node) };
    }),
  );
}

/** The places that name the class, where the import of `origin` is known. */
function calleesOf(module: SourceModule, origin: Origin, name: string): readonly Node[] {
  const block = blockOf(module, origin.statement);
  return namesOf(module, origin, name).filter((node) => block === undefined || contains(block, node));
}

function namesOf(module: SourceModule, origin: Origin, name: string): readonly Node[] {
  if (origin.kind === "namespace") {
    return (referencesTo(module, origin.local) ?? []).flatMap((reference) => {
      const member = module.parentOf(reference);
      const isIt =
        member?.type === "MemberExpression" &&
        member.property.type === "Identifier" &&
        member.property.name === name;
      return isIt ? member : [];
    });
  }
  if (origin.kind === "member") {
    if (origin.how === "type" || origin.name.name !== name) return [];
    const named = origin.local === undefined ? [] : referencesTo(module, origin.local);
    return [origin.statement, ...(named ?? [])];
  }
  if (origin.kind !== "import" && origin.kind !== "require" && origin.kind !== "await-import") return [];
  // A type makes nothing; the value of that name comes from another import.
  if (origin.typeOnly) return [];
  return origin.names
    .filter(({ imported, typeOnly }) => imported === name && !typeOnly)
    .flatMap(({ local }) => referencesTo(module, local) ?? []);
}

function optionsOf(
  module: SourceModule,
  { arguments: [argument] }: NodeOf<"NewExpression">,
): Pick<CredentialUse, "options" | "annotation" | "opaque"> {
  const none = { options: undefined, annotation: undefined, opaque: false };
  if (argument === undefined) return none;
  const direct = literalIn(argument);
  if (direct !== undefined) return { ...none, options: direct, opaque: hasSpread(direct) };
  if (argument.type !== "Identifier") return { ...none, opaque: true };
  const constant = constantOf(module, argument.name);
  const options = constant?.init ? literalIn(constant.init) : undefined;
  if (constant === undefined || options === undefined) return { ...none, opaque: true };
  return { options, annotation: annotationOf(constant), opaque: hasSpread(options) };
}

/** `const name = …` when there is one such declaration, and one use. */
function constantOf(module: SourceModule, name: string): NodeOf<"VariableDeclarator"> | undefined {
  const mentions = module.nodes.filter(
    (node): node is NodeOf<"Identifier"> => node.type === "Identifier" && node.name === name,
  );
  const declarations = mentions.flatMap((mention) => {
    const parent = module.parentOf(mention);
    return parent?.type === "VariableDeclarator" && parent.id === mention ? parent : [];
  });
  return mentions.length === 2 && declarations.length === 1 ? declarations[0] : undefined;
}

function annotationOf({ id }: NodeOf<"VariableDeclarator">): Node | undefined {
  const annotation = id.type === "Identifier" ? id.typeAnnotation?.typeAnnotation : undefined;
  return annotation?.type === "TSTypeReference" ? annotation.typeName : undefined;
}

function literalIn(node: Node): NodeOf<"ObjectExpression"> | undefined {
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression")
    return literalIn(node.expression);
  return node.type === "ObjectExpression" ? node : undefined;
}

function hasSpread({ properties }: NodeOf<"ObjectExpression">): boolean {
  return properties.some(({ type }) => type === "SpreadElement");
}

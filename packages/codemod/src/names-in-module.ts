import { nodesOf, type Node, type NodeOf, type SourceModule } from "./source-module.ts";

type Identifier = NodeOf<"Identifier">;

/** The places where a module uses a name that it imports; `undefined` when it also declares that name itself. */
export function referencesTo(module: SourceModule, name: string): readonly Identifier[] | undefined {
  const mentions = nodesOf(module, "Identifier").filter(
    (identifier) => identifier.name === name && !isOnlyALabel(module, identifier),
  );
  const references = mentions.filter((identifier) => !isImported(module, identifier));
  return references.some((identifier) => isDeclared(module, identifier)) ? undefined : references;
}

/** Whether the module has this name for anything. */
export function isTaken(module: SourceModule, name: string): boolean {
  return nodesOf(module, "Identifier").some(
    (identifier) => identifier.name === name && !isOnlyALabel(module, identifier),
  );
}

/** Whether the shorthand `{ name }` stands here, so that a new name must be written `{ name: other }`. */
export function isShorthand(module: SourceModule, identifier: Node): boolean {
  const parent = module.parentOf(identifier);
  return parent?.type === "Property" && parent.shorthand;
}

/** A name after a dot, before a colon, or in the braces of an import or export: it refers to nothing here. */
function isOnlyALabel(module: SourceModule, node: Node): boolean {
  const parent = module.parentOf(node);
  switch (parent?.type) {
    case "MemberExpression":
      return parent.property === node && !parent.computed;
    case "TSQualifiedName":
      return parent.right === node;
    case "TSImportType":
      return true;
    case "Property":
    case "PropertyDefinition":
    case "MethodDefinition":
    case "TSPropertySignature":
    case "TSMethodSignature":
    case "TSEnumMember":
      return keyOf(parent) === node && !isShorthand(module, node) && !isComputed(parent);
    case "ImportSpecifier":
      return parent.imported === node && parent.local !== node && !samePlace(parent.local, node);
    case "ExportSpecifier": {
      const declaration = module.parentOf(parent);
      const again = declaration?.type === "ExportNamedDeclaration" && declaration.source !== null;
      return again || (parent.exported === node && !samePlace(parent.local, node));
    }
    default:
      return false;
  }
}

function isImported(module: SourceModule, node: Node): boolean {
  const parent = module.parentOf(node);
  if (parent === undefined) return false;
  if (/^Import(Default|Namespace)?Specifier$/.test(parent.type)) return true;
  return parent.type === "TSImportEqualsDeclaration" || isLoadedHere(module, node);
}

/** `const { Name } = require(…)` and its like declare what they import. */
function isLoadedHere(module: SourceModule, node: Node): boolean {
  let current: Node | undefined = node;
  while (current !== undefined && current.type !== "VariableDeclarator") {
    if (!["Identifier", "Property", "ObjectPattern"].includes(current.type)) return false;
    current = module.parentOf(current);
  }
  if (current?.init === null || current === undefined) return false;
  return within(current.id, node) && /\b(?:require|import)\s*\(/.test(textOf(module, current.init));
}

function isDeclared(module: SourceModule, node: Node): boolean {
  const parent = module.parentOf(node);
  switch (parent?.type) {
    case "VariableDeclarator":
    case "ClassDeclaration":
    case "ClassExpression":
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
    case "TSTypeParameter":
      return isNameOf(parent, node);
    case "ArrowFunctionExpression":
      return parent.body !== node;
    case "CatchClause":
    case "RestElement":
    case "ArrayPattern":
      return true;
    case "AssignmentPattern":
      return parent.left === node;
    case "Property":
      return module.parentOf(parent)?.type === "ObjectPattern" && parent.value === node;
    default:
      return false;
  }
}

function isNameOf(declaration: Node, node: Node): boolean {
  const { id, name, params } = declaration as unknown as Record<string, unknown>;
  return id === node || name === node || (Array.isArray(params) && params.includes(node));
}

function keyOf(node: Node): unknown {
  return (node as unknown as { key?: unknown; id?: unknown }).key ?? (node as { id?: unknown }).id;
}

function isComputed(node: Node): boolean {
  return (node as { computed?: boolean }).computed === true;
}

function samePlace(one: Node, other: Node): boolean {
  return one.start === other.start;
}

function within(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function textOf({ text }: SourceModule, { start, end }: Node): string {
  return text.slice(start, end);
}

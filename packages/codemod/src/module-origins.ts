import { nodesOf, type Node, type NodeOf, type SourceModule } from "./source-module.ts";

/** One name in the braces of an import, an export or a destructuring. */
export interface ImportedName {
  readonly imported: string;
  readonly local: string;
  /** `type` stands before this very name. */
  readonly typeOnly: boolean;
  readonly node: Node;
}

/** The text that names the module; a template without parts is one, too. */
type ModuleName = NodeOf<"Literal"> | NodeOf<"TemplateLiteral">;

interface OriginOf<Kind extends string> {
  readonly kind: Kind;
  readonly literal: ModuleName;
  readonly statement: Node;
}

/** `import { … }`, `export { … } from`, `const { … } = require()`, `const { … } = await import()`. */
export interface NamedOrigin extends OriginOf<"import" | "export" | "require" | "await-import"> {
  /** `import type { … }` or `export type { … }` */
  readonly typeOnly: boolean;
  readonly names: readonly ImportedName[];
}

/** The module as one object: `import * as identity`, `const identity = require()` or `= await import()`. */
export interface NamespaceOrigin extends OriginOf<"namespace"> {
  readonly local: string;
  readonly how: "import" | "require" | "await-import";
}

/** One name straight from the module: `require(…).Name`, or in a type, `import(…).Name`. */
export interface MemberOrigin extends OriginOf<"member"> {
  readonly name: Node & { readonly name: string };
  readonly how: "require" | "await-import" | "type";
  /** What it is called where it is declared: `const local = require(…).Name`. */
  readonly local: string | undefined;
}

/** The module is named in a way that leaves open what is used of it, such as `export *` or a mock. */
export interface OpenOrigin extends OriginOf<"open"> {
  readonly everything: boolean;
}

export type Origin = NamedOrigin | NamespaceOrigin | MemberOrigin | OpenOrigin;

/** Every place where a module names the package `from`. */
export function originsOf(module: SourceModule, from: string): readonly Origin[] {
  const templates = nodesOf(module, "TemplateLiteral").filter(
    ({ quasis }) => quasis.length === 1 && quasis[0]?.value.cooked === from,
  );
  return [...nodesOf(module, "Literal").filter((literal) => literal.value === from), ...templates]
    .toSorted((one, other) => one.start - other.start)
    .flatMap((literal) => originAt(module, literal) ?? []);
}

function originAt(module: SourceModule, literal: ModuleName): Origin | undefined {
  const parent = module.parentOf(literal);
  switch (parent?.type) {
    case "ImportDeclaration":
      return importAt(parent, literal);
    case "ExportNamedDeclaration":
      return exportAt(parent, literal);
    case "ExportAllDeclaration":
      return { kind: "open", literal, statement: parent, everything: true };
    case "ImportExpression":
      return loadedAt(module, parent, literal, "await-import");
    case "CallExpression":
      return callAt(module, parent, literal);
    case "TSImportType": {
      const { qualifier } = parent;
      const open = { kind: "open", literal, statement: parent, everything: true } as const;
      return qualifier?.type === "Identifier"
        ? { kind: "member", literal, statement: parent, name: qualifier, how: "type", local: undefined }
        : open;
    }
    case "TSExternalModuleReference": {
      return { kind: "open", literal, statement: parent, everything: true };
    }
    default:
      return undefined; // any other text that happens to be the package's name
  }
}

function importAt(statement: NodeOf<"ImportDeclaration">, literal: ModuleName): Origin | undefined {
  const [first] = statement.specifiers;
  if (first?.type === "ImportNamespaceSpecifier") {
    return { kind: "namespace", how: "import", literal, statement, local: first.local.name };
  }
  const names = statement.specifiers.flatMap((node) =>
    node.type === "ImportSpecifier"
      ? {
          imported: nameOf(node.imported),
          local: node.local.name,
          typeOnly: node.importKind === "type",
          node,
        }
      : [],
  );
  if (names.length !== statement.specifiers.length || names.length === 0)
    return { kind: "open", literal, statement, everything: statement.specifiers.length > 0 };
  return { kind: "import", literal, statement, typeOnly: statement.importKind === "type", names };
}

function exportAt(statement: NodeOf<"ExportNamedDeclaration">, literal: ModuleName): Origin {
  const names = statement.specifiers.map((node) => ({
    imported: nameOf(node.local),
    local: nameOf(node.exported),
    typeOnly: node.exportKind === "type",
    node,
  }));
  return { kind: "export", literal, statement, typeOnly: statement.exportKind === "type", names };
}

function callAt(
  module: SourceModule,
  call: NodeOf<"CallExpression">,
  literal: ModuleName,
): Origin | undefined {
  if (call.arguments[0] !== literal) return undefined;
  if (call.callee.type === "Identifier" && call.callee.name === "require")
    return loadedAt(module, call, literal, "require");
  // vi.mock("…"), jest.mock("…"), proxyquire and their like
  const isMock =
    call.callee.type === "MemberExpression" && /mock|doMock|importActual/i.test(textOf(module, call.callee));
  return isMock ? { kind: "open", literal, statement: call, everything: false } : undefined;
}

/** `require(…)` or `import(…)`, and what becomes of it. */
function loadedAt(
  module: SourceModule,
  call: Node,
  literal: ModuleName,
  how: "require" | "await-import",
): Origin {
  const open = { kind: "open", literal, statement: call, everything: true } as const;
  const awaited = module.parentOf(call);
  const value = how === "require" ? call : awaited;
  if (value === undefined || (how === "await-import" && value.type !== "AwaitExpression")) return open;
  const parent = module.parentOf(value);
  if (parent?.type === "MemberExpression" && !parent.computed && parent.property.type === "Identifier") {
    const declaration = module.parentOf(parent);
    const id = declaration?.type === "VariableDeclarator" ? declaration.id : undefined;
    const local = id?.type === "Identifier" ? id.name : undefined;
    return { kind: "member", literal, statement: parent, name: parent.property, how, local };
  }
  if (parent?.type !== "VariableDeclarator") return open;
  const statement = module.parentOf(parent);
  if (statement?.type !== "VariableDeclaration" || statement.declarations.length !== 1) return open;
  if (parent.id.type === "Identifier")
    return { kind: "namespace", how, literal, statement, local: parent.id.name };
  if (parent.id.type !== "ObjectPattern") return open;
  const names = parent.id.properties.flatMap((node) =>
    node.type === "Property" && node.value.type === "Identifier" && !node.computed
      ? { imported: nameOf(node.key), local: node.value.name, typeOnly: false, node }
      : [],
  );
  if (names.length !== parent.id.properties.length || names.length === 0) return open;
  return { kind: how, literal, statement, typeOnly: false, names };
}

function nameOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : "";
}

function textOf({ text }: SourceModule, { start, end }: Node): string {
  return text.slice(start, end);
}

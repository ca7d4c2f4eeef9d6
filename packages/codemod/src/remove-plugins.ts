import { rewriteNames, rewriteNamespace } from "./import-edits.ts";
import { originsOf, type Origin } from "./module-origins.ts";
import { IDENTITY, IDENTITY_BROKER, IDENTITY_CACHE, PLUGINS, USE_PLUGIN } from "./moves.ts";
import { referencesTo } from "./names-in-module.ts";
import type { Remark } from "./remarks.ts";
import {
  nodesOf,
  removeStatement,
  statementOf,
  type Node,
  type NodeOf,
  type SourceModule,
} from "./source-module.ts";

export interface RemovedPlugins {
  readonly removedCalls: readonly Node[];
  /** `useIdentityPlugin` is still called. */
  readonly keepsUsePlugin: boolean;
  readonly remarks: readonly Remark[];
}

// The credentials of @azure/identity that go on needing a plugin.
const USES_BROKER: ReadonlySet<string> = new Set(["*", "DefaultAzureCredential"]);
const USES_CACHE: ReadonlySet<string> = new Set([
  "*",
  "ClientAssertionCredential",
  "ClientCertificateCredential",
  "ClientSecretCredential",
  "OnBehalfOfCredential",
  "UsernamePasswordCredential",
]);

/** Takes out the calls of `useIdentityPlugin` that nothing needs any longer, and the imports of those plugins. */
export function removePlugins(module: SourceModule, foreignNames: ReadonlySet<string>): RemovedPlugins {
  const calls = pluginCalls(module);
  const removedCalls: Node[] = [];
  const remarks: Remark[] = [];
  for (const from of [IDENTITY_BROKER, IDENTITY_CACHE]) {
    const needing = [...foreignNames].filter((name) =>
      (from === IDENTITY_BROKER ? USES_BROKER : USES_CACHE).has(name),
    );
    for (const origin of originsOf(module, from)) {
      const mine = calls.filter((call) => takes(module, call, origin, PLUGINS[from]!));
      const removable = mine.filter((call) => isStatementOfItsOwn(module, call));
      if (needing.length > 0 || removable.length < mine.length) {
        const reason =
          needing.length > 0 ? `${needing.join(", ")} may still need it` : "it is no statement of its own";
        for (const call of mine) {
          remarks.push({ node: call, text: `remove this plugin unless it is needed: ${reason}` });
        }
        continue;
      }
      for (const call of removable) {
        removeStatement(module, module.parentOf(call)!);
        removedCalls.push(call);
      }
      dropImport(module, origin, PLUGINS[from]!, removable.length);
    }
  }
  return { removedCalls, keepsUsePlugin: removedCalls.length < calls.length || calls.length === 0, remarks };
}

/** `useIdentityPlugin(…)`, by whatever name it is imported. */
function pluginCalls(module: SourceModule): readonly NodeOf<"CallExpression">[] {
  const locals = new Set<string>();
  const namespaces = new Set<string>();
  for (const origin of originsOf(module, IDENTITY)) {
    if (origin.kind === "namespace") namespaces.add(origin.local);
    if (!("names" in origin)) continue;
    for (const { imported, local } of origin.names) if (imported === USE_PLUGIN) locals.add(local);
  }
  return nodesOf(module, "CallExpression").filter(({ callee }) => {
    if (callee.type === "Identifier") return locals.has(callee.name);
    if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return false;
    const isIt = callee.property.type === "Identifier" && callee.property.name === USE_PLUGIN;
    return isIt && namespaces.has(callee.object.name);
  });
}

/** Whether a call is given the plugin that `origin` imports. */
function takes(
  { text }: SourceModule,
  { arguments: [argument] }: NodeOf<"CallExpression">,
  origin: Origin,
  plugin: string,
): boolean {
  if (argument === undefined) return false;
  const given = text.slice(argument.start, argument.end);
  if (origin.kind === "namespace") return given === `${origin.local}.${plugin}`;
  if (origin.kind === "member")
    return origin.name.name === plugin && (argument === origin.statement || origin.local === given);
  return (
    "names" in origin && origin.names.some(({ imported, local }) => imported === plugin && local === given)
  );
}

/** `f();` in a list of statements; behind an `if` without braces, the next statement would take its place. */
function isStatementOfItsOwn(module: SourceModule, call: Node): boolean {
  const statement = module.parentOf(call);
  return statement?.type === "ExpressionStatement" && statementOf(module, statement) === statement;
}

function dropImport(module: SourceModule, origin: Origin, plugin: string, removedCalls: number): void {
  if (origin.kind === "namespace") {
    const uses = referencesTo(module, origin.local)?.length;
    rewriteNamespace(module, origin, uses === removedCalls, []);
  } else if ("names" in origin && origin.kind !== "export") {
    const unused = origin.names.filter(
      ({ imported, local }) => imported === plugin && referencesTo(module, local)?.length === removedCalls,
    );
    rewriteNames(module, origin, new Map(unused.map((name) => [name, { kind: "drop" }])), []);
  } else if (origin.kind === "member" && origin.local !== undefined) {
    const declaration = statementOf(module, origin.statement);
    const isAlone = declaration.type === "VariableDeclaration" && declaration.declarations.length === 1;
    const unused = referencesTo(module, origin.local)?.length === removedCalls;
    if (isAlone && unused) removeStatement(module, declaration);
  }
}

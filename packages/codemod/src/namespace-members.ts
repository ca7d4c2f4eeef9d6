import { referencesTo } from "./names-in-module.ts";
import type { Node, SourceModule } from "./source-module.ts";

/**
 * Where the members of a namespace are taken, or the namespace itself where it is passed on; `undefined` when the
 * module also declares that name itself.
 */
export function membersOf(module: SourceModule, local: string): readonly Node[] | undefined {
  return referencesTo(module, local)?.map((reference) => {
    const parent = module.parentOf(reference);
    const isMember =
      (parent?.type === "MemberExpression" && parent.object === reference && !parent.computed) ||
      (parent?.type === "TSQualifiedName" && parent.left === reference);
    return isMember ? parent : reference;
  });
}

/** The name that is taken; `undefined` for the namespace itself. */
export function memberName(node: Node): string | undefined {
  if (node.type === "MemberExpression" && node.property.type === "Identifier") return node.property.name;
  return node.type === "TSQualifiedName" ? node.right.name : undefined;
}

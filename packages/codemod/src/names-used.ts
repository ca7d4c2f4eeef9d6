import type { Origin } from "./module-origins.ts";
import { memberName, membersOf } from "./namespace-members.ts";
import type { Node, SourceModule } from "./source-module.ts";

/** What stands for a name where it cannot be told which are used. */
export const CANNOT_BE_TOLD = "*";

/** A name of another package, and where a module has it from. */
export interface NameUsed {
  readonly name: string;
  readonly node: Node;
}

/** The names of a package that a module uses by one of its imports. */
export function namesUsed(module: SourceModule, origin: Origin): readonly NameUsed[] {
  const untold = { name: CANNOT_BE_TOLD, node: origin.statement };
  switch (origin.kind) {
    case "open":
      return origin.everything ? [untold] : [];
    case "member":
      return [{ name: origin.name.name, node: origin.name }];
    case "namespace": {
      const members = membersOf(module, origin.local);
      return members?.map((node) => ({ name: memberName(node) ?? CANNOT_BE_TOLD, node })) ?? [untold];
    }
    default:
      return origin.names.map(({ imported, node }) => ({ name: imported, node }));
  }
}

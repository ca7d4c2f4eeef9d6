import { originsOf } from "./module-origins.ts";
import { ERROR_CLASSES, IDENTITY, moveOf } from "./moves.ts";
import type { Remark } from "./remarks.ts";
import { nodesOf, type SourceModule } from "./source-module.ts";

/**
 * What has to be looked at where errors are handled.
 * @param foreign - whether the project uses other parts of `@azure/identity`, so that the classes stay there
 */
export function errorRemarks(module: SourceModule, foreign: boolean): readonly Remark[] {
  const origins = originsOf(module, IDENTITY).flatMap((origin) => ("names" in origin ? origin : []));
  const catching = origins.filter(({ names }) =>
    names.some(({ imported }) => ERROR_CLASSES.includes(imported)),
  );
  if (catching.length === 0) return [];
  if (foreign) {
    const text =
      "isAuthenticationError of @entrada/core recognises the errors of Entrada's credentials; these classes do not";
    return catching
      .filter(({ names }) => names.some(({ imported }) => moveOf(imported, true) !== undefined))
      .map(({ statement }) => ({ node: statement, text }));
  }
  const text = "errors of Entrada have code, detail, aadsts and correlationId in place of errorResponse";
  return nodesOf(module, "MemberExpression")
    .filter(({ property }) => property.type === "Identifier" && property.name === "errorResponse")
    .map((node) => ({ node, text }));
}

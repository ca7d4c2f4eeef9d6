import { originsOf } from "./module-origins.ts";
import { IDENTITY, isForeign } from "./moves.ts";
import { memberName, membersOf } from "./namespace-members.ts";
import { parseModule } from "./source-module.ts";

const CANNOT_BE_TOLD = "*";

/**
 * The names of `@azure/identity` that a file uses and that stay there; "*" when that cannot be told.
 * @throws SyntaxError when it cannot be read
 */
export function foreignNamesIn(path: string, text: string): readonly string[] {
  const module = parseModule(path, text.replace(/^\uFEFF/, ""));
  return originsOf(module, IDENTITY).flatMap((origin) => {
    switch (origin.kind) {
      case "open":
        return origin.everything ? [CANNOT_BE_TOLD] : [];
      case "member":
        return [origin.name.name].filter(isForeign);
      case "namespace": {
        const members = membersOf(module, origin.local);
        if (members === undefined) return [CANNOT_BE_TOLD];
        return members.map((member) => memberName(member) ?? CANNOT_BE_TOLD).filter(isForeign);
      }
      default:
        return origin.names.map(({ imported }) => imported).filter(isForeign);
    }
  });
}

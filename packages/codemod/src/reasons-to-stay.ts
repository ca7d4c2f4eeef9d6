import { credentialsOf } from "./credential-uses.ts";
import { originsOf } from "./module-origins.ts";
import { IDENTITY } from "./moves.ts";
import { namesUsed } from "./names-used.ts";
import { propertyName } from "./property-name.ts";
import { REFUSED_OPTIONS } from "./refused-options.ts";
import type { Remark } from "./remarks.ts";
import type { SourceModule } from "./source-module.ts";

/** Options that ask for what `@azure/identity` goes on doing and Entrada does not, each with the reason. */
export const STAYING_OPTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries(REFUSED_OPTIONS)
    .filter(([, instead]) => /^none: .*@azure\/identity/.test(instead))
    .map(([name, instead]) => [name, instead.slice("none: ".length)]),
);

/** Types of `@azure/identity` that are of use in web pages alone. */
export const STAYING_TYPES: ReadonlySet<string> = new Set([
  "InteractiveBrowserCredentialInBrowserOptions",
  "BrowserLoginStyle",
]);

/**
 * Why a file stays with `@azure/identity` as a whole: a credential of it has an option that means another product, such as
 * the library for web pages, or it names a type of that. Empty where it can move.
 */
export function reasonsToStay(module: SourceModule): readonly Remark[] {
  return originsOf(module, IDENTITY).flatMap((origin) => [
    ...credentialsOf(module, origin)
      .flatMap(({ options }) => options?.properties ?? [])
      .flatMap((node) => {
        const name = propertyName(node) ?? "";
        const reason = STAYING_OPTIONS.get(name);
        return reason === undefined ? [] : { node, text: `not moved, because of ${name}: ${reason}` };
      }),
    ...namesUsed(module, origin)
      .filter(({ name }) => STAYING_TYPES.has(name))
      .map(({ name, node }) => ({
        node,
        text: `not moved, because of ${name}: ${STAYING_OPTIONS.get("loginStyle")}`,
      })),
  ]);
}

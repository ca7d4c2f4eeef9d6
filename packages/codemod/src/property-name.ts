import type { Node } from "./source-module.ts";

/** What a property of an object is called, where that is written down. */
export function propertyName(property: Node): string | undefined {
  if (property.type !== "Property") return undefined;
  if (property.key.type === "Identifier") return property.computed ? undefined : property.key.name;
  return property.key.type === "Literal" ? String(property.key.value) : undefined;
}

import { propertyName } from "./property-name.ts";
import type { Remark } from "./remarks.ts";
import { REFUSED_OPTIONS } from "./refused-options.ts";
import { indentAt, type Node, type NodeOf, type SourceModule } from "./source-module.ts";

/** What a credential's options ask for, once they are rewritten. */
export interface OptionsOutcome {
  /** They had `brokerOptions` that were switched on. */
  readonly broker: boolean;
  readonly remarks: readonly Remark[];
  readonly notes: readonly string[];
}

type OptionProperty = NodeOf<"Property">;
type OptionsLiteral = NodeOf<"ObjectExpression">;

interface Place {
  readonly start: number;
  readonly end: number;
}

interface Rewriting {
  readonly module: SourceModule;
  /** Sees to it that `persistentTokenCache` is imported; returns what it is called. */
  readonly cacheFunction: () => string;
  readonly remarks: Remark[];
  readonly notes: string[];
}

// What @azure/identity-cache-persistence calls its cache when it is not told.
const FORMER_CACHE_NAME = "msal.cache";
const CACHE_NAME = /^[\w-][\w.-]{0,63}$/;

/** Rewrites the options of one credential in place. */
export function rewriteOptions(
  module: SourceModule,
  options: OptionsLiteral,
  cacheFunction: () => string,
): OptionsOutcome {
  const rewriting: Rewriting = { module, cacheFunction, remarks: [], notes: [] };
  let broker = false;
  for (const property of options.properties) {
    if (property.type !== "Property") continue;
    const name = propertyName(property);
    if (name === "brokerOptions") broker = rewriteBrokerOptions(rewriting, options, property) || broker;
    else if (name === "tokenCachePersistenceOptions") rewriteCacheOptions(rewriting, options, property);
    else remarkOn(rewriting, property, name);
  }
  noteOnTenant(rewriting, options);
  return { broker, remarks: rewriting.remarks, notes: rewriting.notes };
}

/** The broker's options become options of the broker's own credential. */
function rewriteBrokerOptions(
  rewriting: Rewriting,
  options: OptionsLiteral,
  property: OptionProperty,
): boolean {
  const { module, remarks } = rewriting;
  const enabled = enabledOf(property.value);
  if (property.value.type !== "ObjectExpression" || enabled === undefined) {
    const text = `use InteractiveBrowserBrokerCredential of @entrada/broker, whose options take what brokerOptions has, when the broker is wanted`;
    remarks.push({ node: property, text });
    return false;
  }
  const inner = enabled ? property.value.properties.filter((other) => propertyName(other) !== "enabled") : [];
  if (inner.length === 0) removeProperty(module, options, property);
  else {
    const several = module.text.slice(property.start, property.end).includes("\n");
    const gap = several ? module.eol + indentAt(module, property.start) : " ";
    const texts = inner.map((other) =>
      [
        ...commentsOf(module, property.value as OptionsLiteral, other),
        outdented(module, other, property),
      ].join(gap),
    );
    const separator = `,${gap}`;
    module.edits.overwrite(property.start, property.end, texts.join(separator));
  }
  return enabled;
}

/** The plugin's options become a cache that is passed. */
function rewriteCacheOptions(rewriting: Rewriting, options: OptionsLiteral, property: OptionProperty): void {
  const { module, remarks, cacheFunction } = rewriting;
  const enabled = enabledOf(property.value);
  const hasSpread =
    property.value.type === "ObjectExpression" &&
    property.value.properties.some(({ type }) => type === "SpreadElement");
  if (property.value.type !== "ObjectExpression" || enabled === undefined || hasSpread) {
    const text = `pass tokenCache: persistentTokenCache({ name }) of @entrada/cache instead of tokenCachePersistenceOptions`;
    remarks.push({ node: property, text });
    return;
  }
  if (!enabled) {
    removeProperty(module, options, property);
    return;
  }
  const name = valueIn(property.value, "name");
  if (name?.type === "Literal" && !CACHE_NAME.test(String(name.value))) {
    const text =
      "choose another name: up to 64 letters, digits, dots, hyphens and underscores, and no dot in front";
    remarks.push({ node: property, text });
  }
  const parts = [`name: ${name === undefined ? JSON.stringify(FORMER_CACHE_NAME) : textOf(module, name)}`];
  const unsafeValue = valueIn(property.value, "unsafeAllowUnencryptedStorage");
  const unsafe = unsafeValue === undefined ? "false" : textOf(module, unsafeValue);
  if (unsafe === "true") parts.push(`protection: "prefer"`);
  else if (unsafe !== "false") {
    const condition = unsafeValue?.type === "ConditionalExpression" ? `(${unsafe})` : unsafe;
    parts.push(`protection: ${condition} ? "prefer" : "require"`);
  }
  const text = `tokenCache: ${cacheFunction()}({ ${parts.join(", ")} })`;
  module.edits.overwrite(property.start, property.end, text);
  rewriting.notes.push("The persisted cache starts empty: people sign in once more.");
}

function remarkOn({ remarks, notes }: Rewriting, property: OptionProperty, name: string | undefined): void {
  const instead = name === undefined ? undefined : insteadOf(name);
  if (instead !== undefined) {
    remarks.push({ node: property, text: `there is no option ${name}: ${instead}` });
  } else if (name === "redirectUri" && /Function/.test(property.value.type)) {
    remarks.push({ node: property, text: "redirectUri is a text: call the function here" });
  } else if (name === "redirectUri") {
    notes.push("redirectUri is used: the app registration must have it, and a port in it is fixed.");
  } else if (name === "loginHint") {
    notes.push('With loginHint the account picker is shown; pass prompt: "login" to ask for the password.');
  }
}

/** What takes the place of an option that the credentials refuse, in words for a comment. */
function insteadOf(name: string): string | undefined {
  const instead = Object.hasOwn(REFUSED_OPTIONS, name) ? REFUSED_OPTIONS[name] : undefined;
  if (instead?.startsWith("none: ")) return instead.slice("none: ".length);
  return instead && `use ${instead}`;
}

/** With a client of one's own the tenant was "common" where none was named. */
function noteOnTenant({ notes }: Rewriting, { properties }: OptionsLiteral): void {
  const names = properties.map((property) => (property.type === "Property" ? propertyName(property) : "..."));
  const isSettled = ["tenantId", "authenticationRecord", "..."].some((name) => names.includes(name));
  if (names.includes("clientId") && !isSettled)
    notes.push(
      'Without tenantId only work and school accounts sign in: pass tenantId: "common" for personal ones.',
    );
}

/** Whether the literal has `enabled: true`; `undefined` when that is not written down. */
function enabledOf(value: Node): boolean | undefined {
  if (value.type !== "ObjectExpression") return undefined;
  const enabled = value.properties.find((property) => propertyName(property) === "enabled");
  if (enabled?.type !== "Property" || enabled.value.type !== "Literal") return undefined;
  return typeof enabled.value.value === "boolean" ? enabled.value.value : undefined;
}

function valueIn(literal: OptionsLiteral, name: string): Node | undefined {
  const property = literal.properties.find((other) => propertyName(other) === name);
  return property?.type === "Property" ? property.value : undefined;
}

function textOf({ text }: SourceModule, { start, end }: Node): string {
  return text.slice(start, end);
}

/** The text of an inner property, moved left to where `outer` stands. */
function outdented(module: SourceModule, inner: Node, outer: Node): string {
  const deeper = indentAt(module, inner.start);
  const indent = indentAt(module, outer.start);
  return module.text
    .slice(inner.start, inner.end)
    .split("\n")
    .map((line, index) => (index > 0 && line.startsWith(deeper) ? indent + line.slice(deeper.length) : line))
    .join("\n");
}

/** The comments that speak of a property: above it, or behind it on its line. */
function commentsOf(
  module: SourceModule,
  { start, properties }: OptionsLiteral,
  property: Node,
): readonly string[] {
  const { text, comments } = module;
  const index = (properties as readonly Node[]).indexOf(property);
  const isBehind = (comment: Place, { end }: Place): boolean =>
    comment.start >= end && !text.slice(end, comment.start).includes("\n");
  const before = properties[index - 1];
  const after = properties[index + 1]?.start ?? Infinity;
  return comments
    .filter((comment) => {
      if (isBehind(comment, property)) return comment.start < after;
      const isAbove = comment.end <= property.start && comment.start >= (before?.end ?? start);
      return isAbove && (before === undefined || !isBehind(comment, before));
    })
    .map(({ start, end }) => text.slice(start, end));
}

/** Takes a property out, with the comma and the white space that belong to it. */
function removeProperty(module: SourceModule, options: OptionsLiteral, property: Node): void {
  const index = (options.properties as readonly Node[]).indexOf(property);
  const before = options.properties[index - 1];
  const after = options.properties[index + 1];
  if (after !== undefined) module.edits.remove(property.start, after.start);
  else if (before !== undefined) module.edits.remove(before.end, property.end);
  else module.edits.remove(options.start + 1, options.end - 1);
}

import { createHash } from "node:crypto";

/** A GUID in the usual notation, lower case, without braces. */
export type Guid = string;

/** What a signature is made from: every name that a type expression may use. */
export interface TypeTable {
  /** Interfaces that are not generic, by name. */
  readonly interfaces: Readonly<Record<string, Guid>>;
  /** Runtime classes, by short name: full name and the name of the default interface. */
  readonly classes: Readonly<Record<string, readonly [fullName: string, defaultInterface: string]>>;
  /** Generic interfaces and delegates, by name: the id of the open type. */
  readonly generics: Readonly<Record<string, Guid>>;
}

/**
 * The interface id of a closed generic type such as `IAsyncOperation<WebAccount>`: a version-5 UUID (RFC 9562 section
 * 5.5) over the type's signature, in WinRT's own namespace ("The Windows Runtime (WinRT) type system", section
 * "Guid generation for parameterized types").
 *
 * @throws TypeError for a name that the table does not have, and for an expression that is not `Name` or
 * `Name<Argument,...>`.
 */
export function parameterizedId(expression: string, table: TypeTable): Guid {
  const namespace = Buffer.from("11f47ad57b7342c0abae878b1e16adee", "hex");
  const digest = createHash("sha1").update(namespace).update(signature(expression, table), "utf8").digest();
  digest[6] = (digest.readUInt8(6) & 0x0f) | 0x50;
  digest[8] = (digest.readUInt8(8) & 0x3f) | 0x80;
  return digest.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The signature that WinRT hashes for a type expression. */
export function signature(expression: string, table: TypeTable): string {
  const [, name, inner] = /^(\w+)(?:<(.+)>)?$/.exec(expression.replaceAll(" ", "")) ?? [];
  if (name === undefined) throw new TypeError(`"${expression}" is not a type expression`);
  if (inner !== undefined) return genericSignature(name, splitArguments(inner), table);

  const basic = { String: "string", Boolean: "b1", Object: "cinterface(IInspectable)" }[name];
  if (basic !== undefined) return basic;
  const runtimeClass = table.classes[name];
  if (runtimeClass !== undefined) {
    const [fullName, defaultInterface] = runtimeClass;
    return `rc(${fullName};${signature(defaultInterface, table)})`;
  }
  return `{${known(table.interfaces, name)}}`;
}

function genericSignature(name: string, parts: readonly string[], table: TypeTable): string {
  const parameters = parts.map((part) => signature(part, table));
  return `pinterface({${known(table.generics, name)}};${parameters.join(";")})`;
}

function splitArguments(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "<") depth += 1;
    if (character === ">") depth -= 1;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function known(ids: Readonly<Record<string, Guid>>, name: string): Guid {
  const id = ids[name];
  if (id === undefined) throw new TypeError(`the table has no type "${name}"`);
  return id;
}

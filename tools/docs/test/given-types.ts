import ts from "typescript";

/** A type of which callers make values. */
export interface GivenType {
  readonly name: string;
  readonly type: ts.Type;
}

/**
 * The types of our own that callers of modules fill in: what their functions, constructors and methods take, and what
 * is within that. What a callback gives back, and what is implemented rather than filled in, is not among them.
 */
export function givenTypes(checker: ts.TypeChecker, modules: readonly ts.Type[]): readonly GivenType[] {
  const walk = new Walk(checker);
  for (const module of modules) walk.comesBack(module);
  return walk.given;
}

class Walk {
  readonly given: GivenType[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #seen = { given: new Set<ts.Type>(), back: new Set<ts.Type>() };

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** Callers hold it: what it can be called with is given. */
  comesBack(type: ts.Type): void {
    for (const part of this.#partsOf(type)) {
      if (this.#seen.back.has(part) || isForeign(part)) continue;
      this.#seen.back.add(part);
      for (const signature of [...part.getCallSignatures(), ...part.getConstructSignatures()]) {
        for (const parameter of signature.parameters) this.#isGiven(this.#checker.getTypeOfSymbol(parameter));
        this.comesBack(signature.getReturnType());
      }
      for (const member of this.#membersOf(part)) this.comesBack(member);
    }
  }

  #isGiven(type: ts.Type): void {
    for (const part of this.#partsOf(type)) {
      if (this.#seen.given.has(part)) continue;
      this.#seen.given.add(part);
      const symbol = part.aliasSymbol ?? part.symbol;
      if (symbol === undefined || isForeign(part) || isImplemented(this.#checker, part)) continue;
      this.given.push({
        name: symbol.name === "__type" ? this.#checker.typeToString(part) : symbol.name,
        type: part,
      });
      for (const member of this.#membersOf(part)) this.#isGiven(member);
    }
  }

  /** Each of several possible ones, without the lists and promises around it. */
  #partsOf(type: ts.Type): readonly ts.Type[] {
    if (type.isUnionOrIntersection()) return type.types.flatMap((each) => this.#partsOf(each));
    if (!this.#checker.isArrayType(type) && type.symbol?.name !== "Promise") return [type];
    const [within] = this.#checker.getTypeArguments(type as ts.TypeReference);
    return within === undefined ? [] : this.#partsOf(within);
  }

  #membersOf(type: ts.Type): readonly ts.Type[] {
    return this.#checker.getPropertiesOfType(type).map((member) => this.#checker.getTypeOfSymbol(member));
  }
}

/** Of Node.js, of TypeScript or of a package of somebody else's, or no object at all. */
function isForeign(type: ts.Type): boolean {
  const declared = (type.aliasSymbol ?? type.symbol)?.declarations ?? [];
  const files = declared.map((declaration) => declaration.getSourceFile().fileName);
  return files.every((file) => /\/node_modules\/(?!@entrada\/)/.test(file));
}

/** What has methods is implemented, what is called is written, and what is a class is made by it. */
function isImplemented(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isClass() || type.getCallSignatures().length + type.getConstructSignatures().length > 0)
    return true;
  return checker
    .getPropertiesOfType(type)
    .some(({ flags, name }) => (flags & ts.SymbolFlags.Method) !== 0 || name === "prototype");
}

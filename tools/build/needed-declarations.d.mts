/** Written by hand, for those who read the list in TypeScript. */
export function neededDeclarations(folder: string): readonly string[];

import { indentAt, statementOf, type Node, type SourceModule } from "./source-module.ts";

const MARK = "// TODO(entrada):";

/** Something that a person has to decide; it becomes a comment above the statement. */
export interface Remark {
  readonly node: Node;
  readonly text: string;
}

/**
 * Writes the remarks into the source, each once, however often the codemod is run.
 * @returns those that were not there before
 */
export function writeRemarks(module: SourceModule, remarks: readonly Remark[]): readonly Remark[] {
  const seen = new Set<string>();
  return remarks.filter(({ node, text }) => {
    const { start } = statementOf(module, node);
    const comment = `${MARK} ${text}`;
    const key = `${start} ${text}`;
    if (seen.has(key) || isAbove(module, start, comment)) return false;
    seen.add(key);
    module.edits.appendLeft(start, `${comment}${module.eol}${indentAt(module, start)}`);
    return true;
  });
}

/** Whether the comment is one of those that stand straight above the statement. */
function isAbove({ text }: SourceModule, start: number, comment: string): boolean {
  const lines = text.slice(0, start).split(/\r?\n/).slice(0, -1).toReversed();
  const others = lines.findIndex((line) => !line.trim().startsWith("//"));
  return lines.slice(0, others === -1 ? lines.length : others).some((line) => line.trim() === comment);
}

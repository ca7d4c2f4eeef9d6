import { globSync, readFileSync } from "node:fs";
import ts from "typescript";

/** A sentence of the sources, and where it stands. */
export interface ToldText {
  readonly text: string;
  readonly file: string;
}

const FOLDER = new URL("../../../", import.meta.url).pathname;

/**
 * All sentences that the packages can say: every text of the sources with a space in it that begins with a capital letter.
 * What stands between the pieces of a template is left out.
 */
export function toldTexts(): readonly ToldText[] {
  const files = globSync(["packages/*/src/**/*.ts", "native/src/**/*.ts"], { cwd: FOLDER });
  return files
    .filter((file) => !/\.test\.ts$|\/testing\/|packages\/codemod\//.test(file.replaceAll("\\", "/")))
    .flatMap((file) => textsOf(file).map((text) => ({ text, file })));
}

function textsOf(file: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(" "));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(`${FOLDER}${file}`, "utf8"), ts.ScriptTarget.Latest));
  return texts.filter((text) => /^[A-Z].* /.test(text));
}

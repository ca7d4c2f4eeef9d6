import { PluginKind, declareValuePlugin } from "@stryker-mutator/api/plugin";

// What is written for people: a text with a space between two words. Other tests than these compare words.
const SENTENCE = /\S \S/u;

/** Leaves the words of sentences alone; a text without a space is a name that code compares, and is mutated. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "sentences", {
    shouldIgnore: (path) => reasonToIgnore(path as Path),
  }),
];

/** Why a node is left as it is; `undefined` where it is mutated. */
export function reasonToIgnore({ node }: Path): string | undefined {
  const texts =
    node.type === "StringLiteral" ? [node.value] : (node.quasis ?? []).map(({ value }) => value.raw);
  return texts.some((text) => SENTENCE.test(text ?? "")) ? "a sentence" : undefined;
}

/** As much of a place in Babel's tree as is looked at. */
interface Path {
  readonly node: {
    readonly type: string;
    readonly value?: string;
    readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
  };
}

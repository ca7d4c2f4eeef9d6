/** The blocks that are tests, with the name of one of theirs. vitest runs them. */
export const blocksWithTests: Readonly<Record<string, RegExp>> = {
  "docs/testing-with-the-emulator.md: In a test": /^signs in$/,
  "docs/writing-a-flow.md: Prove it": /^flow: paste a sign-in gives a token/,
  "docs/writing-a-flow.md: Prove it (2)": /^looks again every five seconds$/,
};

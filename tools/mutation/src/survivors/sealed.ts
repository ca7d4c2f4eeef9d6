import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/cache/src/sealed");
const TAG =
  "a tag is 16 bytes long unless another length is asked for, and one of another length is refused before";

export const SURVIVORS_OF_SEALED: readonly ExplainedSurvivor[] = [
  at(
    "record-content",
    "const entry = end < 0 ? undefined : parseEntry(content.subarray(0, end));",
    "end < 0",
    "end <= 0",
    "an empty line names no record either",
  ),
  at(
    "record-content",
    "} catch {",
    "{",
    "{}",
    "a function that ends without a result has the result `undefined`",
  ),
  at(
    "seal",
    "const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: SEAL_LENGTH });",
    "{ authTagLength: SEAL_LENGTH }",
    "{}",
    TAG,
  ),
  at(
    "sealed-format",
    "const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: SEAL_LENGTH });",
    "{ authTagLength: SEAL_LENGTH }",
    "{}",
    TAG,
  ),
  at(
    "sealed-changes",
    'access.seen = "nothing";',
    '"nothing"',
    '""',
    "who has seen nothing yet looks, and finds nothing",
  ),
];

import { survivorsOf, type ExplainedSurvivor } from "../explained-survivor.ts";

const at = survivorsOf("packages/cache/src/keys");
const NO_ENCODING = "no encoding is UTF-8";

export const SURVIVORS_OF_KEYS: readonly ExplainedSurvivor[] = [
  at(
    "secret-service/der-elements",
    "const lengthBytes = first < 0x80 ? 0 : first & 0x7f;",
    "first < 0x80",
    "first <= 0x80",
    "of 0x80 the seven bits are 0, too",
  ),
  at(
    "cache-key",
    "const [[form, content] = [], ...others] = Object.entries(value);",
    "[]",
    '["Stryker was here"]',
    "no form is called so either",
  ),
  at(
    "keyring-key-store",
    "try {",
    "{",
    "{}",
    "a system that has the binding alone is Windows or macOS; here both ways end without one",
  ),
  at(
    "secret-service/secret-service-key-store",
    'if (error instanceof BusError && NO_SERVICE.test(error.busName ?? "")) {',
    '""',
    '"Stryker was here!"',
    "no error of a bus is called so either",
  ),
  at(
    "secret-service/secret-service-key-store",
    '#call(path: string, kind: string, member: string, signature = "", values: readonly BusValue[] = []) {',
    "[]",
    '["Stryker was here"]',
    "a value without a type is not sent",
  ),
  at(
    "secret-service/secret-session",
    'return Buffer.concat([decipher.update(value), decipher.final()]).toString("utf8");',
    '"utf8"',
    '""',
    NO_ENCODING,
  ),
  at(
    "secret-service/secret-session",
    'const value = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);',
    '"utf8"',
    '""',
    NO_ENCODING,
  ),
  ...["stdout", "stderr"].map((stream) =>
    at(
      "systemd-creds",
      `child.${stream}.setEncoding("utf8").on("data", (text: string) => (${stream === "stdout" ? "output" : "said"} += text));`,
      '"utf8"',
      '""',
      NO_ENCODING,
    ),
  ),
  ...[
    ['""', '"Stryker was here!"'],
    ["[]", '["Stryker was here"]'],
  ].map(([from, to]) =>
    at(
      "wrapped-key-store",
      'const [, how, base64 = ""] = FORMAT.exec(content) ?? [];',
      from!,
      to!,
      "what is not of the form is refused before anything of it is read",
    ),
  ),
  at(
    "wrapped-key-store",
    'return Buffer.concat([salt, nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);',
    '"utf8"',
    '""',
    NO_ENCODING,
  ),
  at(
    "wrapped-key-store",
    "const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(SALT_LENGTH, start), {",
    "{",
    "{}",
    "the tag is 16 bytes long, since nothing shorter is opened",
  ),
];

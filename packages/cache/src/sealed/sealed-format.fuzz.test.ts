import { isAuthenticationError } from "@entrada/core/flow";
import { damagedBytes } from "../../../../tools/fuzz/src/damage.ts";
import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
import { sealWhole } from "../../test/support/seal-whole.ts";
import { newDataKey } from "./data-key.ts";
import { HEADER_LENGTH, parseHeader, unseal } from "./sealed-format.ts";

const CONTENT = Buffer.from('{"refreshToken":"secret-marker"}');
const KEYS = [newDataKey(), undefined];
const FILES = KEYS.map((key) => ({ key, file: sealWhole(CONTENT, key, 41n).file }));

fuzzTest("files that have bytes changed are whole, or refused as damaged", "cache-files", {
  least: { refused: 0.9 },
  once: (drawn) => {
    const { key, file } = drawn.pick(FILES);
    const noise = drawn.bytes(drawn.below(200));
    const damaged = drawn.is(0.8)
      ? damagedBytes(drawn, file)
      : Buffer.concat([drawn.is(0.5) ? file.subarray(0, 8) : noise, noise]);
    try {
      const content = unseal(parseHeader(damaged), damaged.subarray(HEADER_LENGTH), key);
      if (!damaged.equals(file) || !CONTENT.equals(content)) throw new Error("A damaged file was opened");
      return "whole";
    } catch (error) {
      if (!isAuthenticationError(error) || !/^cache_(corrupt|version)$/.test(error.detail ?? "")) throw error;
      if (`${error.stack}${String(error.cause)}`.includes("secret"))
        throw new Error("It quotes the file", { cause: error });
      return "refused";
    }
  },
});

import { createDiffieHellmanGroup } from "node:crypto";
import { expect, test } from "vitest";
import { exchangeByKeyPair, exchangeByPrime, oakleyExchange } from "./oakley-exchange.ts";

test.each([
  ["by a key pair", exchangeByKeyPair],
  ["by the prime, as in Bun and Deno", exchangeByPrime],
])("the key exchange agrees with Node's own: %s", (_, exchange) => {
  for (let round = 0; round < 10; round++) {
    const ours = exchange();
    const theirs = createDiffieHellmanGroup("modp2");
    const theirNumber = theirs.generateKeys();
    expect(ours.sharedSecret(theirNumber)).toEqual(theirs.computeSecret(ours.publicNumber));
  }
});

test("both ways of the key exchange make secrets of one length", () => {
  const [one, other] = [oakleyExchange(), exchangeByPrime()];
  const secret = one.sharedSecret(other.publicNumber);
  expect(secret).toEqual(other.sharedSecret(one.publicNumber));
  expect(secret).toHaveLength(128);
});

test("a runtime that does not know the group by its name is told its numbers; another fault is told", () => {
  const failing = (code: string) => (): never => {
    throw Object.assign(new Error("its own"), { code });
  };
  const theirs = exchangeByPrime();
  const ours = oakleyExchange(failing("ERR_CRYPTO_UNKNOWN_DH_GROUP"));
  expect(ours.sharedSecret(theirs.publicNumber)).toEqual(theirs.sharedSecret(ours.publicNumber));
  expect(() => oakleyExchange(failing("ERR_OTHER"))).toThrow("its own");
});

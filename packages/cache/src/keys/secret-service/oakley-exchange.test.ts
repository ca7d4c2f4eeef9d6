import { createDiffieHellmanGroup } from "node:crypto";
import { expect, test } from "vitest";
import { oakleyExchange } from "./oakley-exchange.ts";

test("the key exchange agrees with Node's own", () => {
  for (let round = 0; round < 10; round++) {
    const ours = oakleyExchange();
    const theirs = createDiffieHellmanGroup("modp2");
    const theirNumber = theirs.generateKeys();
    expect(ours.sharedSecret(theirNumber)).toEqual(theirs.computeSecret(ours.publicNumber));
  }
});

import { expect, test } from "vitest";
import { send, signIn } from "../../test/raw-client.ts";
import { startForTest } from "../../test/start-for-test.ts";

test("a new key signs, and the old one is published as long as it is not withdrawn", async () => {
  const emulator = await startForTest();
  const published = async (): Promise<string[]> =>
    (await send(emulator, "/common/discovery/v2.0/keys")).json["keys"].map((key: any) => key.kid as string);
  const signedBy = (token: string): string =>
    JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString()).kid;
  const statusOf = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await send(emulator, "/subscriptions?api-version=2022-12-01", { headers })).status;
  };

  const first = String((await signIn(emulator))["access_token"]);
  await emulator.rotateSigningKey();
  const second = String((await signIn(emulator))["access_token"]);
  expect(await published()).toEqual([signedBy(second), signedBy(first)]);
  expect(signedBy(first)).not.toBe(signedBy(second));
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);

  await emulator.rotateSigningKey({ withdrawOld: true });
  expect(await published()).toHaveLength(1);
  expect([await statusOf(first), await statusOf(second)]).toEqual([401, 401]);
});

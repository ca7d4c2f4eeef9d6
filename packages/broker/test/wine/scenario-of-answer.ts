import { responseOf, type FakeGrant } from "../fake-account.ts";

/** A good answer of WAM, in the words of the fake's scenario. */
export function scenarioOfAnswer(grant: FakeGrant): Readonly<Record<string, string>> {
  const { token, properties } = responseOf(grant);
  const told = Object.entries(properties).map(([name, value]): [string, string] => [
    `token.prop.${name}`,
    value,
  ]);
  return { "token.token": token, ...Object.fromEntries(told) };
}

import { expectTypeOf, test } from "vitest";
import type { InteractiveBrowserBrokerCredentialOptions } from "../index.ts";

test("an option that is undefined is an option that is not given", () => {
  type Options = Required<{
    [Name in keyof InteractiveBrowserBrokerCredentialOptions]: undefined;
  }>;
  expectTypeOf<Options>().toExtend<InteractiveBrowserBrokerCredentialOptions>();
});

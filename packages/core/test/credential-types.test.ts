import type * as coreAuth from "@azure/core-auth";
import { expectTypeOf, test } from "vitest";
import type {
  AccessToken,
  GetTokenOptions,
  InteractiveBrowserCredential,
  TokenCredential,
} from "../src/index.ts";

test("an Entrada credential is a TokenCredential of @azure/core-auth, and its types are that package's", () => {
  expectTypeOf<InteractiveBrowserCredential>().toExtend<coreAuth.TokenCredential>();
  expectTypeOf<TokenCredential>().toExtend<coreAuth.TokenCredential>();
  expectTypeOf<AccessToken>().toExtend<coreAuth.AccessToken>();
  expectTypeOf<coreAuth.GetTokenOptions>().toExtend<GetTokenOptions>();
});

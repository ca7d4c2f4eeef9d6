import type * as coreAuth from "@azure/core-auth";
import type * as identity from "@azure/identity";
import { expectTypeOf, test } from "vitest";
import { getBearerTokenProvider } from "../src/index.ts";
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

test("what takes any credential takes those of the Azure SDKs, which may give other tokens or none", () => {
  expectTypeOf<coreAuth.TokenCredential>().toExtend<TokenCredential>();
  expectTypeOf<identity.DefaultAzureCredential>().toExtend<TokenCredential>();
  expectTypeOf<identity.ChainedTokenCredential>().toExtend<TokenCredential>();
  expectTypeOf(getBearerTokenProvider).toBeCallableWith({} as coreAuth.TokenCredential, "scope");
});

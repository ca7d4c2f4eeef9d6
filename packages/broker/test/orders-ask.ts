import type { TokenAsk } from "../src/contract/token-ask.ts";
import { CLIENT_ID } from "./fake-account.ts";

export const NOW = Date.UTC(2026, 5, 1);
export const ORDERS = "api://orders/Orders.Read";

/** What an answer is read for, where a test gives the answer alone. */
export const ORDERS_ASK: TokenAsk = {
  clientId: CLIENT_ID,
  authorityHost: "https://login.microsoftonline.com",
  tenantId: "organizations",
  scopes: [ORDERS],
  correlationId: "11111111-2222-4333-8444-555555555555",
  signal: new AbortController().signal,
};

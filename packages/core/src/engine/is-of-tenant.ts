import { isGuid } from "../authority/tenant-form.ts";
import type { TokenAnswer } from "../flow/flow.ts";

/** Whether a token is of the tenant that was asked for. Of a domain or a word nobody here knows whose it is. */
export function isOfTenant(answer: Pick<TokenAnswer, "tenantId">, asked: string): boolean {
  return !isGuid(asked) || answer.tenantId.toLowerCase() === asked.toLowerCase();
}

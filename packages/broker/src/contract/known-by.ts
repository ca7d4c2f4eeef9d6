import { isSameName } from "@entrada/core/flow";
import { firstText, type BrokerAnswer } from "./broker-answer.ts";

/** The names under which the person of an answer may be known to who asks for them. */
export function namesOfAnswer({
  username,
  idTokenClaims: claims,
}: Pick<BrokerAnswer, "username" | "idTokenClaims">): readonly string[] {
  const names = [username, claims?.["preferred_username"], claims?.["upn"], claims?.["email"]];
  return names.map((name) => firstText(name)).filter((name) => name !== undefined);
}

/** Whether one of the names is the one that somebody asks for. */
export function isKnownBy(names: readonly (string | undefined)[], asked: string): boolean {
  return names.some((name) => name !== undefined && name !== "" && isSameName(name, asked));
}

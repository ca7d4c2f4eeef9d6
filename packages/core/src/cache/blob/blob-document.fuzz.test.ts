import { damagedBytes } from "../../../../../tools/fuzz/src/damage.ts";
import { fuzzTest } from "../../../../../tools/fuzz/src/fuzz-test.ts";
import { isAuthenticationError } from "../../errors/authentication-error.ts";
import { parseAccount, serializeAccount } from "../account-record.ts";
import { EMPTY_DOCUMENT, parseDocument, recordOfJson, serializeDocument } from "./blob-document.ts";
import type { StoredAccount } from "../stored-account.ts";

const accountOf = (homeAccountId: string): StoredAccount => ({
  record: { authority: "a", homeAccountId, clientId: "c", tenantId: "t", username: "ada@contoso.example" },
  signedInAt: 1,
  refreshToken: "secret-marker",
  tokens: {
    "s|t|": { token: "secret-marker", expiresOnTimestamp: 2e12, tenantId: "t", grantedScopes: ["s"] },
  },
});
const WHOLE = serializeDocument({
  ...EMPTY_DOCUMENT,
  records: new Map(["h", "h2"].map((id) => [`c|a|${id}`, serializeAccount(accountOf(id))])),
  signedOut: { "c|a|x": 1 },
});

fuzzTest(
  "documents that have bytes changed are read, or refused in a typed way that quotes nothing",
  "cache-documents",
  {
    least: { read: 0.02, refused: 0.2 },
    once: (drawn) => {
      try {
        for (const json of parseDocument(damagedBytes(drawn, WHOLE)).records.values()) {
          const { record, tokens } = parseAccount(recordOfJson(json));
          if (typeof record.homeAccountId !== "string" || typeof tokens !== "object")
            throw new TypeError("An account of another form");
        }
        return "read";
      } catch (error) {
        if (!isAuthenticationError(error) || !/^cache_(corrupt|version)$/.test(error.detail ?? ""))
          throw error;
        if (`${error.stack}${String(error.cause)}`.includes("secret"))
          throw new Error("It quotes the document", { cause: error });
        return "refused";
      }
    },
  },
);

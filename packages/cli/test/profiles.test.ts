import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Profiles } from "../src/profiles.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entrada-profiles-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The profiles of a person who has written this into the file. */
function written(text: string | object): Profiles {
  const content = typeof text === "string" ? text : JSON.stringify(text);
  writeFileSync(join(folder, "profiles.json"), content);
  return new Profiles({ ENTRADA_CONFIG_DIR: folder });
}

describe("a profile that a person has written", () => {
  test.each([
    [{ tenant: "contoso.example" }, 'has "tenant", which is not known. Write "tenantId".'],
    [{ client_id: "x" }, 'has "client_id", which is not known. Write "clientId".'],
    [{ ClientID: "x" }, 'Write "clientId".'],
    [{ authority: "https://x" }, 'Write "authorityHost".'],
    [{ unencryptedCache: true }, "Known are clientId, tenantId, authorityHost, protection, account."],
    [JSON.parse('{"__proto__": 1}') as object, 'has "__proto__"'],
    [{ clientId: 5 }, 'has a wrong "clientId": write a text.'],
    [{ tenantId: "" }, 'has a wrong "tenantId": write a text.'],
    [{ protection: "none" }, 'has a wrong "protection": write "require" or "prefer".'],
    [{ account: "ada@contoso.example" }, 'has a wrong "account"'],
  ])("is refused by name where nothing would come of it: %j", (profile, told) => {
    const profiles = written({ profiles: { work: profile, home: {} } });
    expect(() => profiles.profile("work")).toThrow(`The profile work in ${profiles.file} `);
    expect(() => profiles.profile("work")).toThrow(told);
    // Only whoever works with it is concerned.
    expect(profiles.profile("home")).toEqual({});
    expect(profiles.profile("none")).toEqual({});
  });

  test("is taken as it is meant", () => {
    const profile = {
      clientId: "11111111-2222-3333-4444-555555555555",
      tenantId: "contoso.example",
      authorityHost: "https://login.microsoftonline.us",
      protection: "prefer",
      account: { username: "ada@contoso.example" },
    };
    expect(written({ profiles: { work: profile } }).profile("work")).toEqual(profile);
    // As an editor of Windows saves it.
    expect(written(`\uFEFF${JSON.stringify({ profiles: { work: profile } })}\r\n`).profile("work")).toEqual(
      profile,
    );
  });
});

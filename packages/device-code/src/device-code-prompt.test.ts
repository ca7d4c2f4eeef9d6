import { expect, test } from "vitest";
import { deviceCodePrompt } from "./device-code-prompt.ts";

test("the prompt names the application and both hosts, and warns whoever did not start this", async () => {
  const written: string[] = [];
  const prompt = deviceCodePrompt({
    clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    authorityHost: "https://login.microsoftonline.com",
    write: (text) => written.push(text) > 0,
  });
  await prompt(
    {
      userCode: "ABCD-EFGH",
      verificationUri: "https://microsoft.com/devicelogin",
      message: "Open https://microsoft.com/devicelogin and enter ABCD-EFGH",
      expiresOn: new Date(2026, 0, 1, 14, 32, 59),
    },
    { signal: new AbortController().signal },
  );
  expect(written.join("")).toBe(
    "Open https://microsoft.com/devicelogin and enter ABCD-EFGH\n" +
      "Do so only if you started this sign-in yourself: " +
      "the application 04b07795-8ddb-461a-bbee-02f9e1bf7b46 asks for it at login.microsoftonline.com.\n" +
      "The page is on microsoft.com; the code works until 14:32.\n",
  );
});

test("a code that cannot be written is not waited for", async () => {
  const prompt = deviceCodePrompt({
    clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
    authorityHost: "https://login.microsoftonline.com",
    write: () => false,
  });
  const shown = prompt(
    {
      userCode: "ABCD-EFGH",
      verificationUri: "https://microsoft.com/devicelogin",
      message: "Open https://microsoft.com/devicelogin and enter ABCD-EFGH",
      expiresOn: new Date(),
    },
    { signal: new AbortController().signal },
  );
  await expect(shown).rejects.toMatchObject({
    name: "CredentialUnavailableError",
    code: "unsupported",
    detail: "not_shown",
    hint: expect.stringContaining("userPromptCallback") as string,
  });
});

import { expect, test } from "vitest";
import { deviceCodePrompt } from "./device-code-prompt.ts";

test("the prompt has the application's name, the page, the code alone on its line and the time left, and warns whoever did not start this", async () => {
  const written: string[] = [];
  const prompt = deviceCodePrompt({
    applicationName: "Contoso Backup",
    write: (text) => written.push(text) > 0,
    now: () => new Date(2026, 0, 1, 14, 17, 59).getTime(),
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
    `To sign in to Contoso Backup, open
https://microsoft.com/devicelogin
and enter the code

ABCD-EFGH

Do so only if you started this sign-in yourself.
The code works until 14:32 (15 minutes).
`,
  );
});

test("a code that cannot be written is not waited for", async () => {
  const prompt = deviceCodePrompt({ write: () => false });
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

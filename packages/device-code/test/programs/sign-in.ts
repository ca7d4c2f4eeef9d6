// A program whose only work is to sign in. Its first argument says what it shows the code with; it prints one JSON
// object a line: the code, how the sign-in ended, and at the exit how many milliseconds later that was.
import { writeSync } from "node:fs";
import { DeviceCodeCredential, type DeviceCodeCredentialOptions } from "@entrada/device-code";

const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`);
const prompts: Record<string, Pick<DeviceCodeCredentialOptions, "userPromptCallback">> = {
  callback: { userPromptCallback: (info) => say({ info }) },
  default: {},
  rejecting: { userPromptCallback: () => Promise.reject(new Error("the screen is off")) },
};
const { AUTHORITY = "", TENANT = "" } = process.env;
const credential = new DeviceCodeCredential({
  authorityHost: AUTHORITY,
  tenantId: TENANT,
  ...prompts[process.argv[2] ?? ""],
});

let endedAt = 0;
process.on("exit", () => say({ exitAfterMs: performance.now() - endedAt }));
process.on("unhandledRejection", (error) => say({ unhandled: String(error) }));
try {
  const { expiresOnTimestamp } = await credential.getToken("https://management.azure.com/.default");
  endedAt = performance.now();
  say({ expiresOnTimestamp });
} catch (error) {
  endedAt = performance.now();
  const { name, code, detail, cause } = error as Record<"name" | "code" | "detail" | "cause", unknown>;
  say({ name, code, detail, cause: String(cause) });
}

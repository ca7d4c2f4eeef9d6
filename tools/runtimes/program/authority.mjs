// The emulator and its person in a process of the runtime that is on trial: says where it is, then does what each line
// of its standard input asks, until that ends.
import { createInterface } from "node:readline";
import { startEmulator } from "@entrada/emulator";

const emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
console.log(
  JSON.stringify({
    host: emulator.authorityHost,
    tenant: emulator.defaults.tenantId,
    username: emulator.defaults.account.username,
    certificate: emulator.certificateAuthority,
  }),
);
for await (const line of createInterface({ input: process.stdin })) {
  const { url, code } = JSON.parse(line);
  if (url) void emulator.person.openBrowser(url);
  if (code) void emulator.person.answerDeviceCode(code);
}
await emulator.person.settled();
await emulator[Symbol.asyncDispose]();

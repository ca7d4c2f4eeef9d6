// Starts the emulator and, as its person, answers what the program of the first argument asks: node authority.mjs sign-in.mjs
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { startEmulator } from "@entrada/emulator";

const emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
writeFileSync("authority.pem", emulator.certificateAuthority);
const program = fork(process.argv[2], {
  env: {
    ...process.env,
    AUTHORITY: emulator.authorityHost,
    TENANT: emulator.defaults.tenantId,
    NODE_EXTRA_CA_CERTS: "authority.pem",
  },
});
const signedIn = [];
program.on("message", (message) => {
  if (message.userCode) void emulator.person.answerDeviceCode(message);
  if (message.url) void emulator.person.openBrowser(message.url);
  if (message.signedIn) signedIn.push(`${message.signedIn} with ${message.with}`);
});
const [code] = await once(program, "exit");
await emulator.person.settled();
await emulator[Symbol.asyncDispose]();
console.log(signedIn.join("\n"));
if (code !== 0 || signedIn.length !== 2) throw new Error(`${process.argv[2]} ended with ${code}`);

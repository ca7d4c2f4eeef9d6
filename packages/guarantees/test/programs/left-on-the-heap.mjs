// Signs in, and then looks through its own heap for what the sign-in was made of. It knows that by its hash alone, so
// that the search does not find itself.
import { createHash, randomBytes } from "node:crypto";
import { getHeapSnapshot } from "node:v8";
import { InteractiveBrowserCredential } from "@entrada/core";

const hashOf = (text) => createHash("sha256").update(text).digest("base64");
const hashes = new Map();
const note = (name, text) => void hashes.set(hashOf(text), name);

async function fetchAndNote(url, init) {
  const form = new URLSearchParams(init?.body ?? "");
  for (const name of ["code", "code_verifier"]) if (form.has(name)) note(name, form.get(name));
  return fetch(url, init);
}
// Whoever finds nothing may not have searched.
const kept = { control: randomBytes(32).toString("base64url") };
note("control", kept.control);

const credential = new InteractiveBrowserCredential({
  fetch: fetchAndNote,
  openBrowser: (url) => {
    for (const name of ["state", "nonce"]) note(name, new URL(url).searchParams.get(name));
    process.stdout.write(`open ${url}\n`);
  },
});
await credential.getToken("https://management.azure.com/.default");
// A later match takes the place of the last one, which regular expressions keep.
for (let index = 0; index < 20; index += 1) {
  await new Promise((resolve) => setImmediate(resolve));
  /(.)(.)(.)(.)(.)(.)(.)(.)(.)/.exec("something else");
  globalThis.gc();
}

const chunks = [];
for await (const chunk of getHeapSnapshot()) chunks.push(chunk);
const { strings } = JSON.parse(Buffer.concat(chunks).toString());
const found = new Set();
for (const text of strings) {
  for (const word of text.split(/[^\w.~-]+/)) {
    const name = word.length < 16 ? undefined : hashes.get(hashOf(word));
    if (name !== undefined) found.add(name);
  }
}
console.log(JSON.stringify({ known: hashes.size, found: Array.from(found) }));
// What the search counts on was still there: the control, and the credential with its token.
if (kept.control === "") throw new Error("unreachable");
await credential.getToken("https://management.azure.com/.default");

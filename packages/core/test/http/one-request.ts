// Run as a process of its own: makes one request, leaves its connection open, and must end by itself.
import { nodeHttpsTransport } from "../../src/http/node-https-transport.ts";

const loaded = (): boolean =>
  (process as unknown as { moduleLoadList: string[] }).moduleLoadList.includes("NativeModule https");

const transport = nodeHttpsTransport({
  ca: process.env["CA"] ?? "",
  env: { HTTPS_PROXY: process.env["PROXY"] },
});
const loadedBefore = loaded();
const url = process.env["ORIGIN"] ?? "";
const { status } = await transport({ method: "GET", url, headers: {}, signal: new AbortController().signal });
// The pipe of standard output is the parent's.
const active = process.getActiveResourcesInfo().filter((name) => !name.startsWith("Pipe"));
process.stdout.write(JSON.stringify({ status, loadedBefore, active }));

// Loaded before a program: makes its machine a Mac on which Microsoft's runtime is installed, a fake of its native part.
import { Module } from "node:module";
import { FakeMsalRuntime } from "../../../packages/broker/test/fake-msal-runtime.ts";

Object.defineProperty(process, "platform", { value: "darwin" });

const runtime = new FakeMsalRuntime();
const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
const load = loader._load.bind(Module);
loader._load = (name, ...rest) =>
  name === "@azure/msal-node-runtime" ? { msalNodeRuntime: runtime } : load(name, ...rest);
process.on("exit", () => {
  // A program that never came to the runtime has proved nothing.
  if (runtime.calls.length === 0) process.exitCode = 3;
});

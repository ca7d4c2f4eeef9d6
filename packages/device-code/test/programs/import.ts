// Prints what an import of the package loads: files of any package, and modules of Node.
import { registerHooks } from "node:module";

const files: string[] = [];
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (!resolved.url.startsWith("node:")) files.push(resolved.url);
    return resolved;
  },
});
// Node's own list of its modules, which its types do not name.
const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] };
const before = new Set(moduleLoadList);
const { DeviceCodeCredential } = await import("@entrada/device-code");
void new DeviceCodeCredential();
const builtins = moduleLoadList.filter((name) => !before.has(name));
process.stdout.write(JSON.stringify({ files, builtins }));

// loaded.mjs SPECIFIER ...: which files and which parts of Node an import loads, as JSON.
import { registerHooks } from "node:module";

const files = [];
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:")) files.push(url);
    return next(url, context);
  },
});
const before = new Set(process.moduleLoadList);
for (const specifier of process.argv.slice(2)) await import(specifier);
const builtins = process.moduleLoadList.filter((name) => !before.has(name));
console.log(JSON.stringify({ files, builtins }));

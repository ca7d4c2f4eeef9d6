import { registerHooks } from "node:module";

const files = [];
registerHooks({
  load(url, context, next) {
    if (url.startsWith("file:")) files.push(url);
    return next(url, context);
  },
});
const before = new Set(process.moduleLoadList);

/** The files that were loaded since this module was, and the parts of Node that were loaded with them. */
export function loads() {
  return { files, builtins: process.moduleLoadList.filter((name) => !before.has(name)) };
}

/**
 * A call of the language's own whose answer nobody takes: it is made to see whether it throws. The bundler takes it for a
 * call without effect and leaves it out, and the `catch` behind it with it.
 */
const TRIED =
  /^[ \t]*(?:(?:de|en)codeURI(?:Component)?|JSON\.parse|atob|btoa|BigInt|structuredClone|Number|String|new (?:URL|URLSearchParams|RegExp|Date|TextDecoder|Uint8Array|Intl\.\w+)|Object\.\w+|Intl\.\w+|RegExp|Symbol)\(.*\);$/m;
// What changes its argument has an effect, and stays.
const CHANGES = /^[ \t]*Object\.(?:assign|define\w+|freeze|seal|preventExtensions|setPrototypeOf)\(/;

/**
 * Refuses a source that would mean something else once it is bundled.
 * @returns {import("rolldown").Plugin}
 */
export function checkTried() {
  return {
    name: "check-tried",
    transform: {
      order: "pre",
      handler(code, id) {
        const [line] = TRIED.exec(code) ?? [];
        if (line === undefined || CHANGES.test(line)) return;
        this.error(`${id}: use what this comes to, or the bundle will not try it: ${line.trim()}`);
      },
    },
  };
}

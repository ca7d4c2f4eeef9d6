// loaded.mjs SPECIFIER ...: which files and which parts of Node an import loads, as JSON.
import { loads } from "./loads.mjs";

for (const specifier of process.argv.slice(2)) await import(specifier);
console.log(JSON.stringify(loads()));

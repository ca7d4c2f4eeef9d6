// import.mjs [SPECIFIER ...]: a Node that imports these and ends; without any, a bare Node. Says how much CPU time it
// took, without an import of say.mjs, which would be measured as well.
for (const specifier of process.argv.slice(2)) await import(specifier);

const at = Number(process.hrtime.bigint()) / 1e6;
const { user, system } = process.cpuUsage();
const line = JSON.stringify({ mark: "end", at, cpuInMs: (user + system) / 1000 });
process.getBuiltinModule("node:fs").writeSync(1, `${line}\n`);

// import.mjs [SPECIFIER ...]: a Node that imports these and ends; without any, a bare Node.
for (const specifier of process.argv.slice(2)) await import(specifier);

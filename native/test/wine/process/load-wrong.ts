// Prints how the loader speaks of the binaries it cannot use: that of another processor, one that is not there, none.
import { loadWamTransport } from "../../../src/index.ts";

for (const architecture of ["x64", "ia32", "arm64", "riscv64"]) {
  const result = loadWamTransport({ architecture });
  console.log(JSON.stringify(result.available ? { available: true } : { ...result, cause: undefined }));
}

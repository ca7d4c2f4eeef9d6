// Prints what comes of loading the binary of this processor.
import { loadWamTransport } from "../../../src/index.ts";

const result = loadWamTransport();
console.log(JSON.stringify(result.available ? { available: true } : { ...result, cause: undefined }));

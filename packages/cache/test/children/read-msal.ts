// read-msal.ts: prints the MSAL cache of this session.
import { readMsalCache } from "../../src/msal/read-msal-cache.ts";

const bytes = await readMsalCache();
console.log(bytes ? Buffer.from(bytes).toString("utf8") : "none");

// Prints what the probe says, for a Windows that the test has arranged.
import { transport } from "../fake-wam.ts";

console.log(JSON.stringify(transport.probe()));

// The program that `BROWSER` names: browser-program.ts DESK ADDRESS. It shows the address to the reader, whose desk is
// in another process.
import { request } from "node:http";

const [desk = "", address = ""] = process.argv.slice(2);
request(desk, { method: "POST", agent: false }).end(address);

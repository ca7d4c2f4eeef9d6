#!/usr/bin/env node
// Runs in the Node.js of Windows, as the child of a program in WSL, and does there what that program asks of the Web
// Account Manager. Its arguments are the native modules that the program's installation in Linux has, if any.
import { loadAddonOfWindows } from "./load-addon-of-windows.ts";
import { runAgent } from "./run-agent.ts";

runAgent(loadAddonOfWindows(process.argv.slice(2)));

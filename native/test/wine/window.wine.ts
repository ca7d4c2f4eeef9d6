import assert from "node:assert/strict";
import { wamTest } from "./fake-wam.ts";
import { observer } from "./observer.ts";

// In this order: each case leaves less to choose from.

wamTest("the console's window comes before the window that is in use", {}, (wam) => {
  const other = observer.createWindow(true);
  const console = observer.openConsole();
  assert.notEqual(console, 0n);
  observer.showWindow(other, true);
  assert.deepEqual(wam.resolveWindowHandle("console"), { handle: console, source: "console" });
  assert.deepEqual(wam.resolveWindowHandle(), { handle: console, source: "console" });
  assert.deepEqual(wam.resolveWindowHandle(other), { handle: other, source: "given" });
  observer.destroyWindow(other);
  observer.closeConsole();
});

wamTest("a console that nobody sees comes after the window that is in use", {}, (wam) => {
  const console = observer.openConsole();
  observer.showWindow(console, false);
  const other = observer.createWindow(true);
  assert.equal(observer.foregroundWindow(), other);
  assert.deepEqual(wam.resolveWindowHandle(), { handle: other, source: "foreground" });
  observer.destroyWindow(other);
  observer.closeConsole();
});

wamTest("without a console it is the window in use", {}, (wam) => {
  observer.closeConsole();
  const other = observer.createWindow(true);
  assert.deepEqual(wam.resolveWindowHandle(), { handle: other, source: "foreground" });
  observer.destroyWindow(other);
});

wamTest("without any window it is the desktop", {}, (wam) => {
  observer.closeConsole();
  const { handle, source } = wam.resolveWindowHandle();
  assert.equal(source, "desktop");
  assert.notEqual(handle, 0n);
});

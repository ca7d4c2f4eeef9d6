// The helper in the fake Windows: the one in front of a fake of WAM, in the place of the native module.
import { connect } from "node:net";
import type { WamLoadFailure, WamLoadResult, WamRequest, WamRequestResult } from "@entrada/wam";
import { runAgent } from "../../src/wsl/run-agent.ts";
import { ADA, BOB } from "../fake-account.ts";
import { FakeWam } from "../fake-wam.ts";
import type { WindowsScript } from "./fake-windows.ts";

const { door, move, diesAt, start, token } = JSON.parse(
  process.env["FAKE_WINDOWS"] ?? "{}",
) as WindowsScript & {
  readonly door: string;
};
// Open as long as this process is; the other end says how many came before.
const socket = connect(door);
socket.on("data", (data) => {
  if (data.toString() === "die") process.kill(process.pid, "SIGKILL");
});
socket.on("error", () => {});

const FAILURES: Readonly<Record<string, WamLoadFailure>> = {
  unloadable: "binary_unloadable",
  "without addon": "binary_missing",
  "older addon": "binary_of_another_release",
};

class DyingWam extends FakeWam {
  override async request(request: WamRequest): Promise<WamRequestResult> {
    if (request.mode === diesAt) {
      // What the test knows of it decides: the first one only.
      socket.write(`asked ${request.mode}`);
      return new Promise(() => {});
    }
    const result = await super.request(request);
    const responses = result.responses.map((each) => ({
      ...each,
      ...(token === undefined ? {} : { token }),
    }));
    return { ...result, responses };
  }

  override cancel(operationId: number): boolean {
    socket.write(`cancel ${operationId}`);
    return super.cancel(operationId);
  }
}

runAgent(loaded());

function loaded(): WamLoadResult {
  const reason = FAILURES[start ?? ""];
  if (reason !== undefined) return { available: false, reason, message: "The binary is for somebody else." };
  const wam = new DyingWam();
  wam.known.push(ADA);
  wam.windowsAccount = BOB;
  wam.move = move ?? "approve";
  return { available: true, transport: wam };
}

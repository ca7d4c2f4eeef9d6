// Stands in the place of @entrada/wam in the fake Windows.
import { connect } from "node:net";
import type { WamLoadResult, WamRequest, WamRequestResult } from "@entrada/wam";
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

export function loadWamTransport(): WamLoadResult {
  if (start === "unloadable") {
    return { available: false, reason: "binary_unloadable", message: "The binary is for somebody else." };
  }
  const wam = new DyingWam();
  wam.known.push(ADA);
  wam.windowsAccount = BOB;
  wam.move = move ?? "approve";
  return { available: true, transport: wam };
}

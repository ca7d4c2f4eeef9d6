import type { Command } from "commander";
import { sessionCommand, type SessionOptions } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";

export function doctorCommand(terminal: Terminal): Command {
  return sessionCommand("doctor", "Find out why a sign-in would not work here; asks nobody").action(
    async (options: SessionOptions) => {
      const { tellWhatIsWrong } = await import("../doctor/tell-what-is-wrong.ts");
      return tellWhatIsWrong(options, terminal);
    },
  );
}

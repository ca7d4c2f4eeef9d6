import type { Command } from "commander";
import { EXIT } from "../exit-codes.ts";
import { sessionCommand, type SessionOptions } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";

export function doctorCommand(terminal: Terminal): Command {
  return sessionCommand("doctor", "Find out why a sign-in would not work here; asks nobody").action(
    async (options: SessionOptions) => {
      const [{ diagnose }, { doctorPage, doctorReport }] = await Promise.all([
        import("../doctor/diagnose.ts"),
        import("../doctor/doctor-page.ts"),
      ]);
      const examined = await diagnose(options, terminal);
      await terminal.out(options.json === true ? doctorReport(examined) : doctorPage(examined));
      if (examined.findings.length > 0) terminal.endWith(EXIT.refused);
    },
  );
}

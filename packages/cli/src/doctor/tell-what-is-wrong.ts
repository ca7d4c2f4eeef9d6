import { EXIT } from "../exit-codes.ts";
import type { SessionOptions } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";
import { diagnose } from "./diagnose.ts";
import { doctorPage, doctorReport } from "./doctor-page.ts";

/** Examines all that a sign-in needs here, and writes the page or, as JSON, the report. */
export async function tellWhatIsWrong(options: SessionOptions, terminal: Terminal): Promise<void> {
  const examined = await diagnose(options, terminal);
  await terminal.out(options.json === true ? doctorReport(examined) : doctorPage(examined));
  if (examined.findings.length > 0) terminal.endWith(EXIT.refused);
}

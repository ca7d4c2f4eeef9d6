import { inTurn } from "../measure/in-turn.ts";
import { runProgram, type ProgramRun } from "../measure/run-program.ts";
import { CPU_NOTE, row } from "../report/row.ts";
import type { Work } from "./work.ts";

interface Reached {
  readonly inMs: number;
  readonly cpuInMs: number;
}

/** A process that needs a token which a process before it has kept on disk. */
export const secondProcess: Work = {
  name: "second-process",
  async measure({ applications, authority, rounds }) {
    const folders = { entrada: authority.folder(), identity: authority.folder() };
    const run = (
      subject: keyof typeof folders,
      application: string,
      program: string,
    ): Promise<ProgramRun> => {
      const folder = folders[subject];
      const environment = { ...authority.environment, HOME: folder };
      return runProgram({ application, program, arguments: [folder], environment, onSaid: authority.answer });
    };
    const entrada = () => run("entrada", applications.entrada, "cached-entrada");
    const identity = () => run("identity", applications["identity-plugins"], "cached-identity");
    await entrada();
    await identity();
    const reaching = (program: () => Promise<ProgramRun>) => async (): Promise<Reached> => {
      const { at, cpuAt, said } = await program();
      if (said.some(({ mark }) => mark === "prompt")) throw new Error("The second process asked the person");
      return { inMs: at("token"), cpuInMs: cpuAt("token") };
    };
    const results = await inTurn(rounds, {
      bare: reaching(() => run("entrada", applications.entrada, "decrypt")),
      entrada: reaching(entrada),
      identity: reaching(identity),
    });
    await authority.requests();
    return [
      row({
        work: "second process → cached token",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada: { inMs } }) => inMs,
        peer: ({ identity: { inMs } }) => inMs,
        goal: { ratioBelow: 0.2 },
        note: "the peer: a saved record and its plain-text file; Entrada: AES-256-GCM, the key from a keyring that answers at once",
      }),
      row({
        work: "second process, to bare Node decrypting the same file",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada: { inMs } }) => inMs,
        peer: ({ bare: { inMs } }) => inMs,
        goal: { ratioAtMost: 1.5 },
        note: "the peer here is a bare Node",
      }),
      row({
        work: "the same, CPU time",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada: { cpuInMs } }) => cpuInMs,
        peer: ({ bare: { cpuInMs } }) => cpuInMs,
        note: CPU_NOTE,
      }),
    ];
  },
};

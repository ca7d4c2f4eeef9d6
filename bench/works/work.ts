import type { Row } from "../report/row.ts";
import type { Applications } from "../stage/applications.ts";
import type { Authority } from "../stage/authority.ts";

/** Where a work is done. */
export interface Stage {
  readonly applications: Applications;
  readonly authority: Authority;
  /** How often each figure is measured, where a work has no reason for another number. */
  readonly rounds: number;
}

/** Something that Entrada and its peers both do, or that is measured of Entrada alone. */
export interface Work {
  /** For the command line. */
  readonly name: string;
  measure(stage: Stage): Promise<readonly Row[]>;
}

/** A fault or an attack, and what holds Entrada to surviving it. */
export interface FaultRow {
  /** `L1` */
  readonly id: string;
  /** What Entrada does about it. */
  readonly promise: string;
  readonly tests: readonly NamedTest[];
  /** Where else it has to be tried, and by what command: on systems that the others cannot stand in for. */
  readonly elsewhere?: string;
}

/** A test in a source of this repository. */
export interface NamedTest {
  /** As seen from the root. */
  readonly file: string;
  /** As the source spells it, behind the names of the suites around it: `the Host header "%s" is refused`. */
  readonly name: string;
}

/** A row whose tests are pairs of file and name. */
export function row(
  id: string,
  promise: string,
  tests: readonly (readonly [file: string, name: string])[],
  elsewhere?: string,
): FaultRow {
  const named = tests.map(([file, name]) => ({ file, name }));
  return { id, promise, tests: named, ...(elsewhere === undefined ? {} : { elsewhere }) };
}

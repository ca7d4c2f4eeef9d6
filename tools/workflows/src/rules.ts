import type { Job, Step, Workflow } from "./workflow.ts";

/** What a rule of this project finds wrong with a workflow, a sentence each. */
export type Rule = (workflow: Workflow) => readonly string[];

/**
 * The rules that actionlint does not have:
 * - nothing is permitted until a job asks for it, each with its reason;
 * - an action is pinned by the digest of a commit, with its version beside it;
 * - a step runs a script of this repository and nothing else, so that it can be run by hand;
 * - no expression is pasted into a script, no secret is used, every job ends by itself;
 * - whoever runs the tests on Linux has installed before what the machine lacks for them: else they are skipped there;
 * - credentials stay in the checkout of the jobs that push, and the right to publish in a job with an environment.
 */
export function rules(scripts: ReadonlySet<string>): readonly Rule[] {
  return [
    nothingPermitted,
    reasons,
    pinned,
    (workflow) => ownScripts(workflow, scripts),
    noExpressions,
    noSecrets,
    timeouts,
    installed,
    credentials,
    identity,
  ];
}

const nothingPermitted: Rule = ({ permissions, jobs }) => [
  ...(isEmptyObject(permissions) ? [] : ["`permissions: {}` must stand at the top"]),
  ...jobsOf(jobs, ({ permissions: own }) => own === undefined, "does not say what it may do"),
];

const reasons: Rule = ({ text }) =>
  [...text.matchAll(/^ {6}([\w-]+): (?:read|write)(.*)$/gm)]
    .filter(([, , reason]) => !/^ # to \w/.test(reason ?? ""))
    .map(([, permission]) => `the permission ${permission} is without a reason`);

const pinned: Rule = ({ text }) =>
  [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)]
    .map(([, used = ""]) => used)
    .filter((used) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))
    .filter((used) => !/^\.\/\.github\/workflows\/[\w-]+\.yml$/.test(used))
    .map((used) => `${used} is not pinned by the digest of a commit with its version`);

function ownScripts({ jobs }: Workflow, scripts: ReadonlySet<string>): readonly string[] {
  return stepsOf(jobs)
    .flatMap(({ run }) => (run === undefined ? [] : [run.trim()]))
    .filter((command) => !isOwnScript(command, scripts))
    .map((command) => `\`${command}\` is no script of this repository`);
}

function isOwnScript(command: string, scripts: ReadonlySet<string>): boolean {
  if (command === "git push origin --tags") return true;
  if (/[\n;&|<>`]|\$\(/.test(command)) return false;
  const script = /^npm (?:run )?([\w:]+)|^node tools\/bootstrap\/run\.mjs run ([\w:]+)/.exec(command);
  if (script) return scripts.has(script[1] ?? script[2] ?? "");
  return /^node tools\/bootstrap\/run\.mjs install --frozen-lockfile$|^node native\/scripts\/[\w-]+\.ts /.test(
    command,
  );
}

const noExpressions: Rule = ({ jobs }) =>
  stepsOf(jobs)
    .filter(({ run }) => run?.includes("${{"))
    .map(({ run }) => `\`${run?.trim()}\` has an expression pasted in: hand it over in \`env\``);

const noSecrets: Rule = ({ text }) => (/\bsecrets\b/.test(text) ? ["secrets are used"] : []);

const timeouts: Rule = ({ jobs }) =>
  jobsOf(jobs, (job) => job.uses === undefined && job["timeout-minutes"] === undefined, "has no timeout");

const RUNS_TESTS = /^npm (?:test$|run mutants\b)/;
const INSTALLS = /^npm run debian\b/;

const installed: Rule = ({ jobs }) =>
  jobsOf(
    jobs,
    ({ steps = [] }) => {
      const [first = -1, installs = -1] = [RUNS_TESTS, INSTALLS].map((kind) =>
        steps.findIndex(({ run = "" }) => kind.test(run.trim())),
      );
      return first >= 0 && !(installs >= 0 && installs < first);
    },
    "runs tests without `npm run debian` before",
  );

const credentials: Rule = ({ jobs }) =>
  Object.entries(jobs).flatMap(([name, { permissions, steps = [] }]) =>
    steps
      .filter(({ uses }) => uses?.startsWith("actions/checkout@"))
      .filter((step) => step.with?.["persist-credentials"] !== (permissions?.["contents"] === "write"))
      .map(() => `${name} keeps its credentials without pushing, or pushes without keeping them`),
  );

const identity: Rule = ({ name, jobs }) =>
  Object.entries(jobs)
    .filter(([, { permissions }]) => permissions?.["id-token"] !== undefined)
    .filter(
      ([job, { environment }]) => name !== "release.yml" || job !== "publish" || environment === undefined,
    )
    .map(([job]) => `${job} may act as this repository at other places`);

function jobsOf(jobs: Workflow["jobs"], wrong: (job: Job) => boolean, what: string): readonly string[] {
  return Object.entries(jobs).flatMap(([name, job]) => (wrong(job) ? [`${name} ${what}`] : []));
}

function stepsOf(jobs: Workflow["jobs"]): readonly Step[] {
  return Object.values(jobs).flatMap(({ steps = [] }) => steps);
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

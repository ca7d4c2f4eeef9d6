import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { tokenForProgram, type ProgramOptions } from "./token-for-program.ts";

export interface KubectlOptions extends ProgramOptions {
  /** The application id of the cluster's server. */
  readonly serverId?: string;
}

/** The server application of all clusters of Azure Kubernetes Service. */
const AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";
const VERSIONS = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

/**
 * Answers the exec protocol of Kubernetes clients. A person is asked only where the client says that this is possible;
 * its refusal is an exit code other than 0 and words on standard error.
 */
export async function answerKubectl(options: KubectlOptions, terminal: Terminal): Promise<void> {
  const { apiVersion, interactive } = requestIn(terminal.env["KUBERNETES_EXEC_INFO"]);
  const scope = `${options.serverId ?? AKS_SERVER}/.default`;
  const { token } = await tokenForProgram(scope, interactive && terminal.isTerminal, options, terminal);
  // Clients read whole seconds.
  const expirationTimestamp = new Date(token.expiresOnTimestamp).toISOString().replace(/\.\d+Z$/, "Z");
  return terminal.out(
    `${JSON.stringify({ apiVersion, kind: "ExecCredential", status: { token: token.token, expirationTimestamp } })}\n`,
  );
}

function requestIn(text: string | undefined): { readonly apiVersion: string; readonly interactive: boolean } {
  // Run by hand, or by a client that says nothing of itself.
  if (text === undefined || text === "") return { apiVersion: VERSIONS[0]!, interactive: false };
  let read: { readonly apiVersion?: unknown; readonly spec?: { readonly interactive?: unknown } } | null;
  try {
    read = JSON.parse(text) as typeof read;
  } catch {
    throw new UsageError("KUBERNETES_EXEC_INFO is not JSON. It is written by kubectl; do not set it.");
  }
  const apiVersion = VERSIONS.find((version) => version === read?.apiVersion);
  if (apiVersion === undefined)
    throw new UsageError(
      `KUBERNETES_EXEC_INFO names another version. Write apiVersion: ${VERSIONS[0]} in the kubeconfig.`,
    );
  return { apiVersion, interactive: read?.spec?.interactive === true };
}

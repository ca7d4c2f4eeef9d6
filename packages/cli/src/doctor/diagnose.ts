import type { CacheWarning } from "@entrada/cache";
import { resolveSettings, type CredentialSettings } from "@entrada/core/credential";
import { nodeHttpsTransport, type NodeHttpsTransport } from "@entrada/core/http";
import { inCommandWords } from "../command-words.ts";
import { GraphClient } from "../registration/graph-client.ts";
import { graphOf } from "../registration/graph.ts";
import type { Registration } from "../registration/registration.ts";
import { openSession, storedToken, type Session } from "../session.ts";
import type { SessionOptions } from "../session-options.ts";
import type { Terminal } from "../terminal.ts";
import { examineApplication } from "./examine-application.ts";
import { examineNetwork } from "./examine-network.ts";
import { examineNode } from "./examine-node.ts";
import { examinePlan } from "./examine-plan.ts";
import { examineProfiles, examineStore } from "./examine-store.ts";
import { examineVariables } from "./examine-variables.ts";
import type { Examined, Finding } from "./finding.ts";

/** Looks at everything that a sign-in needs, and asks nobody. */
export async function diagnose(options: SessionOptions, terminal: Terminal): Promise<Examined> {
  const { env, program } = terminal;
  const plan = await examinePlan(env);
  const here = [
    examineNode(env, program.version),
    examineVariables(env),
    plan,
    examineProfiles(env, options.profile),
  ];
  if (here.some(({ findings }) => findings.some(({ code }) => code === "profiles_unreadable")))
    return together(here);
  const warnings = new Map<string, CacheWarning>();
  const session = await openSession(options, terminal, (warning) => void warnings.set(warning.code, warning));
  const settings = settingsOf(session);
  if ("code" in settings) return together([...here, { facts: [], findings: [settings] }]);
  const store = await examineStore(session, warnings);
  const transport = nodeHttpsTransport({ env });
  try {
    const ways = await examineWays(session, settings, transport, terminal);
    return together([...here, store, ...ways]);
  } finally {
    transport.close();
  }
}

async function examineWays(
  session: Session,
  { authorityHost, tenantId, clientId }: CredentialSettings,
  transport: NodeHttpsTransport,
  { env, signal }: Terminal,
): Promise<readonly Examined[]> {
  const network = await examineNetwork({ authorityHost, tenantId, env, transport, signal });
  const { endpoints } = network;
  if (endpoints === undefined) return [network];
  const registration = await registrationOf(session, authorityHost, clientId, transport, signal);
  return [network, await examineApplication({ endpoints, clientId, transport, signal, registration })];
}

// Only where somebody is signed in who has consented to that: nobody is asked, and no answer is no finding.
async function registrationOf(
  session: Session,
  authorityHost: string,
  clientId: string,
  transport: NodeHttpsTransport,
  signal: AbortSignal,
): Promise<Registration | undefined> {
  const graph = graphOf(authorityHost);
  try {
    const scope = `${graph.resource}/Application.Read.All`;
    const { token } = await storedToken(session, scope, { abortSignal: signal });
    return await new GraphClient(graph, token, transport, signal).registration(clientId);
  } catch {
    return undefined;
  }
}

/** What the session's options come to, or what is wrong with them. */
function settingsOf(session: Session): CredentialSettings | Finding {
  const { loginHint: _, ...options } = session.credential;
  try {
    return resolveSettings(options, {}, {});
  } catch (error) {
    return {
      code: "options_wrong",
      what: "The authority, the tenant or the client id is none.",
      todo: "Mend what --authority-host, --tenant, --client-id, AZURE_AUTHORITY_HOST or the profile say.",
      detail: inCommandWords((error as Error).message),
    };
  }
}

function together(parts: readonly Examined[]): Examined {
  return {
    facts: parts.flatMap(({ facts }) => facts),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

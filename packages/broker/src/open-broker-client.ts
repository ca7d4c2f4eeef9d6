import type { Clock } from "@entrada/core/flow";
import type { FoundBroker } from "./availability/find-broker.ts";
import type { BrokerClient } from "./contract/broker-client.ts";
import { DomainCheckedClient } from "./contract/domain-checked-client.ts";
import type { TenantNames } from "./contract/tenant-names.ts";

export interface OpenBrokerOptions {
  readonly clock: Clock;
  /** The longest wait for anything that shows nothing, in ms. */
  readonly silentTimeoutInMs: number;
  /** Whether personal accounts are carried over to Entra ID: Microsoft's own applications only. */
  readonly msaPassthrough: boolean;
  /** Whether the caller has another way where the broker is unavailable. */
  readonly hasFallback: boolean;
  /** The ids of tenants that are asked for by their domains. */
  readonly tenants: TenantNames;
}

/** The way to the broker that was found. Nobody loads another system's. */
export async function openBrokerClient(
  found: FoundBroker,
  options: OpenBrokerOptions,
): Promise<BrokerClient> {
  return new DomainCheckedClient(await clientOf(found, options), options.tenants);
}

async function clientOf(found: FoundBroker, options: OpenBrokerOptions): Promise<BrokerClient> {
  if (found.kind === "linux") {
    const { LinuxClient } = await import("./linux/linux-client.ts");
    return new LinuxClient({ ...options, env: found.env });
  }
  const { WamClient } = await import("./wam/wam-client.ts");
  if (found.kind === "wam") return new WamClient({ ...options, ...found });
  const { openWslBroker } = await import("./wsl/open-wsl-broker.ts");
  return new WamClient({ ...options, ...(await openWslBroker({ ...options, node: found.node })) });
}

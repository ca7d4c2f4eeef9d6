import type { EmulatorRequest } from "../http/request.ts";
import { json, type Reply } from "../http/reply.ts";
import { failure, forCaller, type Caller } from "./arm.ts";
import type { EmulatorState, ResourceGroup } from "./emulator-state.ts";

/** `GET /subscriptions/{id}/resourcegroups` (Azure Resource Manager, "Resource Groups - List"). */
export function resourceGroupsEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return forCaller(request, state, (caller) =>
    inSubscription(request, caller, state, (subscription) => {
      const own = [...state.resourceGroups].filter(([id]) => id.startsWith(`${subscription}/`.toLowerCase()));
      return json(200, { value: own.map(([, group]) => shown(group)) });
    }),
  );
}

/** `GET`, `HEAD`, `PUT` and `DELETE` of one (Azure Resource Manager, "Resource Groups"): something to write. */
export function resourceGroupEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  return forCaller(request, state, (caller) =>
    inSubscription(request, caller, state, (subscription) => {
      const { name = "" } = request.params;
      const id = `${subscription}/resourceGroups/${name}`;
      const group = state.resourceGroups.get(id.toLowerCase());
      if (request.method === "PUT") return put(request, { id, name }, group !== undefined, state);
      if (!group)
        return failure(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
      if (request.method !== "DELETE") return json(request.method === "HEAD" ? 204 : 200, shown(group));
      state.resourceGroups.delete(id.toLowerCase());
      return json(200, {});
    }),
  );
}

function put(
  { body }: EmulatorRequest,
  { id, name }: Pick<ResourceGroup, "id" | "name">,
  isThere: boolean,
  state: EmulatorState,
): Reply {
  const { location, tags } = readObject(body);
  if (typeof location !== "string" || location === "")
    return failure(400, "LocationRequired", "The location property is required for this definition.");
  const group: ResourceGroup = {
    id,
    name,
    location,
    ...(typeof tags === "object" && tags !== null ? { tags: tags as Record<string, string> } : {}),
  };
  state.resourceGroups.set(id.toLowerCase(), group);
  return json(isThere ? 200 : 201, shown(group));
}

function inSubscription(
  { params }: EmulatorRequest,
  { account, tenantId }: Caller,
  state: EmulatorState,
  work: (subscription: string) => Reply,
): Reply {
  const wanted = params["subscriptionId"]?.toLowerCase() ?? "";
  const known = state.directory.subscriptions(tenantId, account);
  if (known.some(({ subscriptionId }) => subscriptionId === wanted)) return work(`/subscriptions/${wanted}`);
  return failure(404, "SubscriptionNotFound", `The subscription '${wanted}' could not be found.`);
}

function shown(group: ResourceGroup): object {
  const type = "Microsoft.Resources/resourceGroups";
  return { ...group, type, properties: { provisioningState: "Succeeded" } };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // No JSON has no location either, and is refused for that.
    return {};
  }
}

import { subscriptionsEndpoint, tenantsEndpoint } from "./arm.ts";
import { authorizeEndpoint } from "./authorize.ts";
import { clockEndpoint, faultEndpoint, requestsEndpoint, revokeEndpoint } from "./control.ts";
import { deviceCodeEndpoint } from "./device-code.ts";
import { deviceCodeEntryEndpoint, devicePageEndpoint } from "./device-page-endpoint.ts";
import { adfsDiscoveryEndpoint, discoveryEndpoint, instanceEndpoint, keysEndpoint } from "./discovery.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { errorLookupEndpoint, homeEndpoint } from "./information-pages.ts";
import { applicationEndpoint, applicationsEndpoint, meEndpoint } from "./graph.ts";
import { logoutEndpoint } from "./logout.ts";
import type { Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import { resourceGroupEndpoint, resourceGroupsEndpoint } from "./resource-groups.ts";
import type { RequestKind } from "../http/request-log.ts";
import type { RoutePattern } from "../http/route-pattern.ts";
import { signInEndpoint } from "./sign-in-endpoint.ts";
import { tokenEndpoint } from "./token.ts";

/** What answers a path. */
export interface Route extends RoutePattern {
  readonly kind: RequestKind;
  readonly answer: (request: EmulatorRequest, state: EmulatorState) => Reply;
}

/** The first that fits is taken: fixed paths stand before those with a tenant. */
export const routes: readonly Route[] = [
  route("GET", "/", "other", homeEndpoint),
  route("GET", "/error", "other", errorLookupEndpoint),
  route("GET", "/subscriptions", "arm", subscriptionsEndpoint),
  route("GET", "/subscriptions/:subscriptionId", "arm", subscriptionsEndpoint),
  route("GET", "/subscriptions/:subscriptionId/resourcegroups", "arm", resourceGroupsEndpoint),
  route(
    "GET HEAD PUT DELETE",
    "/subscriptions/:subscriptionId/resourcegroups/:name",
    "arm",
    resourceGroupEndpoint,
  ),
  route("GET", "/tenants", "arm", tenantsEndpoint),
  route("GET", "/v1.0/me", "graph", meEndpoint),
  route("GET", "/v1.0/applications", "graph", applicationsEndpoint),
  route("GET PATCH", "/v1.0/applications/:id", "graph", applicationEndpoint),
  route("GET", "/devicelogin", "devicepage", devicePageEndpoint),
  route("POST", "/devicelogin", "devicepage", deviceCodeEntryEndpoint),
  route("POST DELETE", "/_fault", "control", faultEndpoint),
  route("POST", "/_clock", "control", clockEndpoint),
  route("POST", "/_revoke", "control", revokeEndpoint),
  route("GET", "/_requests", "control", requestsEndpoint),
  ...adfs("GET", "/.well-known/openid-configuration", "discovery", adfsDiscoveryEndpoint),
  ...adfs("GET", "/discovery/keys", "jwks", keysEndpoint),
  ...adfs("GET POST", "/oauth2/authorize", "authorize", authorizeEndpoint),
  ...adfs("POST", "/signin", "signin", signInEndpoint),
  ...adfs("POST", "/oauth2/token", "token", tokenEndpoint),
  ...adfs("POST", "/oauth2/devicecode", "devicecode", deviceCodeEndpoint),
  ...adfs("GET", "/oauth2/deviceauth", "devicepage", devicePageEndpoint),
  ...adfs("GET", "/oauth2/logout", "logout", logoutEndpoint),
  route("GET", "/:tenant/discovery/instance", "instance", instanceEndpoint),
  route("GET", "/:tenant/v2.0/.well-known/openid-configuration", "discovery", discoveryEndpoint),
  route("GET", "/:tenant/discovery/v2.0/keys", "jwks", keysEndpoint),
  route("GET POST", "/:tenant/oauth2/v2.0/authorize", "authorize", authorizeEndpoint),
  route("POST", "/:tenant/signin", "signin", signInEndpoint),
  route("POST", "/:tenant/oauth2/v2.0/token", "token", tokenEndpoint),
  route("POST", "/:tenant/oauth2/v2.0/devicecode", "devicecode", deviceCodeEndpoint),
  route("GET", "/:tenant/oauth2/v2.0/logout", "logout", logoutEndpoint),
];

function route(methods: string, path: string, kind: RequestKind, answer: Route["answer"]): Route {
  return { methods: methods.split(" "), path, kind, answer };
}

/** AD FS has no versions, and takes a path with a slash at its end for the same. */
function adfs(methods: string, path: string, kind: RequestKind, answer: Route["answer"]): readonly Route[] {
  return [path, `${path}/`].map((each) => route(methods, `/:tenant=adfs${each}`, kind, answer));
}

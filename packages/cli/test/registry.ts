import { createHash } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Emulator, EmulatorResource } from "@entrada/emulator";
import { claimsOf } from "./stage.ts";

/** Whose tokens a registry exchanges. */
export const CONTAINER_REGISTRY: EmulatorResource = {
  uri: "https://containerregistry.azure.net",
  appId: "6a0ec4d3-30cb-4a83-91c0-ae56bc0e3d26",
  name: "Azure Container Registry",
  scopes: ["user_impersonation"],
};

/** A registry that exchanges tokens as Azure Container Registry does, and serves one image to whoever has signed in. */
export interface Registry extends AsyncDisposable {
  /** Host and port. */
  readonly host: string;
  /** The refresh token that it gives. */
  readonly secret: string;
  /** What the exchange was asked with, without the token. */
  readonly exchanges: readonly Readonly<Record<string, unknown>>[];
}

const CONFIG = JSON.stringify({
  architecture: "amd64",
  os: "linux",
  rootfs: { type: "layers", diff_ids: [] },
});
const IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: IMAGE,
  config: {
    mediaType: "application/vnd.docker.container.image.v1+json",
    digest: `sha256:${createHash("sha256").update(CONFIG).digest("hex")}`,
    size: CONFIG.length,
  },
  layers: [],
});

export async function startRegistry(emulator: Emulator): Promise<Registry> {
  const { certificate, privateKey } = await emulator.issueServerCertificate();
  const exchanges: Record<string, unknown>[] = [];
  const secret = "refresh-token-of-the-registry";
  const access = "access-token-of-the-registry";
  const json = (response: ServerResponse, status: number, value: unknown, headers = {}): void =>
    void response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(JSON.stringify(value));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "https://localhost");
    const { authorization = "" } = request.headers;
    const form = new URLSearchParams(request.method === "POST" ? await text(request) : "");
    if (pathname === "/oauth2/exchange") {
      const { aud, tid } = claimsOf(form.get("access_token") ?? "");
      const { access_token: _, ...asked } = Object.fromEntries(form);
      exchanges.push({ ...asked, aud, tid });
      return json(response, 200, { refresh_token: secret });
    }
    if (pathname === "/oauth2/token") {
      const basic = Buffer.from(authorization.slice("Basic ".length), "base64").toString();
      const given = form.get("refresh_token") ?? basic.split(":")[1];
      return given === secret
        ? json(response, 200, { access_token: access, token: access })
        : json(response, 401, {});
    }
    if (authorization !== `Bearer ${access}`)
      return json(
        response,
        401,
        {},
        {
          "www-authenticate": `Bearer realm="https://${request.headers.host}/oauth2/token",service="${request.headers.host}"`,
        },
      );
    if (pathname === "/v2/") return json(response, 200, {});
    const isBlob = pathname.includes("/blobs/");
    response
      .writeHead(200, { "content-type": isBlob ? "application/octet-stream" : IMAGE })
      .end(isBlob ? CONFIG : MANIFEST);
  };
  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    void answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    secret,
    exchanges,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

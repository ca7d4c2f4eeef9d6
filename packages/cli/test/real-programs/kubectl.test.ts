import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, claimsOf, openStage, type Stage } from "../stage.ts";
import { isInstalled } from "./installed.ts";

const AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";
const resources = [
  { uri: `api://${AKS}`, appId: AKS, name: "Azure Kubernetes Service", scopes: ["user.read"] },
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ resources });
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.runIf(isInstalled("kubectl"))("kubectl as it is", () => {
  test("speaks with a cluster by it", async () => {
    const { certificate, privateKey } = await stage.emulator.issueServerCertificate();
    const bearers: string[] = [];
    const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
      bearers.push(request.headers.authorization ?? "");
      response.writeHead(200, { "content-type": "application/json" }).end('{"gitVersion":"v1.33.0"}');
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const kubeconfig = join(stage.home, "kubeconfig");
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "local",
        contexts: [{ name: "local", context: { cluster: "local", user: "person" } }],
        clusters: [
          {
            name: "local",
            cluster: {
              server: `https://localhost:${(server.address() as AddressInfo).port}`,
              "certificate-authority": join(stage.home, "ca.pem"),
            },
          },
        ],
        users: [
          {
            name: "person",
            user: {
              exec: {
                apiVersion: "client.authentication.k8s.io/v1",
                command: process.execPath,
                args: [BIN, "credential-helper", "kubectl"],
                interactiveMode: "IfAvailable",
              },
            },
          },
        ],
      }),
    );
    const answered = await stage.run("kubectl", ["--kubeconfig", kubeconfig, "get", "--raw", "/version"]);
    server.closeAllConnections();
    server.close();
    expect(answered).toMatchObject({ code: 0, out: expect.stringContaining("v1.33.0") as string });
    expect(String(claimsOf(bearers.at(-1) ?? "")["aud"])).toContain(AKS);
  });
});

import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";
import { startRedisProcess } from "./redis-process.ts";

export interface RedisCluster {
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;
const NODES = 3;

/** Three nodes that share the slots among them, on ports of the loopback interface. */
export async function startRedisCluster(program: string): Promise<RedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), "entrada-redis-cluster-"));
  const free = await freePorts(2 * NODES);
  const ports = free.slice(0, NODES);
  const nodes = ports.map((port, index) =>
    startRedisProcess(
      program,
      [
        `--bind 127.0.0.1 --port ${port} --dir ${folder} --save`.split(" "),
        "",
        `--cluster-enabled yes --cluster-port ${free[NODES + index]}`.split(" "),
        `--cluster-config-file nodes-${index}.conf`.split(" "),
      ].flat(),
    ),
  );
  await Promise.all(nodes.map((node) => node.said("ready to accept connections")));
  for (const [index, port] of ports.entries()) {
    const client = createClient({ url: `redis://127.0.0.1:${port}` });
    await client.connect();
    const [first, next] = [index, index + 1].map((node) => Math.floor((SLOTS / NODES) * node));
    await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", String(first), String(next! - 1)]);
    // Two nodes that know each other make no epoch of their own known in time, unless they begin with different ones.
    await client.sendCommand(["CLUSTER", "SET-CONFIG-EPOCH", String(index + 1)]);
    client.destroy();
  }
  const client = createClient({ url: `redis://127.0.0.1:${ports[0]}` });
  await client.connect();
  for (let index = 1; index < NODES; index++) {
    await client.sendCommand([
      "CLUSTER",
      "MEET",
      "127.0.0.1",
      String(ports[index]),
      String(free[NODES + index]),
    ]);
  }
  client.destroy();
  await Promise.all(nodes.map((node) => node.said("cluster state changed: ok")));
  return {
    ports,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.end()));
      await rm(folder, { recursive: true });
    },
  };
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

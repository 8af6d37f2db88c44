/** workerd, the runtime of Cloudflare's edge: an isolate with web standards and nothing of Node. */

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import workerd from "workerd";
import type { World } from "../suite/world.js";

const WORKER = `
import { cases } from "./suite/index.js";
export default {
  async fetch(request) {
    const { name, world } = await request.json();
    try {
      await cases[name](world);
      return new Response();
    } catch (error) {
      return new Response(error.stack, { status: 500 });
    }
  },
};`;

const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-01-01",
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`;

/** Starts it with the suite in one file; the function runs a case in it. */
export async function edge(): Promise<{
  run: (name: string, world: World) => Promise<void>;
  stop: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "convolog-edge-"));
  const resolveDir = fileURLToPath(new URL("../", import.meta.url));
  await build({
    stdin: { contents: WORKER, resolveDir },
    bundle: true,
    format: "esm",
    platform: "neutral",
    outfile: join(folder, "worker.js"),
  });
  await writeFile(join(folder, "config.capnp"), CONFIG);
  const child = spawn(workerd.default, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const port = await listens(child.stdio[3] as Readable);
  const run = async (name: string, world: World) => {
    const answer = await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: JSON.stringify({ name, world }) });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const stop = async () => {
    child.kill();
    await rm(folder, { recursive: true });
  };
  return { run, stop };
}

/** The port, once it says so. */
async function listens(control: Readable): Promise<number> {
  let said = "";
  for await (const chunk of control) {
    said += chunk;
    for (const line of said.split("\n").slice(0, -1)) {
      const { event, port } = JSON.parse(line);
      if (event === "listen") return port;
    }
  }
  throw new Error("workerd did not start");
}

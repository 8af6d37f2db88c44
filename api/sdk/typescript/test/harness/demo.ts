/** A demo of the real server, in a folder of its own, for as long as the tests take. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Convolog } from "@convolog/sdk";
import type { World } from "../suite/world.js";

/** Starts it; `origin` is where the page of the browser comes from, `receiver` where webhooks go. */
export async function demo(origin: string, receiver: string): Promise<{ world: World; stop: () => Promise<void> }> {
  const program = process.env.CONVOLOG_BIN;
  if (!program) throw new Error("CONVOLOG_BIN must name the convolog binary: `make sdk` builds and names it");
  const folder = await mkdtemp(join(tmpdir(), "convolog-sdk-"));
  const more = ["--cors-origins", origin, "--allow-private-urls", new URL(receiver).host];
  const child = spawn(
    program,
    ["demo", "--quiet", "--listen", "127.0.0.1:0", "--data", join(folder, "demo"), ...more],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { PATH: process.env.PATH },
    },
  );
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  };
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (line.startsWith("The simulated customers are silent")) break;
  }
  // What it goes on saying is nobody's business, but must be taken.
  child.stdout.resume();
  const after = (start: string) =>
    said
      .find((line) => line.startsWith(start))
      ?.slice(start.length)
      .trim() ?? "";
  const [url, key, admin] = [after("URL"), after("API key"), after("admin token")];
  if (!url) {
    await stop();
    throw new Error("the demo did not start");
  }
  const avelto = said.find((line) => line.trim().startsWith("convo_"))?.trim() ?? "";
  const [first] = await new Convolog({ baseUrl: url, apiKey: admin }).workspaces.list().all();
  return { world: { url, key, admin, workspace: first!.id, avelto, receiver }, stop };
}

/** The same promises, kept in Node, in a browser and at the edge, against one demo of the real server. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { browser, page } from "./harness/browser.js";
import { demo } from "./harness/demo.js";
import { edge } from "./harness/edge.js";
import { Project } from "./harness/readme.js";
import { receiver } from "./harness/receiver.js";
import { cases } from "./suite/index.js";
import type { World } from "./suite/world.js";

interface Runtime {
  run: (name: string, world: World) => Promise<void>;
  stop: () => Promise<void>;
}

const [shown, heard] = await Promise.all([page(), receiver()]);
const { world, stop } = await demo(shown.url, heard.url);

after(async () => {
  await stop();
  shown.stop();
  heard.stop();
});

const node = async (): Promise<Runtime> => ({ run: (name, world) => cases[name]!(world), stop: async () => undefined });

const runtimes: Record<string, () => Promise<Runtime>> = { node, browser: () => browser(shown.url), edge };

for (const [name, start] of Object.entries(runtimes)) {
  describe(name, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await start();
    });
    after(() => runtime?.stop());
    for (const each of Object.keys(cases)) test(each, () => runtime.run(each, world));
  });
}

describe("README.md", () => {
  let project: Project;
  before(async () => {
    project = await Project.make();
  });
  after(() => project?.remove());

  test("every_example_compiles_and_runs", async (all) => {
    await project.compile();
    assert.ok(project.examples.length >= 7);
    const env = {
      CONVOLOG_URL: world.url,
      CONVOLOG_KEY: world.key,
      AVELTO_TOKEN: world.avelto,
      AVELTO_BASE_URL: `${world.url}/avelto/api/v1`,
    };
    for (const example of project.examples) await all.test(example, async () => void (await project.run(example, env)));
  });

  test("the_receiver_takes_what_was_signed", async () => {
    const worker = await project.worker();
    const [id, timestamp, key] = ["evt_1", String(Math.floor(Date.now() / 1_000)), "a secret of more than 24 bytes"];
    const body = '{"type":"lead.created","timestamp":"2026-05-10T14:22:01Z","data":{}}';
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
    const env = { WEBHOOK_SECRET: `whsec_${Buffer.from(key).toString("base64")}` };
    const status = async (body: string) =>
      (await worker.fetch(new Request("http://edge/", { method: "POST", headers, body }), env)).status;
    assert.deepEqual([await status(body), await status(`${body} `)], [204, 400]);
  });
});

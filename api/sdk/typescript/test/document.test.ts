/** The package and the documents of the server: types are current, and everything that is served has a method. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AveltoClient, Convolog } from "@convolog/sdk";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const docs = new URL("../../../docs/", root);

/** What is no business of a client: what people read, and what the platform posts. */
const NOT_CALLED = /^GET \/(docs|openapi\.json|postman\.json|metrics)|\/inbound\//;

/** Every operation of a document: `GET /v1/leads/{}`. */
async function operations(name: string): Promise<string[]> {
  const { paths } = JSON.parse(await readFile(new URL(name, docs), "utf8"));
  const all = Object.entries<object>(paths).flatMap(([path, methods]) => {
    return Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, "{}")}`);
  });
  return all.filter((operation) => !NOT_CALLED.test(operation)).sort();
}

/** What reads as an id where an id is wanted. */
const FILE = Object.assign(new File([], "{}.txt"), { toString: () => "{}" });

/** Every request that the methods of a client make. */
async function requests(make: (fetch: typeof globalThis.fetch) => object): Promise<string[]> {
  const made = new Set<string>();
  const client = make(async (input, init) => {
    made.add(`${init?.method} ${decodeURI(new URL(String(input)).pathname)}`);
    return new Response(null, { status: 400 });
  });
  for (const namespace of Object.values(client)) {
    for (const method of Object.values<(...given: unknown[]) => any>(namespace)) {
      // As many ids as any method takes; one of them is a file as well.
      await settled(() => method(FILE, "{}"));
    }
  }
  return [...made].sort();
}

/** Asks until it is refused, which it always is. */
async function settled(ask: () => any): Promise<void> {
  try {
    const asked = ask();
    await (typeof asked.next === "function" ? asked.next() : asked);
  } catch {
    return;
  }
}

describe("the documents", () => {
  test("the_types_are_those_of_the_documents", () => {
    execFileSync(process.execPath, [fileURLToPath(new URL("scripts/generate.js", root)), "--check"], {
      stdio: "inherit",
    });
  });

  test("every_operation_of_v1_has_a_method", async () => {
    const made = await requests((fetch) => new Convolog({ baseUrl: "http://server", apiKey: "key", fetch }));
    assert.deepEqual(made, await operations("openapi.json"), "src/resources has a line for each operation");
  });

  test("every_operation_of_avelto_has_a_method", async () => {
    const made = await requests((fetch) => new AveltoClient({ baseUrl: "http://server/api/v1", apiKey: "key", fetch }));
    assert.deepEqual(made, await operations("surfaces/avelto.openapi.json"));
  });
});

describe("the package", () => {
  test("whoever_uses_one_client_ships_no_other", async () => {
    const shipped = async (used: string) => {
      const contents = `import { ${used} } from "@convolog/sdk"; console.log(${used});`;
      const stdin = { contents, resolveDir: fileURLToPath(root) };
      const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false });
      return outputFiles[0]!.text;
    };
    const [avelto, receiver] = await Promise.all(["AveltoClient", "verifyWebhook"].map(shipped));
    assert.ok(!avelto!.includes("/v1/workspaces") && !avelto!.includes("webhook-signature"));
    assert.ok(avelto!.length < 8_000 && receiver!.length < 3_000, `${avelto!.length}, ${receiver!.length} bytes`);
  });
});

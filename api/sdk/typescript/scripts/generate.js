/**
 * Writes src/generated from the OpenAPI documents of the server: types, by openapi-typescript, and the codes of
 * errors. With `--check` it writes nothing and fails if a file is stale.
 *
 * Only what a caller sees is kept: what goes in, and what comes out when all is well. Refusals have one shape, and
 * the headers are this package's business; they would make the types five times as long.
 */

import { readFile, writeFile } from "node:fs/promises";
import openapi, { astToString } from "openapi-typescript";

const docs = new URL("../../../../docs/", import.meta.url);
const generated = new URL("../src/generated/", import.meta.url);

const documents = [
  { from: "openapi.json", to: "native.ts" },
  { from: "surfaces/avelto.openapi.json", to: "avelto.ts" },
];

/** What a caller sees of an operation. */
function kept(operation) {
  const responses = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([status, { description, content }]) => [status, { description, content }]);
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    description: operation.description,
    deprecated: operation.deprecated,
    parameters: operation.parameters?.filter((parameter) => parameter.in !== "header"),
    requestBody: operation.requestBody,
    responses: Object.fromEntries(responses),
  };
}

/** Every code that a refusal can have, in the order of the alphabet. */
function codes(operations) {
  const all = operations.flatMap(({ responses }) => Object.values(responses).flatMap((r) => r["x-codes"] ?? []));
  return [...new Set(all)].sort();
}

/** The text of a file of types. */
async function types(from) {
  const document = JSON.parse(await readFile(new URL(from, docs), "utf8"));
  const paths = Object.entries(document.paths);
  const operations = paths.flatMap(([, methods]) => Object.values(methods));
  const slim = paths.map(([path, methods]) => {
    const of = Object.entries(methods).map(([method, operation]) => [method, kept(operation)]);
    return [path, Object.fromEntries(of)];
  });
  const { schemas } = document.components;
  const nodes = await openapi(
    { ...document, paths: Object.fromEntries(slim), components: { schemas } },
    { silent: true, defaultNonNullable: false },
  );
  const code = codes(operations).map((name) => `\n  | "${name}"`);
  return `// Generated from docs/${from}; \`npm run generate\` writes it again.\n\n${astToString(nodes)}
/** The codes of refusals. */
export type Code =${code.join("")};\n`;
}

let stale = 0;
for (const { from, to } of documents) {
  const wanted = await types(from);
  const file = new URL(to, generated);
  if (!process.argv.includes("--check")) {
    await writeFile(file, wanted);
  } else if ((await readFile(file, "utf8").catch(() => "")) !== wanted) {
    stale += 1;
    console.error(`src/generated/${to} is stale: run \`npm run generate\` in api/sdk/typescript`);
  }
}
process.exitCode = stale ? 1 : 0;

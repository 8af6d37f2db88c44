/** The examples of README.md, in a project that has installed the packed package as a user does. */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Node's own types and nothing of a browser: what a project on a server has. */
const TSCONFIG = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022"],
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    strict: true,
  },
};

/** A project with the package under its own name and under the alias, and every example as a file. */
export class Project {
  private constructor(
    readonly folder: string,
    readonly examples: string[],
  ) {}

  static async make(): Promise<Project> {
    const folder = await mkdtemp(join(tmpdir(), "convolog-readme-"));
    const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
    const file = `file:./${stdout.trim()}`;
    const manifest = { type: "module", private: true, dependencies: { "@convolog/sdk": file, "@convo/sdk": file } };
    await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
    await writeFile(join(folder, "handbook.md"), "# Handbook\n\nWe open at nine.\n");
    await run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
    const readme = await readFile(join(root, "README.md"), "utf8");
    const blocks = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);
    const examples = blocks.map((_, index) => `example${index + 1}`);
    await Promise.all(blocks.map((code, index) => writeFile(join(folder, `${examples[index]}.ts`), code)));
    return new Project(folder, examples);
  }

  /** Compiles every example, strictly. */
  async compile(): Promise<void> {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [compiler, "-p", this.folder]).catch((error) => {
      throw new Error(error.stdout);
    });
  }

  /** Runs one; answers what it printed. */
  async run(example: string, env: Record<string, string>): Promise<string> {
    const { stdout } = await run(process.execPath, [`${example}.js`], { cwd: this.folder, env, timeout: 30_000 });
    return stdout;
  }

  /** The receiver among the examples: the one that is a worker. */
  async worker(): Promise<{ fetch: (request: Request, env: object) => Promise<Response> }> {
    for (const example of this.examples) {
      const file = join(this.folder, `${example}.js`);
      if ((await readFile(file, "utf8")).includes("export default")) return (await import(file)).default;
    }
    throw new Error("no example is a worker");
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

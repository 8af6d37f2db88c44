/** Chromium, with a page of another origin than the server's that loads the package as it is published. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import type { World } from "../suite/world.js";
import { listening } from "./receiver.js";

const root = new URL("../../", import.meta.url);

const PAGE = `<!doctype html><title>Convolog SDK</title>
<script type="importmap">{ "imports": { "@convolog/sdk": "/dist/index.js" } }</script>`;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Serves the page and what it loads. */
export function page(): Promise<{ url: string; stop: () => void }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page");
    if (pathname === "/") return response.setHeader("content-type", "text/html").end(PAGE);
    const known = /^\/(dist|build)\/[\w/-]+\.js$/.test(pathname);
    const script = known && (await readFile(new URL(`.${pathname}`, root)).catch(() => undefined));
    if (!script) return response.writeHead(404).end();
    response.setHeader("content-type", "text/javascript").end(script);
  });
  return listening(server);
}

/** Opens the page; the function runs a case in it. */
export async function browser(
  url: string,
): Promise<{ run: (name: string, world: World) => Promise<void>; stop: () => Promise<void> }> {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const chrome = await chromium.launch({ executablePath, args: FLAGS });
  const tab = await chrome.newPage();
  await tab.goto(url);
  const run = (name: string, world: World) =>
    tab.evaluate(
      async ([suite, name, world]) => {
        const { cases } = await import(suite);
        await cases[name](world);
      },
      [`${url}/build/suite/index.js`, name, world] as const,
    );
  return { run, stop: () => chrome.close() };
}

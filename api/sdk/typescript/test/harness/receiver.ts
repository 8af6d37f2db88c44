/** A receiver of webhooks that any runtime can ask what came, and a small site to be crawled. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Came } from "../suite/world.js";

export async function receiver(): Promise<{ url: string; stop: () => void }> {
  const came = new Map<string, Came[]>();
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    response.setHeader("access-control-allow-origin", "*");
    if (request.method === "POST") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const delivery = { headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() };
      came.set(path, [...(came.get(path) ?? []), delivery]);
      response.end();
    } else if (path.startsWith("/hooks/")) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(came.get(path) ?? []));
    } else if (path.startsWith("/site/")) {
      response.setHeader("content-type", "text/html").end("<title>Prices</title><p>A check-up costs 45.</p>");
    } else {
      response.writeHead(404).end();
    }
  });
  return listening(server);
}

/** Listens at a port that is free. */
export async function listening(server: ReturnType<typeof createServer>): Promise<{ url: string; stop: () => void }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

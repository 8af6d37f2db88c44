/** What every case is given: a running demo, and a receiver of webhooks that tells what came. */
export interface World {
  /** Where the server is. */
  url: string;
  /** The administrator's token. */
  admin: string;
  /** A native key of the demo's first business. */
  key: string;
  /** That business's workspace. */
  workspace: string;
  /** Its Avelto token, with every scope. */
  avelto: string;
  /** Where webhooks can be received, at any path, and asked for at the same path. */
  receiver: string;
}

/** One promise, kept in every runtime. */
export type Case = (world: World) => Promise<void>;
export type Cases = Record<string, Case>;

/** What a receiver was sent. */
export interface Came {
  headers: Record<string, string>;
  body: string;
}

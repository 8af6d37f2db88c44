/** The client of Avelto's Convo Public API. */

import { Calls } from "./calls.js";
import { Client } from "./client.js";
import { AveltoError } from "./errors.js";
import { named, type Named } from "./files.js";
import type { components, paths } from "./generated/avelto.js";
import { type CallOptions, type ClientOptions, Http, type PostOptions } from "./http.js";
import type { Listing } from "./listing.js";
import type { MethodsOf } from "./operations.js";

type Schemas = components["schemas"];

/** What goes in and out, by name: `AveltoSchemas["Lead"]`. */
export type AveltoSchemas = Schemas;

/** The methods of a table. */
type Avelto<T> = MethodsOf<paths, T>;

const leads = {
  /** Leads, the newest first or by score. */
  list: "LIST /api/v1/leads",
  /** Opens a lead. */
  create: "POST /api/v1/leads",
} as const;

const conversations = {
  /** One conversation with everything that was said. */
  get: "GET /api/v1/conversations/{id}",
  /** Does the same with up to 200 of them: close, reopen, assign, tag, untag. */
  bulk: "POST /api/v1/conversations/bulk",
} as const;

const agents = {
  /** Agents and their publish status. */
  list: "GET /api/v1/agents",
  /** One agent with its prompt and its model. */
  get: "GET /api/v1/agents/{id}",
} as const;

const channels = {
  /** Channels. */
  list: "GET /api/v1/channels",
} as const;

const knowledge = {
  /** Reads a site. */
  crawl: "POST /api/v1/knowledge/crawl",
  /** How far a job has come. */
  job: "GET /api/v1/knowledge/jobs/{id}",
} as const;

const integrations = {
  /** Integrations. */
  list: "GET /api/v1/integrations",
} as const;

/** How an {@link AveltoClient} is made. */
export interface AveltoOptions extends ClientOptions {
  /** Where the API is, such as `https://convolog.example.com/avelto/api/v1`; Avelto's own unless set. */
  baseUrl?: string | undefined;
}

/** Where the document says that the API is. */
const DOCUMENTED = "https://api.avelto.pl/api/v1";

/**
 * Talks to the Avelto API, of a Convolog server or of Avelto.
 *
 * ```ts
 * const client = new AveltoClient({ apiKey: process.env.AVELTO_TOKEN! });
 * const leads = await client.leads.list({ status: 'QUALIFIED' });
 * ```
 */
export class AveltoClient extends Client<paths> {
  constructor({ baseUrl = configured() ?? DOCUMENTED, ...options }: AveltoOptions) {
    // The document counts `/api/v1` to the paths.
    const base = baseUrl.replace(/\/api\/v1\/?$/, "");
    const http = new Http(base, options, (response, body) => new AveltoError(response, body));
    super(new Calls(http, ({ headers }, items) => ({ items, next: next(headers), total: total(headers) })));
  }

  /** Leads: who may become a customer. */
  readonly leads: Avelto<typeof leads> & {
    /** Moves a lead to another stage. */
    updateStatus: (id: string, status: Schemas["LeadStatus"], options?: CallOptions) => Promise<Schemas["ChangedLead"]>;
  } = {
    ...this.calls.methods(leads),
    updateStatus: (id, status, options) =>
      this.calls.method("PATCH /api/v1/leads/{id}/status")(id, { status }, options),
  };

  /** Conversations. */
  readonly conversations: Avelto<typeof conversations> & {
    /** Conversations, the one with the newest message first; of several tags any will do. */
    list: (
      query?: ConversationQuery,
      options?: CallOptions,
    ) => Listing<Schemas["Conversation"], Schemas["Conversation"][]>;
    /** Answers as an operator, in a conversation that was handed off. */
    sendOperatorMessage: (id: string, content: string, options?: PostOptions) => Promise<Schemas["Message"]>;
  } = {
    ...this.calls.methods(conversations),
    list: ({ tagIds, ...query } = {}, options) => {
      const tags = tagIds === undefined ? {} : { tagIds: [tagIds].flat().join(",") };
      return this.calls.method("LIST /api/v1/conversations")({ ...query, ...tags }, options);
    },
    sendOperatorMessage: (id, content, options) =>
      this.calls.method("POST /api/v1/conversations/{id}/operator-message")(id, { content }, options),
  };

  /** Agents. */
  readonly agents: Avelto<typeof agents> = this.calls.methods(agents);

  /** Channels. */
  readonly channels: Avelto<typeof channels> = this.calls.methods(channels);

  /** Knowledge: what agents answer from. */
  readonly knowledge: Avelto<typeof knowledge> & {
    /** Hands a file over: PDF, DOCX, HTML, Markdown or text, at most 10 MB. `job` says how far it has come. */
    upload: (file: Blob, about?: Named, options?: PostOptions) => Promise<Schemas["Uploaded"]>;
  } = {
    ...this.calls.methods(knowledge),
    upload: (file, about = {}, options = {}) => {
      const { body, name } = named(file, about);
      const headers = { "x-original-name": encodeURIComponent(name), ...options.headers };
      return this.calls.method("POST /api/v1/knowledge/upload")(body, { ...options, headers });
    },
  };

  /** Integrations of every kind. */
  readonly integrations: Avelto<typeof integrations> = this.calls.methods(integrations);

  /** Webhooks: see `verifyAveltoWebhook` for the other end. */
  readonly webhooks = {
    /** Those of the integrations that are webhooks. */
    list: async (query: Record<string, never> = {}, options?: CallOptions): Promise<Schemas["Integration"][]> => {
      const all = await this.integrations.list(query, options);
      return all.filter(({ type }) => type === "WEBHOOK");
    },
    /** Subscribes to events; the signing secret is shown this once. */
    create: (webhook: Omit<Schemas["NewWebhook"], "type">, options?: PostOptions): Promise<Schemas["CreatedWebhook"]> =>
      this.calls.method("POST /api/v1/integrations/webhook")({ type: "WEBHOOK", ...webhook }, options),
  };
}

/** What conversations are filtered by. */
type ConversationQuery = Omit<NonNullable<paths["/api/v1/conversations"]["get"]["parameters"]["query"]>, "tagIds"> & {
  /** One tag, several, or several separated by commas. */
  tagIds?: string | string[];
};

/** `AVELTO_BASE_URL`, where there are environment variables. */
function configured(): string | undefined {
  return (globalThis as { process?: { env?: Record<string, string> } }).process?.env?.AVELTO_BASE_URL;
}

/** The token of the next page: of the address in `Link`, no more, so that no key goes to where an answer points. */
function next(headers: Headers): string | undefined {
  const link = /<([^>]*)>;\s*rel="next"/.exec(headers.get("link") ?? "")?.[1];
  return link === undefined ? undefined : (new URL(link, DOCUMENTED).searchParams.get("page") ?? undefined);
}

/** How many there are on all pages. */
function total(headers: Headers): number | undefined {
  const count = headers.get("x-total-count");
  return count === null ? undefined : Number(count);
}

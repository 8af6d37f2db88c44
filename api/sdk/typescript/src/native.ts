/** The client of Convolog's own API. */

import { Calls } from "./calls.js";
import { Client } from "./client.js";
import { ConvologError } from "./errors.js";
import { named, type Named } from "./files.js";
import { type Follow, follow } from "./follow.js";
import type { components, paths } from "./generated/native.js";
import { type ClientOptions, Http, type PostOptions } from "./http.js";
import type { MethodsOf, Spec } from "./operations.js";
import { agents, modelConnections } from "./resources/agents.js";
import { analytics } from "./resources/analytics.js";
import { appointments, services } from "./resources/appointments.js";
import { broadcasts } from "./resources/broadcasts.js";
import { apps, channels } from "./resources/channels.js";
import { contacts } from "./resources/contacts.js";
import { conversations } from "./resources/conversations.js";
import { events } from "./resources/events.js";
import { knowledge } from "./resources/knowledge.js";
import { leads } from "./resources/leads.js";
import { installation, projections, quarantine } from "./resources/operations.js";
import { cannedReplies, media } from "./resources/media.js";
import { search } from "./resources/search.js";
import { templateGroups, templates } from "./resources/templates.js";
import { webhooks } from "./resources/webhooks.js";
import { people, settings, usage, workspaces } from "./resources/workspaces.js";

/** Names of methods, and what they call. */
export type Table = Record<string, Spec<paths>>;

/** The methods of a table. */
type Native<T> = MethodsOf<paths, T>;

/** What goes in and out, by name: `ConvologSchemas["Lead"]`. */
export type ConvologSchemas = components["schemas"];

/** How a {@link Convolog} is made. */
export interface ConvologOptions extends ClientOptions {
  /** Where the server is, such as `https://convolog.example.com`. */
  baseUrl: string;
  /** With the administrator's token: the workspace to act in. */
  workspace?: string | undefined;
  /** The id of the person for whom the key acts. */
  onBehalfOf?: string | undefined;
}

/**
 * Talks to `/v1` of a Convolog server.
 *
 * ```ts
 * const convolog = new Convolog({ baseUrl: "https://convolog.example.com", apiKey: process.env.CONVOLOG_KEY! });
 * for await (const lead of convolog.leads.list({ status: "QUALIFIED" })) console.log(lead.id, lead.score);
 * ```
 */
export class Convolog extends Client<paths> {
  constructor({ baseUrl, workspace, onBehalfOf, ...options }: ConvologOptions) {
    const headers = {
      ...(workspace && { "convolog-workspace": workspace }),
      ...(onBehalfOf && { "convolog-on-behalf-of": onBehalfOf }),
      ...options.headers,
    };
    const http = new Http(baseUrl, { ...options, headers }, (response, body) => new ConvologError(response, body));
    super(
      new Calls(http, (_, { data, next_page }) => ({ items: data, next: next_page ?? undefined, total: undefined })),
    );
  }

  readonly agents: Native<typeof agents> = this.calls.methods(agents);
  readonly analytics: Native<typeof analytics> = this.calls.methods(analytics);
  readonly appointments: Native<typeof appointments> = this.calls.methods(appointments);
  readonly apps: Native<typeof apps> = this.calls.methods(apps);
  readonly broadcasts: Native<typeof broadcasts> = this.calls.methods(broadcasts);
  readonly cannedReplies: Native<typeof cannedReplies> = this.calls.methods(cannedReplies);
  readonly channels: Native<typeof channels> = this.calls.methods(channels);
  readonly contacts: Native<typeof contacts> = this.calls.methods(contacts);
  readonly conversations: Native<typeof conversations> = this.calls.methods(conversations);
  readonly events: Native<typeof events> & {
    /** Events as they happen: goes on where it was cut off, without gap or duplicate, until `signal` ends it. */
    follow: Follow;
  } = { ...this.calls.methods(events), follow: follow(this.calls.http) };
  readonly installation: Native<typeof installation> = this.calls.methods(installation);
  readonly knowledge: Native<typeof knowledge> & {
    /** Takes a file in: PDF, DOCX, HTML, Markdown or text. `import` says what became of it. */
    upload: (file: Blob, about?: Upload, options?: PostOptions) => Promise<ConvologSchemas["ImportAsked"]>;
  } = { ...this.calls.methods(knowledge), upload: (file, about, options) => this.#upload(file, about, options) };
  readonly leads: Native<typeof leads> = this.calls.methods(leads);
  readonly media: Native<typeof media> & {
    /** Adds a file to be sent: an image, audio, a video, a sticker or a document. */
    upload: (file: Blob, about?: Named, options?: PostOptions) => Promise<ConvologSchemas["MediaFile"]>;
  } = { ...this.calls.methods(media), upload: (file, about, options) => this.#attach(file, about, options) };
  readonly modelConnections: Native<typeof modelConnections> = this.calls.methods(modelConnections);
  readonly people: Native<typeof people> = this.calls.methods(people);
  readonly projections: Native<typeof projections> = this.calls.methods(projections);
  readonly quarantine: Native<typeof quarantine> = this.calls.methods(quarantine);
  readonly search: Native<typeof search> = this.calls.methods(search);
  readonly services: Native<typeof services> = this.calls.methods(services);
  readonly settings: Native<typeof settings> = this.calls.methods(settings);
  readonly templateGroups: Native<typeof templateGroups> = this.calls.methods(templateGroups);
  readonly templates: Native<typeof templates> = this.calls.methods(templates);
  readonly usage: Native<typeof usage> = this.calls.methods(usage);
  readonly webhooks: Native<typeof webhooks> = this.calls.methods(webhooks);
  readonly workspaces: Native<typeof workspaces> = this.calls.methods(workspaces);

  #upload(file: Blob, about: Upload = {}, options: PostOptions = {}) {
    const { body, name } = named(file, about);
    return this.calls.method("POST /v1/knowledge/files")(body, { ...options, query: { ...about, name } });
  }

  async #attach(file: Blob, about: Named = {}, options: PostOptions = {}) {
    const { body, name } = named(file, about);
    const form = new FormData();
    form.set("file", body, name);
    // Written once, with one boundary: a second attempt must say the same.
    const written = new Response(form);
    const headers = { "content-type": written.headers.get("content-type")!, ...options.headers };
    return this.calls.method("POST /v1/media")(await written.blob(), { ...options, headers });
  }
}

/** What is said of a file. */
type Upload = Partial<NonNullable<paths["/v1/knowledge/files"]["post"]["parameters"]["query"]>>;

import { AveltoClient, AveltoError, Convolog, verifyAveltoWebhook, WebhookError } from "@convolog/sdk";
import { counting, equal, fails, ok, phone, unique, until } from "./check.js";
import type { Came, Cases, World } from "./world.js";

const client = ({ url, avelto }: World, more = {}) =>
  new AveltoClient({ apiKey: avelto, baseUrl: `${url}/avelto/api/v1`, ...more });

const admin = ({ url, admin, workspace }: World) => new Convolog({ baseUrl: url, apiKey: admin, workspace });

const lead = () => ({ fields: { name: "Anna Nowak", phone: phone() }, source: "external-form" });

export const avelto: Cases = {
  av_079_080_the_documented_calls_work_as_they_are_written: async (world) => {
    const avelto = client(world);
    const made = await avelto.leads.create(lead());
    await avelto.leads.updateStatus(made.id, "QUALIFIED");
    const leads = await avelto.leads.list({ status: "QUALIFIED" });
    ok(Array.isArray(leads) && leads.length > 0);
    ok(leads.every(({ status }) => status === "QUALIFIED"));
    const webhooks = await avelto.webhooks.list();
    ok(Array.isArray(webhooks));
  },

  av_081_it_asks_once_more_on_5xx: async (world) => {
    for (const status of [500, 502, 503]) {
      const { requests, fetch } = counting(async () => new Response("gone", { status }));
      ok((await client(world, { fetch }).agents.list()).length > 0);
      equal(requests.length, 2);
    }
  },

  av_081_it_gives_up_after_the_second_5xx: async (world) => {
    const down = async () => new Response("down", { status: 503, statusText: "Service Unavailable" });
    const { requests, fetch } = counting(down, down);
    const error = await fails(client(world, { fetch }).agents.list(), AveltoError);
    equal([error.status, error.code, requests.length], [503, "unknown", 2]);
  },

  av_081_it_never_asks_again_on_4xx: async (world) => {
    const { requests, fetch } = counting();
    const avelto = client(world, { fetch });
    await fails(avelto.agents.get(crypto.randomUUID()), AveltoError);
    await fails(avelto.leads.create({ fields: { name: "" } }), AveltoError);
    await fails(client({ ...world, avelto: `convo_${"0".repeat(32)}` }, { fetch }).leads.list(), AveltoError);
    equal(requests.length, 3);
  },

  a_post_whose_answer_was_lost_is_carried_out_once: async (world) => {
    const { requests, fetch } = counting(async (real) => {
      equal((await real()).status, 201);
      return new Response("the proxy lost it", { status: 502 });
    });
    const before = await count(world);
    const made = await client(world, { fetch }).leads.create(lead());
    equal(made.status, "NEW");
    equal((await count(world)) - before, 1);
    const keys = requests.map(({ headers }) => headers.get("idempotency-key"));
    ok(requests.length === 2 && keys[0] && keys[0] === keys[1], "both attempts carry one key");
  },

  leads_are_paged_by_the_link_header: async (world) => {
    const avelto = client(world);
    for (let number = 0; number < 3; number += 1) await avelto.leads.create(lead());
    const listed = avelto.leads.list({ limit: 2, status: "NEW" });
    const first = await listed;
    equal(first.length, 2);
    const ids = new Set<string>();
    let total: number | undefined;
    for await (const page of listed.pages()) {
      total = page.total;
      for (const { id } of page.items) ids.add(id);
    }
    ok(ids.size > 2);
    equal(total, ids.size);
    equal((await listed.all()).length, ids.size);
  },

  a_key_is_never_sent_to_where_a_link_points: async (world) => {
    const { requests, fetch } = counting(async (real) => {
      const answer = await real();
      const headers = new Headers(answer.headers);
      headers.set("link", '<https://elsewhere.example/steal?page=x>; rel="next"');
      return new Response(await answer.text(), { headers });
    });
    await fails(client(world, { fetch }).leads.list({ limit: 1 }).all(), AveltoError);
    ok(requests.every(({ url }) => url.startsWith(world.url)));
  },

  a_missing_scope_is_named: async (world) => {
    const body = { name: "narrow", surface: "avelto", scopes: ["leads:read"] } as const;
    const { key } = await admin(world).workspaces.createKey(world.workspace, { ...body, scopes: [...body.scopes] });
    const error = await fails(client({ ...world, avelto: key! }).conversations.list(), AveltoError);
    equal([error.status, error.code, error.missingScope], [403, "insufficient_scope", "conversations:read"]);
    ok(error.requestId, "an error names its request");
  },

  refusals_are_typed: async (world) => {
    const error = await fails(client(world).leads.create({ fields: { email: "nowhere" } }), AveltoError);
    equal([error.status, error.code], [400, "invalid_field"]);
    ok(error.field?.includes("email"), String(error.field));
    ok(typeof error.body === "object" && error.message.includes(error.body.message));
    const missing = await fails(client(world).conversations.get(crypto.randomUUID()), AveltoError);
    equal([missing.status, missing.code], [404, "not_found"]);
  },

  conversations_are_listed_shown_and_answered: async (world) => {
    const avelto = client(world);
    const [waiting] = await admin(world).conversations.list({ handoff: true }).all();
    ok(waiting, "the demo hands one over");
    const shown = await avelto.conversations.get(waiting.id);
    ok(shown.messages.length > 0);
    const said = await avelto.conversations.sendOperatorMessage(waiting.id, "Happy to help. What size?");
    equal([said.role, said.content], ["ASSISTANT", "Happy to help. What size?"]);
    const ids: string[] = [];
    for await (const { id, status } of avelto.conversations.list({ status: "OPEN", limit: 2 })) {
      equal(status, "OPEN");
      ids.push(id);
    }
    ok(ids.includes(waiting.id));
  },

  conversations_are_tagged_in_bulk_and_found_by_any_tag: async (world) => {
    const avelto = client(world);
    const [first, second] = await avelto.conversations.list({ limit: 2 });
    ok(first && second);
    const [one, two] = [`one-${unique()}`, `two-${unique()}`];
    equal(await avelto.conversations.bulk({ ids: [first.id], action: "tag", tagIds: [one] }), {
      updated: 1,
      skipped: 0,
    });
    equal(await avelto.conversations.bulk({ ids: [second.id], action: "tag", tagIds: [two] }), {
      updated: 1,
      skipped: 0,
    });
    const found = await avelto.conversations.list({ tagIds: [one, two] }).all();
    equal(found.map(({ id }) => id).sort(), [first.id, second.id].sort());
    equal((await avelto.conversations.list({ tagIds: one })).length, 1);
  },

  agents_and_channels_are_shown: async (world) => {
    const avelto = client(world);
    const [agent] = await avelto.agents.list();
    ok(agent);
    equal((await avelto.agents.get(agent.id)).name, agent.name);
    ok((await avelto.channels.list()).some(({ type }) => type === "WHATSAPP"));
  },

  a_file_is_uploaded_and_read: async (world) => {
    const avelto = client(world);
    const name = `cennik-żółty-${unique()}.md`;
    const job = await avelto.knowledge.upload(new Blob(["# Prices\n\nA check-up costs 45."]), { name });
    equal([job.type, job.status, job.fileName], ["UPLOAD", "PENDING", name]);
    const done = await until(async () => {
      const now = await avelto.knowledge.job(job.id);
      return now.status !== "PENDING" && now.status !== "PROCESSING" && now;
    });
    equal([done.status, done.error], ["READY", null]);
  },

  a_site_is_crawled: async (world) => {
    const job = await client(world).knowledge.crawl({ url: `${world.receiver}/site/${unique()}`, depth: 0 });
    equal([job.type, job.status], ["CRAWL", "PENDING"]);
  },

  a_delivery_is_verified_and_a_changed_or_old_one_is_not: async (world) => {
    const avelto = client(world);
    const url = `${world.receiver}/hooks/${unique()}`;
    const { id, signingSecret } = await avelto.webhooks.create({ url, events: ["lead.created"] });
    ok((await avelto.webhooks.list()).some((webhook) => webhook.id === id));
    await avelto.leads.create(lead());
    const [came] = await until<Came[]>(async () => {
      const all: Came[] = await (await fetch(url)).json();
      return all.length > 0 && all;
    });
    ok(came);
    const event = await verifyAveltoWebhook(came, signingSecret);
    equal(event.type, "lead.created");
    const request = new Request(url, { method: "POST", headers: came.headers, body: came.body });
    equal((await verifyAveltoWebhook(request, ["wh_another", signingSecret])).type, "lead.created");
    equal(await request.text(), came.body);

    const refused = async (delivery: Came, secret = signingSecret, now = Date.now()) =>
      (await fails(verifyAveltoWebhook(delivery, secret, { now }), WebhookError)).code;
    equal(await refused({ ...came, body: `${came.body} ` }), "no_match");
    equal(await refused(came, "wh_another"), "no_match");
    equal(await refused(came, signingSecret, Date.now() + 400_000), "too_old");
    equal(await refused(came, signingSecret, Date.now() - 400_000), "too_new");
    equal(await refused({ ...came, headers: {} }), "missing_header");
    const signed = (value: string) => ({ ...came, headers: { "X-Convo-Signature": value } });
    const now = Math.floor(Date.now() / 1_000);
    for (const broken of [`t=${now}`, `t=${now},v1=`, `t=${now},v1=zz`, `t=${now},v1=00`])
      equal(await refused(signed(broken)), "no_match");
    equal(await refused(signed("v1=00")), "invalid_timestamp");
  },
};

async function count(world: World): Promise<number> {
  let total = 0;
  for await (const page of client(world).leads.list({ limit: 1 }).pages()) return page.total ?? 0;
  return total;
}

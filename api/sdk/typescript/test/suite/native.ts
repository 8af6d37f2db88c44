import {
  ApiError,
  ConnectionError,
  Convolog,
  ConvologError,
  TimeoutError,
  verifyWebhook,
  WebhookError,
} from "@convolog/sdk";
import { counting, equal, fails, ok, phone, unique, until } from "./check.js";
import type { Came, Cases, World } from "./world.js";

const client = ({ url, key }: World, more = {}) => new Convolog({ baseUrl: url, apiKey: key, ...more });

const lead = () => ({ name: `Ana ${unique()}`, phone: phone() });

export const native: Cases = {
  a_list_is_awaited_as_a_page_and_iterated_as_all_of_them: async (world) => {
    const convolog = client(world);
    const { data, next_page } = await convolog.conversations.list({ limit: 2 });
    equal(data.length, 2);
    ok(next_page);
    const seen = new Set<string>();
    for await (const { id } of convolog.conversations.list({ limit: 2, order: "oldest" })) seen.add(id);
    const all = await convolog.conversations.list({ limit: 200, order: "oldest" });
    equal(
      [...seen],
      all.data.map(({ id }) => id),
    );
    ok(seen.size > 2);
  },

  a_list_that_is_not_read_is_not_asked_for: async (world) => {
    const { requests, fetch } = counting();
    const listed = client(world, { fetch }).leads.list({ limit: 1 });
    equal(requests.length, 0);
    for await (const { id } of listed) {
      ok(id);
      break;
    }
    await listed;
    equal(requests.length, 1);
  },

  what_was_written_is_read_back: async (world) => {
    const { leads } = client(world);
    const made = await leads.create(lead());
    equal((await leads.get(made.id)).name, made.name);
    equal((await leads.setStatus(made.id, { status: "QUALIFIED" })).status, "QUALIFIED");
    const found = await leads.list({ phone: made.phone! });
    equal(
      found.data.map(({ id }) => id),
      [made.id],
    );
    const seen: string[] = [];
    for await (const { type } of leads.events(made.id)) seen.push(type);
    ok(seen.length >= 2, String(seen));
  },

  a_message_is_sent_and_its_status_followed: async (world) => {
    const { conversations } = client(world);
    const [open] = (await conversations.list({ limit: 1 })).data;
    ok(open);
    const sent = await conversations.send(open.id, { type: "text", text: "See you at nine." });
    equal(sent.text, "See you at nine.");
    await conversations.note(open.id, { text: "They were reminded." });
    const said = await conversations.messages(open.id, { order: "newest", limit: 20 });
    ok(said.data.some(({ id }) => id === sent.id));
  },

  a_conversation_is_shown_as_it_stood: async (world) => {
    const { conversations } = client(world);
    const [open] = (await conversations.list({ order: "oldest", limit: 1 })).data;
    ok(open);
    const { data } = await conversations.messages(open.id);
    const first = data[0]!;
    const then = await conversations.messages(open.id, { as_of: String(first.position) });
    ok(then.data.length < data.length && then.data.some(({ id }) => id === first.id));
  },

  a_file_is_a_blob: async (world) => {
    const { appointments } = client(world);
    const [booked] = (await appointments.list({ limit: 1 })).data;
    ok(booked, "the demo has appointments");
    const file = await appointments.ics(booked.id);
    ok(file.type.startsWith("text/calendar"), file.type);
    ok((await file.text()).startsWith("BEGIN:VCALENDAR"));
  },

  a_file_is_uploaded_under_its_own_name: async (world) => {
    const { knowledge } = client(world);
    const word = `parking${unique()}`;
    const asked = await knowledge.upload(new File([`Cars stand in the ${word}.`], `${word}.txt`));
    const done = await until(async () => {
      const now = await knowledge.import(asked.id);
      return now.state === "ready" && now;
    });
    equal([done.kind, done.reason], ["file", null]);
    const found = await until(async () => (await knowledge.search({ q: word })).data[0]);
    equal(found.title, word);
  },

  a_file_to_be_sent_is_kept_once: async (world) => {
    const { media } = client(world);
    const bytes = new TextEncoder().encode(`Prices of ${unique()}`);
    const lost = async (real: () => Promise<Response>) => {
      await real();
      return new Response("the proxy lost it", { status: 502 });
    };
    const { requests, fetch } = counting(lost);
    const kept = await client(world, { fetch }).media.upload(new Blob([bytes]), { name: "cennik żółty.txt" });
    equal([kept.mime_type, kept.size, requests.length], ["text/plain", bytes.length, 2]);
    equal((await media.get(kept.id)).filename, "cennik żółty.txt");
    equal(await (await media.content(kept.id)).text(), new TextDecoder().decode(bytes));
    ok((await media.list().all()).some(({ id }) => id === kept.id));
    await media.delete(kept.id);
    const gone = await fails(media.get(kept.id), ConvologError);
    equal(gone.code, "not_found");
  },

  refusals_are_typed: async (world) => {
    const { leads, conversations } = client(world);
    const missing = await fails(leads.get(crypto.randomUUID()), ConvologError);
    equal([missing.status, missing.code], [404, "not_found"]);
    ok(missing instanceof ApiError && missing.requestId && missing.detail);
    ok(missing.message.includes(missing.detail));
    const wrong = await fails(conversations.list({ limit: 1_000 }), ConvologError);
    equal([wrong.status, wrong.code, wrong.field], [400, "invalid_field", "limit"]);
    const stranger = await fails(client(world, { apiKey: "cl_live_nobody" }).leads.list(), ConvologError);
    equal([stranger.status, stranger.code], [401, "invalid_credentials"]);
  },

  an_id_cannot_lead_elsewhere: async (world) => {
    const { requests, fetch } = counting();
    const { leads } = client(world, { fetch });
    for (const id of ["", ".", ".."]) {
      try {
        await leads.get(id);
        ok(false, `${id} was asked for`);
      } catch (error) {
        ok(error instanceof TypeError, String(error));
      }
    }
    equal(requests.length, 0);
    await fails(leads.get("../conversations"), ConvologError);
    ok(requests[0]?.url.endsWith("/v1/leads/..%2Fconversations"));
  },

  the_same_key_is_the_same_call: async (world) => {
    const { leads } = client(world);
    const [body, idempotencyKey] = [lead(), crypto.randomUUID()];
    const answers: (string | null)[] = [];
    const onResponse = ({ headers }: Response) => void answers.push(headers.get("idempotency-replayed"));
    const one = await leads.create(body, { idempotencyKey, onResponse });
    const two = await leads.create(body, { idempotencyKey, onResponse });
    equal([one.id, answers], [two.id, [null, "true"]]);
    const error = await fails(leads.create(lead(), { idempotencyKey }), ConvologError);
    equal(error.code, "idempotency_key_reused");
  },

  a_connection_that_breaks_is_tried_once_more: async (world) => {
    const lost = async (real: () => Promise<Response>) => {
      await real();
      throw new TypeError("connection reset");
    };
    const { requests, fetch } = counting(lost);
    const body = lead();
    const made = await client(world, { fetch }).leads.create(body);
    equal(requests.length, 2);
    const { data } = await client(world).leads.list({ phone: body.phone });
    equal(
      data.map(({ id }) => id),
      [made.id],
    );

    const never = counting(lost, lost);
    const error = await fails(client(world, { fetch: never.fetch }).usage.limits(), ConnectionError);
    ok(error.cause instanceof TypeError && never.requests.length === 2);
  },

  a_server_that_is_not_there_is_a_connection_error: async (world) => {
    // Nobody listens at port 9, and browsers do not even ask there.
    await fails(client({ ...world, url: "http://127.0.0.1:9" }).leads.list(), ConnectionError);
  },

  a_call_takes_no_longer_than_it_may: async (world) => {
    const silent = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    const convolog = client(world, { fetch: silent, timeout: 20 });
    await fails(convolog.leads.list(), TimeoutError);
    await fails(client(world, { fetch: silent }).leads.list({}, { timeout: 20 }), TimeoutError);
  },

  a_call_can_be_called_off: async (world) => {
    const { requests, fetch } = counting();
    const reason = new Error("no longer wanted");
    const error = await fails(client(world, { fetch }).leads.list({}, { signal: AbortSignal.abort(reason) }), Error);
    equal([error.message, error === reason], ["no longer wanted", true]);
    ok(requests.length <= 1, "what was called off is not tried again");

    const controller = new AbortController();
    const late = counting(async (real) => {
      const answer = await real();
      controller.abort(reason);
      return new Response(answer.body, { status: 503 });
    });
    const given = await fails(
      client(world, { fetch: late.fetch }).leads.list({}, { signal: controller.signal }),
      Error,
    );
    ok(given === reason && late.requests.length === 1);
  },

  events_are_followed_and_resumed_where_they_were_cut: async (world) => {
    const convolog = client(world);
    const { data } = await convolog.events.list({ limit: 30 });
    const [first, last] = [data[0]!, data.at(-1)!];
    // A connection that ends after the first events of many.
    const cut = async (real: () => Promise<Response>) => {
      const answer = await real();
      const reader = answer.body!.getReader();
      const text = new TextDecoder();
      let begun = "";
      while (begun.split("\n\n").length < 4) begun += text.decode((await reader.read()).value, { stream: true });
      await reader.cancel();
      return new Response(begun.slice(0, begun.indexOf("\n\n", begun.indexOf("data:")) + 9), answer);
    };
    const { requests, fetch } = counting(cut);
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const { position } of client(world, { fetch }).events.follow(
      { after: first.position },
      { signal: stop.signal },
    )) {
      seen.push(position);
      if (position >= last.position) stop.abort();
    }
    equal(
      seen,
      data.slice(1).map(({ position }) => position),
    );
    equal(requests.length, 2);
  },

  events_are_heard_as_they_happen: async (world) => {
    const convolog = client(world);
    const { leads, events } = convolog;
    const made = await leads.create(lead());
    const [newest] = (await leads.events(made.id)).data.slice(-1);
    const listening = events.follow({ after: newest!.position, type: "lead_stage_changed" });
    const heard = listening.next();
    await leads.setStatus(made.id, { status: "QUALIFIED" });
    const { value } = await heard;
    equal(value?.stream, `lead/${made.id}`);
    await listening.return();
  },

  a_stream_that_is_refused_is_an_error: async (world) => {
    const { events } = client(world, { apiKey: "cl_live_nobody" });
    const error = await fails(events.follow().next(), ConvologError);
    equal(error.status, 401);
  },

  deliveries_are_verified_by_secret_and_by_public_key: async (world) => {
    const { webhooks, leads } = client(world);
    const url = `${world.receiver}/hooks/${unique()}`;
    const made = await webhooks.create({ url, events: ["lead.created"], signature: "ed25519" });
    await leads.create(lead());
    const [came] = await until<Came[]>(async () => {
      const all: Came[] = await (await fetch(url)).json();
      return all.length > 0 && all;
    });
    ok(came);
    equal((await verifyWebhook(came, made.secret)).type, "lead.created");
    const { keys } = await webhooks.publicKeys(world.workspace, made.id);
    const publicKeys = keys.map(({ public_key }) => public_key);
    equal((await verifyWebhook(came, publicKeys)).type, "lead.created");

    const refused = async (delivery: Came, keys: string | string[] = [made.secret, ...publicKeys]) =>
      (await fails(verifyWebhook(delivery, keys), WebhookError)).code;
    equal(await refused({ ...came, body: came.body.replace("lead", "dead") }), "no_match");
    equal(await refused({ ...came, headers: { ...came.headers, "webhook-id": "another" } }), "no_match");
    equal(await refused(came, `whsec_${btoa("another secret of 24 bytes")}`), "no_match");
    equal(await refused(came, `whpk_${btoa("k".repeat(32))}`), "no_match");

    const { secret } = await webhooks.rotateSecret(made.id);
    ok(secret !== made.secret);
    equal((await verifyWebhook(came, [secret, made.secret])).type, "lead.created");
  },

  the_known_answer_of_standard_webhooks_is_taken_and_nothing_like_it: async () => {
    const body = '{"email":"test@example.com","username":"test_user"}';
    const signed = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";
    const key = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const at = 1_649_367_553_000;
    const headers = (signature: string) => ({
      "Webhook-Id": "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
      "webhook-timestamp": String(at / 1_000),
      "webhook-signature": [signature],
    });
    const verified = (signature: string, now = at, tolerance = 300) =>
      verifyWebhook({ headers: headers(signature), body }, key, { now, tolerance });
    const refused = async (signature: string, now = at, tolerance = 300) =>
      (await fails(verified(signature, now, tolerance), WebhookError)).code;
    for (const list of [signed, `v1a,xyz ${signed}`, `${signed} v1,AAAA`, `v9 ${signed}`]) await verified(list);
    const bytes = new TextEncoder().encode(body);
    await verifyWebhook(
      { headers: new Headers({ ...headers(signed), "webhook-signature": signed }), body: bytes },
      key,
      { now: at },
    );
    for (const bad of ["v1,", "v1,A", "v1,AAAA", "v1,tZ1I4/hDygA=", "v1", "v2,x", signed.replace("tZ1", "tZ2")]) {
      equal(await refused(bad), "no_match");
    }
    await verified(signed, at + 300_000);
    await verified(signed, at - 300_000);
    equal(await refused(signed, at + 301_000), "too_old");
    equal(await refused(signed, at - 301_000), "too_new");
    equal(await refused(signed, at + 11_000, 10), "too_old");
  },
};

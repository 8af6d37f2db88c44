/** What the types allow and refuse. Compiled with the tests, never run. */

import type { AveltoClient, AveltoSchemas, Convolog, ConvologSchemas, Listing } from "@convolog/sdk";

export async function allowed(convolog: Convolog, avelto: AveltoClient) {
  const leads: ConvologSchemas["Lead"][] = (await convolog.leads.list({ status: "QUALIFIED", limit: 5 })).data;
  const one: ConvologSchemas["Lead"] = await convolog.leads.get("id", { as_of: "120" }, { timeout: 5 });
  const queued: Promise<ConvologSchemas["QueuedMessage"]> = convolog.conversations.send("id", { type: "text" });
  const gone: void = await convolog.webhooks.delete("id");
  const same: Promise<AveltoSchemas["Lead"][]> = avelto.leads.list({ status: "QUALIFIED" });
  const list: Listing<AveltoSchemas["Lead"], AveltoSchemas["Lead"][]> = avelto.leads.list();
  await convolog.contacts.deletePersonalData("id", { query: { reason: "requested" } });
  await convolog.leads.import(new Blob(["name\nAna\n"], { type: "text/csv" }), { query: { dry_run: true } });
  await convolog.agents.publish("id");
  return [leads, one, queued, gone, same, list];
}

export async function refused(convolog: Convolog, avelto: AveltoClient) {
  // @ts-expect-error: there is no such status
  convolog.leads.list({ status: "MAYBE" });
  // @ts-expect-error: nor such a filter
  convolog.leads.list({ colour: "blue" });
  // @ts-expect-error: an id is needed
  convolog.leads.get();
  // @ts-expect-error: a search needs words
  convolog.search.leads();
  // @ts-expect-error: a message needs a type
  convolog.conversations.send("id", { text: "Hello" });
  // @ts-expect-error: a message needs to be said
  convolog.conversations.send("id");
  // @ts-expect-error: the law wants a reason
  convolog.contacts.deletePersonalData("id");
  // @ts-expect-error: only a POST has a key
  convolog.leads.update("id", { name: "Ana" }, { idempotencyKey: "key" });
  // @ts-expect-error: there is no such member
  (await convolog.leads.get("id")).colour;
  // @ts-expect-error: Avelto spells statuses in capitals
  avelto.leads.updateStatus("id", "won");
}

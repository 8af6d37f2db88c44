import type { Table } from "../native.js";

/** Search by words: the best first. */
export const search = {
  /** What was said. */
  messages: "LIST /v1/search/messages",
  /** People. */
  contacts: "LIST /v1/search/contacts",
  /** Leads. */
  leads: "LIST /v1/search/leads",
} as const satisfies Table;

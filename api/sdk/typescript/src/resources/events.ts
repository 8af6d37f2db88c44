import type { Table } from "../native.js";

/** Events: everything that happened, in one order. */
export const events = {
  /** Events after a position. */
  list: "LIST /v1/events",
  /** The types of events, with their schemas. */
  types: "LIST /v1/event-types",
  /** One of them. */
  type: "GET /v1/event-types/{type}",
} as const satisfies Table;

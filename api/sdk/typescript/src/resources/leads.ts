import type { Table } from "../native.js";

/** Leads: who may become a customer. */
export const leads = {
  /** Leads, filtered and sorted; `sort: "board"` as they stand on the board. */
  list: "LIST /v1/leads",
  /** Opens a lead. */
  create: "POST /v1/leads",
  /** One lead. */
  get: "GET /v1/leads/{id}",
  /** Changes what is known of them. */
  update: "PATCH /v1/leads/{id}",
  /** Moves it to another stage. */
  setStatus: "PATCH /v1/leads/{id}/status",
  /** Moves it on the board. */
  move: "POST /v1/leads/{id}/move",
  /** Says that two are one. */
  merge: "POST /v1/leads/{id}/merge",
  /** The events that it consists of. */
  events: "LIST /v1/leads/{id}/events",
  /** Takes a list in: JSON, or a `Blob` of type `text/csv`. */
  import: "POST /v1/leads/import",
  /** Destroys what is known of them, for good. */
  deletePersonalData: "DELETE /v1/leads/{id}/personal-data",
  /** The certificate of an erasure. */
  erasure: "GET /v1/leads/{id}/erasure",
  /** How many there are at each stage, and worth what. */
  pipeline: "GET /v1/pipeline",
  /** What is to be reached. */
  setTarget: "POST /v1/pipeline/targets",
  /** When a conversation becomes a lead, and a lead is qualified. */
  rules: "GET /v1/lead-rules",
  /** Sets those rules. */
  setRules: "POST /v1/lead-rules",
} as const satisfies Table;

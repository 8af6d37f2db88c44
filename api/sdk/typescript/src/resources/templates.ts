import type { Table } from "../native.js";

/** Templates: what may be sent to somebody who has not written for a day. */
export const templates = {
  /** Templates. */
  list: "LIST /v1/templates",
  /** Asks the platform for a template. */
  create: "POST /v1/templates",
  /** One template. */
  get: "GET /v1/templates/{id}",
  /** Asks the platform to delete a template. */
  delete: "DELETE /v1/templates/{id}",
  /** Reads what the platform has. */
  sync: "POST /v1/templates/sync",
  /** When that was done last, and how it went. */
  lastSync: "GET /v1/templates/sync",
} as const satisfies Table;

/** Groups of templates: one message in several languages. */
export const templateGroups = {
  /** Groups. */
  list: "LIST /v1/template-groups",
  /** Makes a group. */
  create: "POST /v1/template-groups",
  /** One group. */
  get: "GET /v1/template-groups/{id}",
  /** Changes a group. */
  update: "PATCH /v1/template-groups/{id}",
  /** Deletes a group. */
  delete: "DELETE /v1/template-groups/{id}",
} as const satisfies Table;

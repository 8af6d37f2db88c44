import type { Table } from "../native.js";

/** Broadcasts: one message to many. */
export const broadcasts = {
  /** Broadcasts, the newest first. */
  list: "LIST /v1/broadcasts",
  /** Makes a broadcast. */
  create: "POST /v1/broadcasts",
  /** One broadcast, with its counts. */
  get: "GET /v1/broadcasts/{id}",
  /** Who is to get it, and what became of that. */
  recipients: "LIST /v1/broadcasts/{id}/recipients",
  /** Adds recipients. */
  addRecipients: "POST /v1/broadcasts/{id}/recipients",
  /** Says what would happen, and does nothing. */
  dryRun: "ACT /v1/broadcasts/{id}/dry-run",
  /** Starts it, now or later. */
  start: "POST /v1/broadcasts/{id}/start",
  /** Sends nothing more for now. */
  pause: "ACT /v1/broadcasts/{id}/pause",
  /** Goes on. */
  resume: "ACT /v1/broadcasts/{id}/resume",
  /** Sends nothing more, ever. */
  cancel: "ACT /v1/broadcasts/{id}/cancel",
} as const satisfies Table;

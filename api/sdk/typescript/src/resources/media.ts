import type { Table } from "../native.js";

/** Media: files of the business, kept once for each content, to be sent with `media: { media_id }`. */
export const media = {
  /** Files, in the order in which they were added. */
  list: "LIST /v1/media",
  /** What is known of one. */
  get: "GET /v1/media/{id}",
  /** Its bytes. */
  content: "FILE /v1/media/{id}/content",
  /** Adds a file that lies at an address. */
  addByLink: "POST /v1/media/links",
  /** Removes a file. */
  delete: "DELETE /v1/media/{id}",
} as const satisfies Table;

/** Canned replies: what the staff says again and again, each called by a word. */
export const cannedReplies = {
  /** Canned replies, in the order in which they were added. */
  list: "LIST /v1/canned-replies",
  /** Adds one. */
  create: "POST /v1/canned-replies",
  /** One of them. */
  get: "GET /v1/canned-replies/{id}",
  /** Changes it. */
  update: "PATCH /v1/canned-replies/{id}",
  /** Removes it. */
  delete: "DELETE /v1/canned-replies/{id}",
} as const satisfies Table;

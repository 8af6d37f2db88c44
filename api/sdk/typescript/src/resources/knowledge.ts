import type { Table } from "../native.js";

/** Knowledge: what agents answer from. */
export const knowledge = {
  /** Documents, the newest first. */
  list: "LIST /v1/knowledge",
  /** Adds a document. */
  create: "POST /v1/knowledge",
  /** One document with its text. */
  get: "GET /v1/knowledge/{id}",
  /** Writes its next version. */
  update: "PATCH /v1/knowledge/{id}",
  /** Removes a document. */
  delete: "DELETE /v1/knowledge/{id}",
  /** Every version of a document. */
  versions: "LIST /v1/knowledge/{id}/versions",
  /** The passages that answer a question, the best first. */
  search: "LIST /v1/knowledge/search",
  /** Reads a site, politely. */
  crawl: "POST /v1/knowledge/crawls",
  /** Files and sites that were or are being read. */
  imports: "LIST /v1/knowledge/imports",
  /** What became of one. */
  import: "GET /v1/knowledge/imports/{id}",
  /** Its pages. */
  importPages: "LIST /v1/knowledge/imports/{id}/pages",
  /** Calls it off. */
  cancelImport: "ACT /v1/knowledge/imports/{id}/cancel",
  /** Reads a site again. */
  importAgain: "ACT /v1/knowledge/imports/{id}/again",
} as const satisfies Table;

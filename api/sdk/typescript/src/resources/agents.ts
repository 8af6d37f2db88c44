import type { Table } from "../native.js";

/** Agents: what answers customers, from which documents, under which rules. */
export const agents = {
  /** Agents, the newest first. */
  list: "LIST /v1/agents",
  /** Makes an agent, as a draft. */
  create: "POST /v1/agents",
  /** One agent. */
  get: "GET /v1/agents/{id}",
  /** Changes its draft. */
  update: "PATCH /v1/agents/{id}",
  /** Every version that was published. */
  versions: "GET /v1/agents/{id}/versions",
  /** Lets it answer on its channels. */
  publish: "POST /v1/agents/{id}/publish",
  /** Lets it be silent for now. */
  pause: "ACT /v1/agents/{id}/pause",
  /** Lets it answer again. */
  resume: "ACT /v1/agents/{id}/resume",
  /** Puts it away for good. */
  archive: "ACT /v1/agents/{id}/archive",
} as const satisfies Table;

/** Connections to model providers. */
export const modelConnections = {
  /** Connections, the newest first. */
  list: "LIST /v1/model-connections",
  /** Adds a connection. */
  create: "POST /v1/model-connections",
  /** One connection. */
  get: "GET /v1/model-connections/{id}",
  /** Changes a connection. */
  update: "PATCH /v1/model-connections/{id}",
  /** Removes a connection. */
  delete: "DELETE /v1/model-connections/{id}",
  /** Tries whether it works. */
  check: "ACT /v1/model-connections/{id}/check",
} as const satisfies Table;

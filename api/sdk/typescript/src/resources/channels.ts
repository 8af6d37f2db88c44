import type { Table } from "../native.js";

/** Channels: the numbers of the business. */
export const channels = {
  /** Numbers. */
  list: "LIST /v1/channels",
  /** Connects a number. */
  connect: "POST /v1/channels",
  /** One number. */
  get: "GET /v1/channels/{id}",
  /** Changes how it is used. */
  update: "PATCH /v1/channels/{id}",
  /** Disconnects it. */
  disconnect: "DELETE /v1/channels/{id}",
  /** Sends with it again. */
  resume: "ACT /v1/channels/{id}/resume",
} as const satisfies Table;

/** Apps of the platform, whose secrets sign what comes in. */
export const apps = {
  /** Apps. */
  list: "LIST /v1/apps",
  /** Registers an app. */
  register: "POST /v1/apps",
  /** One app. */
  get: "GET /v1/apps/{id}",
  /** Replaces its verify token. */
  update: "PATCH /v1/apps/{id}",
  /** Adds a secret. */
  addSecret: "POST /v1/apps/{id}/secrets",
  /** Retires a secret. */
  retireSecret: "DELETE /v1/apps/{id}/secrets/{secret_id}",
} as const satisfies Table;

import type { Table } from "../native.js";

/** Workspaces and their keys (administrators). */
export const workspaces = {
  /** Workspaces. */
  list: "LIST /v1/workspaces",
  /** Sets a workspace up. */
  create: "POST /v1/workspaces",
  /** One workspace. */
  get: "GET /v1/workspaces/{id}",
  /** Changes a workspace. */
  update: "PATCH /v1/workspaces/{id}",
  /** Its keys. */
  keys: "LIST /v1/workspaces/{id}/keys",
  /** Makes a key; it is shown this once. */
  createKey: "POST /v1/workspaces/{id}/keys",
  /** Revokes a key. */
  revokeKey: "DELETE /v1/workspaces/{id}/keys/{key_id}",
} as const satisfies Table;

/** Settings of the workspace. */
export const settings = {
  /** How people opt out. */
  optOut: "GET /v1/settings/opt-out",
  /** Sets it. */
  setOptOut: "POST /v1/settings/opt-out",
  /** What messages cost. */
  rateCards: "GET /v1/settings/rate-cards",
  /** Sets it for a month and a currency. */
  setRateCard: "POST /v1/settings/rate-cards",
} as const satisfies Table;

/** People: the staff. */
export const people = {
  /** The staff. */
  list: "LIST /v1/people",
  /** Adds somebody. */
  add: "POST /v1/people",
  /** One of them. */
  get: "GET /v1/people/{id}",
  /** Removes somebody. */
  remove: "DELETE /v1/people/{id}",
} as const satisfies Table;

/** Usage: what keys called, what messages cost, what the plan allows. */
export const usage = {
  /** What each key called. */
  list: "LIST /v1/usage",
  /** What messages cost. */
  costs: "GET /v1/usage/costs",
  /** What each message cost. */
  messageCosts: "LIST /v1/usage/costs/messages",
  /** What the plan allows, and what is left. */
  limits: "GET /v1/limits",
} as const satisfies Table;

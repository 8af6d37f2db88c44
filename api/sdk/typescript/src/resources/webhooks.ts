import type { Table } from "../native.js";

/** Webhooks: who is told of what, and how that went. See `verifyWebhook` for the other end. */
export const webhooks = {
  /** Subscriptions. */
  list: "LIST /v1/webhooks",
  /** Subscribes; the secret is shown this once. */
  create: "POST /v1/webhooks",
  /** One subscription, with its health. */
  get: "GET /v1/webhooks/{id}",
  /** Changes a subscription. */
  update: "PATCH /v1/webhooks/{id}",
  /** Ends a subscription. */
  delete: "DELETE /v1/webhooks/{id}",
  /** A new secret; the old one signs along for a while. */
  rotateSecret: "POST /v1/webhooks/{id}/rotate-secret",
  /** Keeps what happens for later. */
  pause: "ACT /v1/webhooks/{id}/pause",
  /** Delivers again, from where it was paused. */
  resume: "ACT /v1/webhooks/{id}/resume",
  /** Asks the receiver whether it answers. */
  probe: "ACT /v1/webhooks/{id}/probe",
  /** What was delivered, and what was not. */
  deliveries: "LIST /v1/webhooks/{id}/deliveries",
  /** One delivery with its attempts. */
  delivery: "GET /v1/webhooks/{id}/deliveries/{position}/attempts",
  /** Delivers something again. */
  redeliver: "POST /v1/webhooks/{id}/redeliveries",
  /** What is being delivered again. */
  redeliveries: "LIST /v1/webhooks/{id}/redeliveries",
  /** Calls that off. */
  cancelRedelivery: "DELETE /v1/webhooks/{id}/redeliveries/{redelivery_id}",
  /** The keys that check Ed25519 signatures: of a workspace's webhook. */
  publicKeys: "GET /.well-known/webhook-keys/{workspace_id}/{id}",
} as const satisfies Table;

/** Clients for Convolog: its own API, and Avelto's. */

export { AveltoClient, type AveltoOptions, type AveltoSchemas } from "./avelto.js";
export { ApiError, AveltoError, ConnectionError, ConvologError, TimeoutError } from "./errors.js";
export type { Code as AveltoCode } from "./generated/avelto.js";
export type { Code as ConvologCode } from "./generated/native.js";
export type { CallOptions, ClientOptions, PostOptions } from "./http.js";
export { Listing, type Page } from "./listing.js";
export { Convolog, type ConvologOptions, type ConvologSchemas } from "./native.js";
export {
  type Delivery,
  type VerifyOptions,
  verifyAveltoWebhook,
  verifyWebhook,
  WebhookError,
  type WebhookErrorCode,
  type WebhookEvent,
} from "./webhooks.js";

/**
 * The receiver's end of webhooks: is this delivery what the server sent, and did it send it just now?
 *
 * Only WebCrypto is used, so it works in every runtime; its `verify` takes the same time for every wrong signature.
 * The bytes that are checked are the bytes that came: hand them over before anything parses them.
 */

/** What came in: a `Request`, or headers and the body as it came. */
export type Delivery =
  Request | { headers: Headers | Record<string, string | string[] | undefined>; body: string | Uint8Array };

/** How strict it is. */
export interface VerifyOptions {
  /** Seconds by which the time of the signature may be off, in the past or the future; 300 unless set. */
  tolerance?: number | undefined;
  /** What time it is: milliseconds since 1970. */
  now?: number | undefined;
}

/** What a delivery says. */
export interface WebhookEvent {
  /** What happened, such as `message.received`. */
  type: string;
  /** When it happened. */
  timestamp: string;
  /** What there is to say about it. */
  data: Record<string, unknown>;
}

/** Why a delivery is not believed. */
export type WebhookErrorCode = "missing_header" | "invalid_timestamp" | "too_old" | "too_new" | "no_match";

/** The delivery is not what the server sent, or not of now. Answer 400 and do nothing. */
export class WebhookError extends Error {
  override name = "WebhookError";

  constructor(
    readonly code: WebhookErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Checks a delivery as Standard Webhooks 1.0.0 says, and answers what it tells. `keys` are secrets (`whsec_…`), public
 * keys (`whpk_…`), or some of each while they are being rotated: one signature that fits one key is enough.
 */
export async function verifyWebhook(
  delivery: Delivery,
  keys: string | string[],
  options: VerifyOptions = {},
): Promise<WebhookEvent> {
  const header = reader(delivery);
  const [id, timestamp, signatures] = [header("webhook-id"), header("webhook-timestamp"), header("webhook-signature")];
  recent(timestamp, options);
  const body = await bytes(delivery);
  const signed = concat(`${id}.${timestamp}.`, body);
  const given = signatures.split(" ").map((signature) => signature.split(",", 2));
  for (const key of [keys].flat()) {
    const version = key.startsWith("whpk_") ? "v1a" : "v1";
    for (const [, signature = ""] of given.filter(([named]) => named === version)) {
      const decoded = fromBase64(signature);
      if (decoded && (await fits(version, key, decoded, signed))) return said(body);
    }
  }
  throw new WebhookError("no_match", "no signature fits any key");
}

/**
 * Checks a delivery of an Avelto webhook: `X-Convo-Signature` is `t=<unix>,v1=<hex>`, the HMAC-SHA-256 of
 * `"<unix>.<body>"` with the `signingSecret` that was shown when the webhook was made.
 */
export async function verifyAveltoWebhook(
  delivery: Delivery,
  secrets: string | string[],
  options: VerifyOptions = {},
): Promise<WebhookEvent> {
  const header = reader(delivery)("x-convo-signature");
  const parts = Object.fromEntries(header.split(",").map((part) => part.split("=", 2)));
  const { t: timestamp = "", v1: signature = "" } = parts as Record<string, string>;
  recent(timestamp, options);
  const body = await bytes(delivery);
  const decoded = fromHex(signature);
  for (const secret of [secrets].flat()) {
    if (decoded && (await hmac(utf8(secret), decoded, concat(`${timestamp}.`, body)))) return said(body);
  }
  throw new WebhookError("no_match", "the signature fits no secret");
}

/** Whether a signature was made with the key. */
async function fits(version: "v1" | "v1a", key: string, signature: Bytes, signed: Bytes): Promise<boolean> {
  if (version === "v1") return hmac(secret(key), signature, signed);
  const raw = fromBase64(key.slice("whpk_".length)) ?? new Uint8Array();
  const imported = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", imported, signature, signed);
}

async function hmac(key: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  return crypto.subtle.verify("HMAC", imported, signature, signed);
}

/** The key that a secret stands for: base64 after the prefix; one that somebody made up is taken as it is. */
function secret(text: string): Bytes {
  return fromBase64(text.replace(/^whsec_/, "")) ?? utf8(text);
}

/** Refuses what was signed too long ago, or in the future. */
function recent(timestamp: string, { tolerance = 300, now = Date.now() }: VerifyOptions): void {
  if (!/^\d{1,15}$/.test(timestamp)) {
    throw new WebhookError("invalid_timestamp", "the time of the signature is no number of seconds since 1970");
  }
  const age = Math.floor(now / 1_000) - Number(timestamp);
  if (age > tolerance) throw new WebhookError("too_old", `it was signed more than ${tolerance} seconds ago`);
  if (age < -tolerance) throw new WebhookError("too_new", `it was signed more than ${tolerance} seconds in the future`);
}

/** Reads headers, whatever they are kept in. */
function reader({ headers }: Delivery): (name: string) => string {
  const entries = headers instanceof Headers ? [...headers] : Object.entries(headers);
  const known = new Map(entries.map(([name, value]) => [name.toLowerCase(), [value].flat()[0]]));
  return (name) => {
    const value = known.get(name);
    if (!value) throw new WebhookError("missing_header", `the header ${name} is missing`);
    return value;
  };
}

/** The body, byte by byte; that of a `Request` can still be read afterwards. */
async function bytes(delivery: Delivery): Promise<Bytes> {
  if (delivery instanceof Request) return new Uint8Array(await delivery.clone().arrayBuffer());
  return typeof delivery.body === "string" ? utf8(delivery.body) : new Uint8Array(delivery.body);
}

function said(body: Bytes): WebhookEvent {
  return JSON.parse(new TextDecoder().decode(body));
}

type Bytes = Uint8Array<ArrayBuffer>;

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

function concat(start: string, end: Bytes): Bytes {
  const begun = utf8(start);
  const all = new Uint8Array(begun.length + end.length);
  all.set(begun);
  all.set(end, begun.length);
  return all;
}

/** Standard alphabet, with padding; nothing if it is not that. */
function fromBase64(text: string): Bytes | undefined {
  if (!/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{4}|[A-Za-z\d+/]{3}=|[A-Za-z\d+/]{2}==)$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function fromHex(text: string): Bytes | undefined {
  if (!/^(?:[\da-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

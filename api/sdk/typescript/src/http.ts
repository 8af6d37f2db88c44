/**
 * One call over `fetch`: the key, the idempotency key, one retry, the time it may take.
 *
 * A call is made again once if the server failed (5xx) or did not answer, and never if it refused (4xx). Every POST
 * carries an idempotency key, the same in both attempts, so that what was done is not done twice.
 */

import { ApiError, ConnectionError, TimeoutError } from "./errors.js";

/** How a client is made. */
export interface ClientOptions {
  /** The key, sent as `Authorization: Bearer …`. */
  apiKey: string;
  /** Milliseconds that a call may take, its retry included; 30,000 unless set, 0 for any. */
  timeout?: number | undefined;
  /** Headers that every request carries. */
  headers?: Record<string, string> | undefined;
  /** What is called instead of the runtime's own `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** What can be said of one call. */
export interface CallOptions {
  /** Calls it off. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that this call may take, its retry included; 0 for any. */
  timeout?: number | undefined;
  /** More headers, such as `Convolog-On-Behalf-Of`. */
  headers?: Record<string, string> | undefined;
  /** Shown the answer that counts, for what stands in its headers. */
  onResponse?: ((response: Response) => void) | undefined;
}

/** What can be said of one POST. */
export interface PostOptions extends CallOptions {
  /** Under which the call is carried out once, however often it is made; a new one unless set. */
  idempotencyKey?: string | undefined;
}

/** The method of a request. */
export type Verb = "GET" | "POST" | "PATCH" | "DELETE";

/** What is called. */
export interface Call {
  verb: Verb;
  /** With its ids, without its query. */
  path: string;
  query?: object | undefined;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  file?: Blob | undefined;
  options?: PostOptions | undefined;
}

/** Makes an error of a refusal. */
export type Refusal = (response: Response, body: any) => ApiError;

/** Milliseconds before the second attempt; and at most, if the server says when. */
const PAUSE = 200;
const PAUSE_MAX = 2_000;

/** Talks to one server with one key. */
export class Http {
  readonly #base: string;
  readonly #options: ClientOptions;
  readonly #refusal: Refusal;

  constructor(base: string, options: ClientOptions, refusal: Refusal) {
    if (!options.apiKey) throw new TypeError("apiKey is missing");
    this.#base = new URL(base).href.replace(/\/+$/, "");
    this.#options = options;
    this.#refusal = refusal;
  }

  /** Makes the call and reads the answer, within the time that it may take. */
  send<Answer>(call: Call, read: (response: Response) => Promise<Answer>): Promise<Answer> {
    const timeout = call.options?.timeout ?? this.#options.timeout ?? 30_000;
    return within(timeout, call.options?.signal, (signal) => this.twice(call, read, signal));
  }

  /** Makes the call, and once more if that may help. */
  async twice<Answer>(call: Call, read: (response: Response) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    const attempt = this.#prepare(call, read, signal);
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !isWorthRepeating(error)) throw error;
      const wanted = error instanceof ApiError ? (error.retryAfter ?? 0) * 1_000 : 0;
      await pause(Math.min(Math.max(wanted, PAUSE), PAUSE_MAX), signal);
      return await attempt();
    }
  }

  /** An attempt that can be made twice: the same request, the same idempotency key. */
  #prepare<Answer>(call: Call, read: (response: Response) => Promise<Answer>, signal: AbortSignal) {
    const { verb, path, query, json, file, options } = call;
    const headers = new Headers({ ...this.#options.headers, ...options?.headers });
    headers.set("authorization", `Bearer ${this.#options.apiKey}`);
    if (verb === "POST") headers.set("idempotency-key", options?.idempotencyKey ?? fresh());
    if (json !== undefined) headers.set("content-type", "application/json");
    const body = file ?? (json === undefined ? null : JSON.stringify(json));
    const url = `${this.#base}${path}${search(query)}`;
    const fetch = this.#options.fetch ?? globalThis.fetch;

    return async () => {
      const response = await answered(fetch(url, { method: verb, headers, body, signal }));
      if (!response.ok) throw this.#refusal(response, parsed(await answered(response.text())));
      options?.onResponse?.(response);
      return answered(read(response));
    };
  }
}

/** A key that nobody had before. (`randomUUID` is not there on pages without TLS.) */
function fresh(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Only what may go well another time. */
function isWorthRepeating(error: unknown): boolean {
  return error instanceof ConnectionError || (error instanceof ApiError && error.status >= 500);
}

/** What the server says, or a {@link ConnectionError} if it was lost on the way. */
async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new ConnectionError("the server did not answer", { cause });
  }
}

/** Does the work until it is done, called off, or took too long. */
async function within<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const stop = () => inner.abort(outer?.reason);
  if (outer?.aborted) stop();
  outer?.addEventListener("abort", stop, { once: true });
  const late = () => inner.abort(new TimeoutError(`no answer within ${milliseconds} ms`));
  const timer = milliseconds > 0 ? setTimeout(late, milliseconds) : undefined;
  try {
    return await work(inner.signal);
  } catch (error) {
    throw inner.signal.aborted ? inner.signal.reason : error;
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", stop);
  }
}

/** Waits, unless called off. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    setTimeout(() => (signal.removeEventListener("abort", stop), resolve()), milliseconds);
  });
}

/** The query as it stands in an address; what is null or undefined is left out. */
function search(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

/** What a refusal says: JSON if it is, else text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

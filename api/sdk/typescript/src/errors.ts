/** What can go wrong. A server that answers with a refusal is an {@link ApiError}; anything else did not come to an answer. */

import type { Code as AveltoCode, components as avelto } from "./generated/avelto.js";
import type { Code, components as native } from "./generated/native.js";

/** A code that a newer server may add to. */
type Open<Known extends string> = Known | (string & {});

/** The server answered, and the answer was no. */
export class ApiError<Body = unknown, Known extends string = string> extends Error {
  override name = "ApiError";
  /** The status of the answer. */
  readonly status: number;
  /** The stable code: branch on this. `unknown` if something on the way answered in the server's place. */
  readonly code: Open<Known | "unknown">;
  /** Names the request in the server's log: share it with support. */
  readonly requestId: string | undefined;
  /** Seconds after which it is worth trying again, if the server said so. */
  readonly retryAfter: number | undefined;
  /** The headers of the answer. */
  readonly headers: Headers;
  /** The body as it came: parsed if it is JSON, else text. */
  readonly body: Body | string;

  constructor(response: Response, body: Body | string, said: Said | undefined) {
    const code = said?.code ?? "unknown";
    super(`${response.status} ${code}: ${said?.message || response.statusText || "the server gave no reason"}`);
    this.status = response.status;
    this.code = code;
    this.requestId = said?.requestId ?? response.headers.get("x-request-id") ?? undefined;
    this.retryAfter = seconds(response.headers);
    this.headers = response.headers;
    this.body = body;
  }
}

/** What every dialect says of a refusal, in its own members. */
interface Said {
  code: string;
  message: string;
  requestId: string;
}

/** A refusal of `/v1`: `application/problem+json`. */
export class ConvologError extends ApiError<native["schemas"]["Problem"], Code> {
  override name = "ConvologError";

  constructor(response: Response, body: native["schemas"]["Problem"] | string) {
    const said = problem(body);
    super(response, body, said && { code: said.code, message: said.detail, requestId: said.request_id });
  }

  /** What went wrong this time, and what would help. */
  get detail(): string | undefined {
    return problem(this.body)?.detail;
  }

  /** The member, parameter or header at fault. */
  get field(): string | undefined {
    return problem(this.body)?.field ?? undefined;
  }
}

/** A refusal of the Avelto API. */
export class AveltoError extends ApiError<avelto["schemas"]["Error"], AveltoCode> {
  override name = "AveltoError";

  constructor(response: Response, body: avelto["schemas"]["Error"] | string) {
    super(response, body, problem(body));
  }

  /** The scope that the token lacks. */
  get missingScope(): string | undefined {
    return problem(this.body)?.missingScope ?? undefined;
  }

  /** The member, parameter or header at fault. */
  get field(): string | undefined {
    return problem(this.body)?.field ?? undefined;
  }
}

/** No answer came: the server could not be reached, or was lost on the way. `cause` says why. */
export class ConnectionError extends Error {
  override name = "ConnectionError";
}

/** The call took longer than it may. Whether it was carried out is not known: repeat it with the same key. */
export class TimeoutError extends Error {
  override name = "TimeoutError";
}

/** The `Retry-After` of an answer, in seconds. */
function seconds(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** The body of a refusal, unless something else answered. */
function problem<Body extends { code: string }>(body: Body | string): Body | undefined {
  return typeof body === "object" && body !== null && typeof body.code === "string" ? body : undefined;
}

/** Events as they happen: server-sent events over `fetch`, which, unlike `EventSource`, can show a key. */

import { ApiError } from "./errors.js";
import type { components, operations } from "./generated/native.js";
import { type CallOptions, type Http, pause } from "./http.js";

type Wanted = NonNullable<operations["stream_events"]["parameters"]["query"]>;
type Event = components["schemas"]["Event"];

/** Milliseconds of silence after which the connection is given up: the server says every 15 seconds that it is there. */
const SILENCE = 60_000;
/** Milliseconds before it is asked again; twice as long after each attempt that brought nothing. */
const PAUSE = 500;
const PAUSE_MAX = 30_000;

/** Follows events: those that are wanted, until `signal` ends it. */
export type Follow = (wanted?: Wanted, options?: CallOptions) => AsyncGenerator<Event, void>;

/** Makes the method that follows the events of a server. */
export function follow(http: Http): Follow {
  return async function* (wanted = {}, options = {}) {
    const { signal = new AbortController().signal, timeout = SILENCE, ...rest } = options;
    let { after } = wanted;
    let wait = PAUSE;
    while (!signal.aborted) {
      const connection = new Connection(signal, timeout);
      try {
        const call = { verb: "GET", path: "/v1/events/stream", query: { ...wanted, after }, options: rest } as const;
        const body = await http.twice(call, async (response) => response.body, connection.signal);
        for await (const { id, data } of messages(connection.watched(body!))) {
          wait = PAUSE;
          // Before the event is shown: whoever breaks off has seen it.
          if (id) after = Number(id);
          if (data) yield JSON.parse(data);
          if (signal.aborted) return;
        }
      } catch (error) {
        // A refusal stays one; what was lost on the way may come back.
        if (error instanceof ApiError && error.status < 500) throw error;
      } finally {
        connection.close();
      }
      await pause(wait, signal).catch(() => undefined);
      wait = Math.min(wait * 2, PAUSE_MAX);
    }
  };
}

/** A connection that ends when the caller wants no more, and when nothing came for too long. */
class Connection {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #silence: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal, silence: number) {
    this.#outer = outer;
    this.#silence = silence;
    outer.addEventListener("abort", this.close, { once: true });
    this.#listen();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The text, piece by piece. */
  async *watched(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
    const reader = body.getReader();
    const text = new TextDecoder();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      this.#listen();
      yield text.decode(piece.value, { stream: true });
    }
  }

  /** Ends it. */
  readonly close = () => {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener("abort", this.close);
    this.#controller.abort();
  };

  #listen() {
    clearTimeout(this.#timer);
    if (this.#silence > 0) this.#timer = setTimeout(this.close, this.#silence);
  }
}

/** The messages of a stream of server-sent events; their fields are one line each. */
async function* messages(text: AsyncIterable<string>): AsyncGenerator<Record<string, string>, void> {
  let left = "";
  for await (const piece of text) {
    const whole = (left + piece).split("\n\n");
    left = whole.pop() ?? "";
    for (const message of whole) {
      // A line that begins with a colon is a comment.
      const fields = message.split("\n").map((line) => line.split(/: ?(.*)/s));
      yield Object.fromEntries(fields.filter(([name]) => name).map(([name, value = ""]) => [name, value]));
    }
  }
}

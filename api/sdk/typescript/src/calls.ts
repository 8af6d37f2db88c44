/** Makes methods of specs such as `"POST /v1/conversations/{id}/assign"`: what `operations.ts` says in types. */

import type { CallOptions, Http, PostOptions, Verb } from "./http.js";
import { Listing, type Page } from "./listing.js";
import type { MethodOf, MethodsOf, Spec } from "./operations.js";

/** What a dialect's pages look like. */
export type ReadPage = (response: Response, body: any) => Omit<Page<any, any>, "answer">;

/** Makes methods of specs. */
export class Calls<Paths> {
  constructor(
    /** For what is no operation like the others. */
    readonly http: Http,
    private readonly page: ReadPage,
  ) {}

  /** The methods of a table. */
  methods<const Table extends Record<string, Spec<Paths>>>(table: Table): MethodsOf<Paths, Table> {
    return Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, this.method(spec)])) as any;
  }

  /** The method of a spec. The first arguments are the ids of its path; the types say what the others are. */
  method<const S extends Spec<Paths>>(spec: S): MethodOf<Paths, S> {
    const [verb, template] = spec.split(" ") as [string, string];
    const ids = template.split("{").length - 1;
    const call = this.kinds[verb]!;
    const method = (...given: any[]) => call(filled(template, given.slice(0, ids)), ...given.slice(ids));
    return method as any;
  }

  /** What each verb makes of a path and the arguments after the ids. */
  private readonly kinds: Record<string, (path: string, ...given: any[]) => unknown> = {
    GET: (path, query, options) => this.http.send({ verb: "GET", path, query, options }, json),
    LIST: (path, query, options) =>
      new Listing((token) => this.#page(path, token ? { ...query, page: token } : query, options)),
    FILE: (path, query, options) => this.http.send({ verb: "GET", path, query, options }, file),
    POST: (path, body, options) => this.#write("POST", path, body, options),
    ACT: (path, options) => this.#write("POST", path, undefined, options),
    PATCH: (path, body, options) => this.#write("PATCH", path, body, options),
    DELETE: (path, options) => this.#write("DELETE", path, undefined, options),
  };

  #page(path: string, query: object, options: CallOptions): Promise<Page<any, any>> {
    return this.http.send({ verb: "GET", path, query, options }, async (response) => {
      const answer = await json(response);
      return { ...this.page(response, answer), answer };
    });
  }

  #write(verb: Verb, path: string, body: unknown, options?: PostOptions & { query?: object }): Promise<any> {
    const sent = body instanceof Blob ? { file: body } : { json: body };
    return this.http.send({ verb, path, ...sent, query: options?.query, options }, json);
  }
}

/** The path with its ids. */
function filled(path: string, ids: (string | number)[]): string {
  const left = [...ids];
  return path.replace(/\{\w+\}/g, (name) => {
    const id = left.shift();
    // Any of these would be another path: a list where one thing was meant.
    if (id === undefined || id === "" || id === "." || id === "..")
      throw new TypeError(`${name} is missing in ${path}`);
    return encodeURIComponent(id);
  });
}

/** The answer, if there is any. */
async function json(response: Response): Promise<any> {
  return response.status === 204 ? undefined : response.json();
}

/** The answer as a file. */
function file(response: Response): Promise<Blob> {
  return response.blob();
}

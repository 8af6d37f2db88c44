/**
 * How an operation of an OpenAPI document becomes a method: `"POST /v1/conversations/{id}/assign"` is a function of an
 * id, a body and options that answers what the document says. What is not in the document does not compile.
 */

import type { CallOptions, PostOptions } from "./http.js";
import type { Listing } from "./listing.js";

/**
 * What a method does, and where. `LIST` is a GET whose answer comes in pages, `FILE` one whose answer is a file, `ACT` a
 * POST that takes no body.
 */
export type Spec<Paths> =
  | `${"GET" | "FILE"} ${PathOf<Paths, "get">}`
  | `LIST ${Paged<Paths>}`
  | `POST ${WithBody<Paths, "post">}`
  | `ACT ${Exclude<PathOf<Paths, "post">, WithBody<Paths, "post">>}`
  | `PATCH ${WithBody<Paths, "patch">}`
  | `DELETE ${PathOf<Paths, "delete">}`;

/** The method of a spec. */
export type MethodOf<Paths, S> = S extends `${infer K extends keyof Verbs} ${infer P}`
  ? Methods<P, Operation<Paths, P, Verbs[K]>>[K]
  : never;

/** The methods of a table of specs, by the same names. */
export type MethodsOf<Paths, Table> = { readonly [Name in keyof Table]: MethodOf<Paths, Table[Name]> };

/** What each kind of method makes of a path and its operation. */
interface Methods<P extends string, O> {
  GET: Method<P, Reading<O>, Promise<Answer<O>>>;
  LIST: Method<P, Reading<O>, Listing<Items<Answer<O>>, Answer<O>>>;
  FILE: Method<P, Reading<O>, Promise<Blob>>;
  POST: Method<P, Writing<O, PostOptions>, Promise<Answer<O>>>;
  ACT: Method<P, Acting<O, PostOptions>, Promise<Answer<O>>>;
  PATCH: Method<P, Writing<O, CallOptions>, Promise<Answer<O>>>;
  DELETE: Method<P, Acting<O, CallOptions>, Promise<Answer<O>>>;
}

/** Which verb of the document each of them is. */
interface Verbs {
  GET: "get";
  LIST: "get";
  FILE: "get";
  POST: "post";
  ACT: "post";
  PATCH: "patch";
  DELETE: "delete";
}

/** A function of as many ids as the path has, and of what else the operation takes. */
type Method<P extends string, Arguments extends unknown[], Result> = P extends `${string}{${string}{${string}`
  ? (id: string, inner: string | number, ...rest: Arguments) => Result
  : P extends `${string}{${string}`
    ? (id: string, ...rest: Arguments) => Result
    : (...rest: Arguments) => Result;

/** Arguments are needed where the operation cannot do without what they say. */
type Reading<O> = O extends { parameters: { query: object } }
  ? [query: Query<O>, options?: CallOptions]
  : [query?: OrNothing<Query<O>>, options?: CallOptions];
type Writing<O, Options> = O extends { requestBody: object }
  ? [body: Body<O>, ...Acting<O, Options>]
  : [body?: Body<O>, ...Acting<O, Options>];
type Acting<O, Options> = O extends { parameters: { query: object } }
  ? [options: Options & { query: Query<O> }]
  : [Query<O>] extends [never]
    ? [options?: Options]
    : [options?: Options & { query?: Query<O> }];

/** What an operation takes in the query. */
type Query<O> = O extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;

/** A query that takes nothing yet stands where one day it may, so that no call has to change then. */
type OrNothing<Q> = [Q] extends [never] ? Record<string, never> : Q;

/** What an operation takes as its body: JSON, or a file where it takes anything else. */
type Body<O> = O extends { requestBody?: { content: infer C } }
  ? Json<C> | ([Exclude<keyof C, "application/json">] extends [never] ? never : Blob)
  : never;

/** What an operation answers. */
type Answer<O> = O extends { responses: infer R } ? Answered<R[keyof R]> : never;
type Answered<R> = R extends { content: infer C } ? Json<C> : void;

type Json<C> = C extends { "application/json": infer B } ? B : never;

/** The items of a page. */
type Items<A> = A extends readonly (infer Item)[] ? Item : A extends { data: readonly (infer Item)[] } ? Item : never;

/** An operation of a document. */
type Operation<Paths, P, V extends string> = P extends keyof Paths
  ? Paths[P] extends { [_ in V]: infer O }
    ? O
    : never
  : never;

/** The paths that know a verb; of these, those with a body, and the lists that come in pages. */
type PathOf<Paths, V extends string> = {
  [P in keyof Paths & string]: Paths[P] extends { [_ in V]: object } ? P : never;
}[keyof Paths & string];
type WithBody<Paths, V extends string> = {
  [P in PathOf<Paths, V>]: Operation<Paths, P, V> extends { requestBody?: never } ? never : P;
}[PathOf<Paths, V>];
type Paged<Paths> = {
  [P in PathOf<Paths, "get">]: "page" extends keyof Query<Operation<Paths, P, "get">> ? P : never;
}[PathOf<Paths, "get">];

/** What the clients of all dialects have in common. */

import type { Calls } from "./calls.js";

/** A client: namespaces of methods that are made of the operations of a document. */
export abstract class Client<Paths> {
  protected constructor(protected readonly calls: Calls<Paths>) {}
}

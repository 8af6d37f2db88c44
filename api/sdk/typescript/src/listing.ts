/** A list that comes in pages. */

/** One page. */
export interface Page<Item, Answer> {
  /** What stands on it. */
  readonly items: readonly Item[];
  /** The token of the page after it; none on the last one. */
  readonly next: string | undefined;
  /** How many there are on all pages, if the server counts them. */
  readonly total: number | undefined;
  /** What the server answered. */
  readonly answer: Answer;
}

/**
 * A list that was asked for. Awaited it is the first page, as the server answers it; iterated it is every item of
 * every page, each page being fetched when it is reached. Nothing is fetched before.
 *
 * ```ts
 * const { data } = await convolog.leads.list({ limit: 10 });
 * for await (const lead of convolog.leads.list()) console.log(lead.id);
 * ```
 */
export class Listing<Item, Answer> implements Promise<Answer>, AsyncIterable<Item> {
  readonly [Symbol.toStringTag] = "Listing";
  readonly #fetch: (token?: string) => Promise<Page<Item, Answer>>;
  #begun: Promise<Page<Item, Answer>> | undefined;

  constructor(fetch: (token?: string) => Promise<Page<Item, Answer>>) {
    this.#fetch = fetch;
  }

  /** The pages, one after the other. */
  async *pages(): AsyncGenerator<Page<Item, Answer>, void> {
    let page = await this.#first();
    yield page;
    while (page.next !== undefined) {
      page = await this.#fetch(page.next);
      yield page;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void> {
    for await (const page of this.pages()) yield* page.items;
  }

  /** Every item of every page. */
  async all(): Promise<Item[]> {
    const items = [];
    for await (const item of this) items.push(item);
    return items;
  }

  then<A = Answer, B = never>(
    done?: ((answer: Answer) => A | PromiseLike<A>) | null,
    failed?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#first()
      .then(({ answer }) => answer)
      .then(done, failed);
  }

  catch<B = never>(failed?: ((reason: any) => B | PromiseLike<B>) | null): Promise<Answer | B> {
    return this.then(null, failed);
  }

  finally(done?: (() => void) | null): Promise<Answer> {
    return this.then().finally(done);
  }

  #first(): Promise<Page<Item, Answer>> {
    return (this.#begun ??= this.#fetch());
  }
}

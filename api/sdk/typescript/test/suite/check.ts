/** What the cases check with: they run where there is no `node:assert`. */

export function ok(value: unknown, message = "not true"): asserts value {
  if (!value) throw new Error(message);
}

export function equal<T>(found: T, wanted: T): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`found ${a}, wanted ${b}`);
}

/** The error that the work ends in; it must be of this class. */
export async function fails<E extends Error>(
  work: PromiseLike<unknown>,
  kind: abstract new (...args: any[]) => E,
): Promise<E> {
  try {
    await work;
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`it went well; ${kind.name} was wanted`);
}

/** What it finds, once it finds something: asked again and again. */
export async function until<T>(find: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it never came");
}

/** A `fetch` that counts, and in which the first answers can be changed. */
export function counting(...changes: ((real: () => Promise<Response>) => Promise<Response>)[]) {
  const requests: Request[] = [];
  const fetch = (input: RequestInfo | URL, init?: RequestInit) => {
    const change = changes[requests.push(new Request(input, init)) - 1];
    const real = () => globalThis.fetch(input, init);
    return change ? change(real) : real();
  };
  return { requests, fetch };
}

/** A word that no other case uses. */
export function unique(): string {
  return crypto.randomUUID().slice(0, 8);
}

/** A phone number that no other case uses. */
export function phone(): string {
  return `+4855${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`;
}

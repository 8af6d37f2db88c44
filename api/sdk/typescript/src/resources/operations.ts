import type { Table } from "../native.js";

/** The installation (administrators). */
export const installation = {
  /** Whether this instance may act on the outside world. */
  get: "GET /v1/installation",
  /** Lets it. */
  arm: "ACT /v1/installation/arm",
  /** Lets no instance act. */
  disarm: "POST /v1/installation/disarm",
  /** Checks everything. */
  verify: "ACT /v1/installation/verify",
  /** Whether the server lives. */
  health: "GET /healthz",
  /** Whether it should get requests. */
  ready: "GET /readyz",
} as const satisfies Table;

/** Read models (administrators). */
export const projections = {
  /** How they are doing. */
  list: "GET /v1/projections",
  /** How one is doing. */
  get: "GET /v1/projections/{name}",
  /** Folds it again, beside the live one. */
  rebuild: "POST /v1/projections/{name}/rebuild",
  /** Calls that off. */
  cancelRebuild: "DELETE /v1/projections/{name}/rebuild",
  /** Compares the two. */
  compare: "POST /v1/projections/{name}/compare",
  /** Lets the rebuilt one serve. */
  swap: "ACT /v1/projections/{name}/swap",
  /** Lets the earlier one serve again. */
  rollBack: "ACT /v1/projections/{name}/roll-back",
} as const satisfies Table;

/** What came in signed and belongs to nobody yet. */
export const quarantine = {
  /** What waits there. */
  list: "LIST /v1/quarantine",
  /** Tries again whether it belongs to somebody now. */
  retry: "ACT /v1/quarantine/{id}/retry",
} as const satisfies Table;

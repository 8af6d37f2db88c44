import type { Table } from "../native.js";

/** Figures. */
export const analytics = {
  /** How much happened. */
  volumes: "GET /v1/analytics/volumes",
  /** How long answers took. */
  responseTimes: "GET /v1/analytics/response-times",
  /** How leads moved on. */
  conversion: "GET /v1/analytics/conversion",
} as const satisfies Table;

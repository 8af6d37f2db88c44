import type { Table } from "../native.js";

/** Appointments, and the services that can be booked. */
export const appointments = {
  /** Appointments. */
  list: "LIST /v1/appointments",
  /** Books a free time. */
  book: "POST /v1/appointments",
  /** One appointment. */
  get: "GET /v1/appointments/{id}",
  /** The events that it consists of. */
  events: "LIST /v1/appointments/{id}/events",
  /** For a calendar (iCalendar). */
  ics: "FILE /v1/appointments/{id}/ics",
  /** Moves it to another time. */
  move: "POST /v1/appointments/{id}/move",
  /** Calls it off. */
  cancel: "POST /v1/appointments/{id}/cancel",
  /** It took place. */
  complete: "ACT /v1/appointments/{id}/complete",
  /** Nobody came. */
  noShow: "ACT /v1/appointments/{id}/no-show",
} as const satisfies Table;

/** Services: what can be booked, and when. */
export const services = {
  /** Services. */
  list: "LIST /v1/services",
  /** Makes a service. */
  create: "POST /v1/services",
  /** One service. */
  get: "GET /v1/services/{id}",
  /** Changes a service. */
  update: "PATCH /v1/services/{id}",
  /** Its free times. */
  slots: "GET /v1/services/{id}/slots",
} as const satisfies Table;

import type { Table } from "../native.js";

/** Contacts: the people who write, what they want to be sent, and how they are forgotten. */
export const contacts = {
  /** Contacts, the newest first. */
  list: "LIST /v1/contacts",
  /** One contact. */
  get: "GET /v1/contacts/{id}",
  /** Says that two are one person. */
  merge: "POST /v1/contacts/{id}/merge",
  /** Says that they are not. */
  unmerge: "POST /v1/contacts/{id}/unmerge",
  /** Records that they want nothing more. */
  optOut: "POST /v1/contacts/{id}/opt-out",
  /** Records that they want to hear from the business again. */
  optIn: "POST /v1/contacts/{id}/opt-in",
  /** What they wanted, and when. */
  preferences: "LIST /v1/contacts/{id}/preferences",
  /** What an erasure would destroy. */
  erasurePreview: "GET /v1/contacts/{id}/erasure-preview",
  /** Destroys what is known of them, for good (administrators). */
  erase: "POST /v1/contacts/{id}/erase",
  /** The same, as data protection law words it. */
  deletePersonalData: "DELETE /v1/contacts/{id}/personal-data",
  /** The certificate of an erasure. */
  erasure: "GET /v1/contacts/{id}/erasure",
  /** Nothing of them may be destroyed. */
  placeLegalHold: "POST /v1/contacts/{id}/legal-hold",
  /** It may again. */
  releaseLegalHold: "ACT /v1/contacts/{id}/legal-hold/release",
} as const satisfies Table;

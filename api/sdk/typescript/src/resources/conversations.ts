import type { Table } from "../native.js";

/** Conversations: what was said, who looks after it, and how it stood at any moment. */
export const conversations = {
  /** Conversations, the one with the newest message first. */
  list: "LIST /v1/conversations",
  /** One conversation. */
  get: "GET /v1/conversations/{id}",
  /** What was said, with statuses, edits and reactions. */
  messages: "LIST /v1/conversations/{id}/messages",
  /** Sends a message: text, media or a template. */
  send: "POST /v1/conversations/{id}/messages",
  /** Takes back a message that still waits. */
  cancelMessage: "ACT /v1/conversations/{id}/messages/{message_id}/cancel",
  /** The file of a message. */
  media: "FILE /v1/conversations/{id}/messages/{message_id}/media",
  /** Shows the customer that their message is read, and with `typing` that somebody writes. */
  markRead: "POST /v1/conversations/{id}/read",
  /** Messages and acts together, as they followed. */
  timeline: "LIST /v1/conversations/{id}/timeline",
  /** The events that it consists of. */
  events: "LIST /v1/conversations/{id}/events",
  /** All of it, as it stood at a position or a time. */
  transcript: "GET /v1/conversations/{id}/transcript",
  /** What it was made from, to be told again as a story. */
  recording: "GET /v1/conversations/{id}/recording",
  /** Asks for a person. */
  handOff: "POST /v1/conversations/{id}/handoff",
  /** Gives it back to its agent. */
  handBack: "ACT /v1/conversations/{id}/handback",
  /** Takes it over for the person who acts. */
  claim: "ACT /v1/conversations/{id}/claim",
  /** Gives it to one of the staff. */
  assign: "POST /v1/conversations/{id}/assign",
  /** Nobody looks after it any more. */
  release: "ACT /v1/conversations/{id}/release",
  /** It is done, until the customer writes. */
  close: "ACT /v1/conversations/{id}/close",
  /** It goes on. */
  reopen: "ACT /v1/conversations/{id}/reopen",
  /** Adds tags. */
  tag: "POST /v1/conversations/{id}/tags",
  /** Takes tags away. */
  untag: "POST /v1/conversations/{id}/untag",
  /** Writes a note for the staff. */
  note: "POST /v1/conversations/{id}/notes",
  /** Gives it a title. */
  setTitle: "POST /v1/conversations/{id}/title",
  /** Leaves it out of lists; it can be restored. */
  delete: "DELETE /v1/conversations/{id}",
  /** Brings a deleted one back. */
  restore: "ACT /v1/conversations/{id}/restore",
  /** Does the same with up to 200 of them. */
  bulk: "POST /v1/conversations/bulk",
  /** Messages that wait, failed, or of which nobody knows whether they left. */
  outstanding: "LIST /v1/messages",
} as const satisfies Table;

// Generated from docs/openapi.json; `npm run generate` writes it again.

export interface paths {
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List agents
         * @description In the order in which they were made, archived ones among them.
         */
        get: operations["list_agents"];
        put?: never;
        /**
         * Make an agent
         * @description A draft: it answers nobody before it is published. `name` is needed; what is left out is as is usual.
         */
        post: operations["create_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an agent
         * @description With the settings and instructions of its newest version.
         */
        get: operations["show_agent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an agent
         * @description Makes another version; what is left out stays as it was. The published version answers until another one is published.
         */
        patch: operations["update_agent"];
        trace?: never;
    };
    "/v1/agents/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the versions of an agent
         * @description All of them, the newest first, each with its settings and instructions.
         */
        get: operations["show_agent_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish an agent
         * @description The version answers on its channels from now on. A channel is served by one agent: if another one serves it, this is refused with who.
         */
        post: operations["publish_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause an agent
         * @description It answers nobody until it is resumed, and keeps its channels.
         */
        post: operations["pause_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused agent
         * @description It answers again, with the published version.
         */
        post: operations["resume_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive an agent
         * @description It answers never again and gives its channels back; its versions stay readable.
         */
        post: operations["archive_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/model-connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List connections to models
         * @description In the order in which they were added. A page may be shorter than its limit, because removed ones are left out.
         */
        get: operations["list_model_connections"];
        put?: never;
        /**
         * Add a connection to a model
         * @description An agent that names it in `connection_id` is answered for by this model, and by the built-in provider where the model fails, takes too long, or its budget is used up: `agent_replied` says which and why. What is under way at once may go over the budget by its own tokens.
         */
        post: operations["add_model_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/model-connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a connection to a model
         * @description With what was used of it in this calendar month (UTC), counted from the events.
         */
        get: operations["show_model_connection"];
        put?: never;
        post?: never;
        /**
         * Remove a connection to a model
         * @description Its key is forgotten. Agents that name it are answered for by the built-in provider.
         */
        delete: operations["remove_model_connection"];
        options?: never;
        head?: never;
        /**
         * Change a connection to a model
         * @description What is left out stays as it is; agents that name it use it as it is now, at once.
         */
        patch: operations["change_model_connection"];
        trace?: never;
    };
    "/v1/model-connections/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a connection to a model
         * @description Asks the model something small, as an agent would, and records what came of it. No customer's words and no document go out. Its tokens count against the budget, but it is tried also when that is used up. Not while this instance is not armed.
         */
        post: operations["check_model_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description In the order in which they were created. A page may be shorter than its limit, because deleted ones are left out.
         */
        get: operations["list_webhooks"];
        put?: never;
        /**
         * Subscribe to events
         * @description Deliveries are signed as Standard Webhooks says, with the secret that this answer shows once.
         */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a webhook */
        get: operations["show_webhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Nothing is delivered any more, and its secrets are forgotten.
         */
        delete: operations["delete_webhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description What is left out stays as it is; so do the secrets.
         */
        patch: operations["update_webhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret of a webhook
         * @description A new secret signs, which this answer shows once; the old one signs as well until the overlap is over; a dialect's signature, of which there is one, is the new secret's at once.
         */
        post: operations["rotate_webhook_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a webhook
         * @description Nothing is delivered until it is resumed; nothing is lost meanwhile.
         */
        post: operations["pause_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused webhook
         * @description Delivery goes on where it stopped, also to an endpoint that was paused by itself or disabled.
         */
        post: operations["resume_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of a webhook
         * @description One entry for each event that was sent or is to be sent, the newest event first. Attempts are recorded together, a second or less after they end.
         */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{position}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a delivery with its attempts
         * @description With what the receiver answered each time.
         */
        get: operations["show_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/redeliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what is delivered again
         * @description The newest first: those that go on, and the last fifty that ended.
         */
        get: operations["list_redeliveries"];
        put?: never;
        /**
         * Deliver something again
         * @description To this webhook only, beside what is new, as a job that survives restarts. Each event keeps its `webhook-id` and is signed anew; what was erased meanwhile is marked erased. With `dry_run` it is only counted.
         */
        post: operations["request_redelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/redeliveries/{redelivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Cancel a redelivery
         * @description Nothing more of it is delivered, but for what is on its way at this moment. Cancelling one that ended changes nothing.
         */
        delete: operations["cancel_redelivery"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a webhook's receiver whether it answers
         * @description Sends one signed message of the type `webhook.probe` and waits for the answer. A good one brings back an endpoint that was paused by itself or disabled. While this instance is not armed, the probe stays `pending` and is sent once it is.
         */
        post: operations["probe_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/webhook-keys/{workspace_id}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the public keys of a webhook
         * @description For receivers that check the `v1a` signatures (Ed25519) of a webhook whose `signature` is `ed25519`. Public, as such keys are.
         */
        get: operations["show_webhook_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description Deleted ones are left out unless `deleted=true`, which lists nothing else. With `as_of`, the list is exact by creation: `order` must be `newest` or `oldest`.
         */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a conversation
         * @description Also one that was deleted: whoever knows its id can read it, and `deleted_at` says so.
         */
        get: operations["show_conversation"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation
         * @description Takes it out of the lists; nobody can work on it. What was said stays: it can be read by its id and restored, and the customer's next message restores it. To destroy what was said, erase the contact.
         */
        delete: operations["delete_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a conversation
         * @description In the order in which they were said: the platform's second, then the position.
         */
        get: operations["list_messages"];
        put?: never;
        /**
         * Send a message
         * @description Records the intent and answers `queued`, with what it waits for if it cannot leave at once (`waiting_for`); what becomes of it, the message's status says. With an `Idempotency-Key` a repetition never sends twice. More than 24 hours after the customer last wrote only templates can be sent (`window_closed`; `allowed` names those that are approved). A template that is known here is checked first: its parameters, and that it is not paused, disabled or rejected (`template_unavailable`). One that is not known is left to the platform if it comes with `components`; nothing can be filled in for it.
         */
        post: operations["send_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/messages/{message_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a message that waits
         * @description For a message that was scheduled, or has not had its turn. What the platform has, or may have, cannot be taken back.
         */
        post: operations["cancel_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/messages/{message_id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the file of a message
         * @description The picture, recording or document that a customer sent, as it was fetched. `media.state` of the message says whether it is here: while it is `pending` the answer is `not_allowed_now`, and there is nothing (`not_found`) once it is `lost`. One stretch can be asked for with `Range: bytes=…`. Files are what strangers sent: the answer is always to be saved, never shown in place.
         */
        get: operations["show_message_media"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a message as read
         * @description Tells the platform at once, so that the customer sees two blue ticks, and that somebody writes if `typing` is true. It is tried once and recorded with what came of it; `outcome` says whether the platform took it. A test key stops before the call (`sandbox`).
         */
        post: operations["mark_as_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List files
         * @description In the order in which they were added; those that were removed are left out.
         */
        get: operations["list_media"];
        put?: never;
        /**
         * Add a file
         * @description The body is the file, `Content-Type` its type; `Content-Disposition: attachment; filename="…"` names it. Or it is a form (`multipart/form-data`) whose part `file` is the file, with its type and name. What is there already is answered (200), not added again. The platform's limits are checked here: images (JPEG, PNG) 5 MB, audio (AAC, AMR, MP3, M4A, OGG) and video (MP4, 3GP) 16 MB, stickers (WebP) 500 KB, documents (PDF, text, Office) 100 MB. Send it with `media: {"media_id": …}`: it is uploaded to the platform when the first message needs it, and again when the platform has forgotten it.
         */
        post: operations["add_media"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a file by its address
         * @description Reads the file at once and keeps it as `POST /v1/media` does: checked, and stored once for each content, so that it can be sent also when it no longer lies there. What cannot be read is answered `link_unreadable` and recorded (`media_link_failed`). A key of the sandbox reads nothing.
         */
        post: operations["add_media_by_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a file */
        get: operations["show_media"];
        put?: never;
        post?: never;
        /**
         * Remove a file
         * @description Its bytes leave the disk. A message that waits to be sent with it fails; what was sent stays with whoever got it.
         */
        delete: operations["remove_media"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a file
         * @description The bytes as they were added. One stretch can be asked for with `Range: bytes=…`.
         */
        get: operations["show_media_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canned-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List canned replies
         * @description In the order in which they were added; those that were removed are left out.
         */
        get: operations["list_canned_replies"];
        put?: never;
        /**
         * Add a canned reply
         * @description No two of a workspace are called by one word.
         */
        post: operations["add_canned_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/canned-replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a canned reply */
        get: operations["show_canned_reply"];
        put?: never;
        post?: never;
        /**
         * Remove a canned reply
         * @description Its shortcut is free for another. What was sent stays as it was.
         */
        delete: operations["remove_canned_reply"];
        options?: never;
        head?: never;
        /**
         * Change a canned reply
         * @description Makes a new version, unless nothing differs. What was sent before names the version that it came from.
         */
        patch: operations["update_canned_reply"];
        trace?: never;
    };
    "/v1/conversations/{id}/handoff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand a conversation to a person
         * @description The agent is silent until it is handed back. `GET /v1/conversations?handoff=true` lists who waits.
         */
        post: operations["hand_off_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/handback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand a conversation back to its agent
         * @description The agent answers again, first what nobody answered meanwhile.
         */
        post: operations["hand_back_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a conversation
         * @description Everything that happened in it, in order: what every other view of it is made from.
         */
        get: operations["list_conversation_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the timeline of a conversation
         * @description Messages and operators' acts (notes, assignments, closings …) in one list, each with who and when, in the order in which they happened.
         */
        get: operations["show_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim a conversation
         * @description For the person whom the key is for, or whom `Convolog-On-Behalf-Of` names. Refused if somebody else has it; the detail says who.
         */
        post: operations["claim_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a conversation
         * @description Gives it to somebody on the staff, whoever had it before.
         */
        post: operations["assign_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a conversation
         * @description Nobody has it any more, so that anybody can claim it.
         */
        post: operations["release_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a conversation
         * @description It is done. The customer's next message reopens it.
         */
        post: operations["close_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen a conversation
         * @description It goes on, with whoever has it.
         */
        post: operations["reopen_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tag a conversation
         * @description Adds tags to those that it has; at most 20 in all.
         */
        post: operations["tag_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/untag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take tags away from a conversation
         * @description Tags that it does not have do not matter.
         */
        post: operations["untag_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a note
         * @description For the staff; the customer never sees it. It stands in the timeline, and is erased with the customer's data.
         */
        post: operations["add_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/title": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a conversation a title
         * @description Seen by the staff only, and erased with the customer's data.
         */
        post: operations["set_title"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted conversation
         * @description It is in the lists again, open or closed as it was.
         */
        post: operations["restore_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do the same with many conversations
         * @description Up to 200 at a time. Each is carried out or refused by itself: one that fails stops nothing, and the answer says what became of each. With an `Idempotency-Key`, a repetition does only what was refused before.
         */
        post: operations["act_on_conversations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a whole conversation as it stood
         * @description Folded from the log alone, with the root of the Merkle tree at that position: what `convolog replay conversation` prints. Every message in one answer; to page, list the messages.
         */
        get: operations["show_transcript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{id}/recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a conversation was made from
         * @description The platform's posts, put together again from the log and cut down to this conversation, and the messages that were asked for: what `convolog replay record` makes a story from.
         */
        get: operations["show_recording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages that wait, failed or are undetermined
         * @description Of all conversations, those asked for here, the newest first: what waits to be sent, what failed and why, and what a person has to look at because the platform never said whether it has it.
         */
        get: operations["list_outstanding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List broadcasts
         * @description In the order in which they were made, without counts.
         */
        get: operations["list_broadcasts"];
        put?: never;
        /**
         * Make a broadcast
         * @description In draft: add recipients, try it, then start it. A text reaches only those whose 24-hour window is open when their turn comes; a template reaches everybody.
         */
        post: operations["create_broadcast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a broadcast
         * @description How far it has come, and what became of its recipients, counted now.
         */
        get: operations["show_broadcast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts/{id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the recipients of a broadcast
         * @description In the order in which they were added, with what became of each.
         */
        get: operations["list_recipients"];
        put?: never;
        /**
         * Add recipients to a broadcast
         * @description While it is in draft; each person once, 10,000 at most. Whoever is named by a number that nobody has is a contact from then on. With `audience`, those who pass the filter now are added; ask again to add the next thousand.
         */
        post: operations["add_recipients"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a broadcast
         * @description Records and sends nothing. What is true when a turn comes decides, not this.
         */
        post: operations["try_broadcast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a broadcast
         * @description Now, or from `send_at` on. Each recipient gets one message in their conversation, or is passed over; what waits in conversations goes first. A number that stands still stops it until the number goes on.
         */
        post: operations["start_broadcast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a broadcast
         * @description From the next message on nothing of it leaves, also of what waits in conversations already. What was handed to the platform is on its way.
         */
        post: operations["pause_broadcast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a broadcast
         * @description It goes on with the first recipient whose turn has not come.
         */
        post: operations["resume_broadcast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/broadcasts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a broadcast
         * @description For good. Its messages that wait are taken back; what the platform has, or may have, stays.
         */
        post: operations["cancel_broadcast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts
         * @description By creation. Contacts that were merged into another are listed too. Asked by `phone` or `email`, compared however they are written, the few that match are shown, whoever was merged as the contact that goes on for them, and nobody whose data was erased.
         */
        get: operations["list_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a contact */
        get: operations["show_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge two contacts
         * @description The contact of the path goes on for both. Repeating it is refused with `not_allowed_now`, and changes nothing.
         */
        post: operations["merge_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a merge
         * @description The other contact stands for itself again.
         */
        post: operations["unmerge_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/erasure-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what an erasure would destroy
         * @description Looks through every event of the workspace and lists every place that holds something of this person: streams, kept answers, blobs, the vault, read models, the search index. Changes nothing.
         */
        get: operations["preview_erasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete the personal data of a contact
         * @description Destroys the keys of this person: names, numbers and everything they said or were told can be read by nobody any more. That it happened, and every proof, stays.
         */
        delete: operations["delete_personal_data"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase the data of a contact
         * @description Destroys the keys of this person: names, numbers and everything they said or were told can be read by nobody any more. That it happened, and every proof, stays.
         */
        post: operations["erase_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the certificate of an erasure
         * @description What the erasure answered, again, and what was done since: `indexes_rewritten_at` says when the search indexes held nothing any more.
         */
        get: operations["show_erasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/opt-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that a contact opted out
         * @description From then on every message that they do not want is refused with `opted_out`, and one that waits fails before it leaves. It stands for everybody who was found to be the same person.
         */
        post: operations["opt_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/opt-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that a contact wants to hear from the business again
         * @description Only if they asked for it: it lifts what they stopped themselves, and who recorded it and why stays in the history. Writing START does the same.
         */
        post: operations["opt_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what a contact wanted to be sent
         * @description Every opting out and in of this person, all their contacts together, the newest first. What stands now is `opted_out` of the contact.
         */
        get: operations["list_preferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/legal-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place a legal hold on a contact
         * @description Until it is released nobody can erase this person, nor any contact that was found to be the same person.
         */
        post: operations["place_legal_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/contacts/{id}/legal-hold/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a legal hold
         * @description The person can be erased again, unless a contact that is the same person is held.
         */
        post: operations["release_legal_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lead-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the rules about leads
         * @description Those of the workspace first, then those of agents. None: nothing is learned of leads from what they say.
         */
        get: operations["show_lead_rules"];
        put?: never;
        /**
         * Set the rules about leads
         * @description What customers say about themselves from now on (name, e-mail address, phone number, need, budget, date) is learned into their lead, with the message it stands in. What people entered, moved or scored stays as they left it. An agent's own rules hold instead of the workspace's where it serves. They replace those before; an empty object is all that is usual.
         */
        post: operations["set_lead_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List leads
         * @description Those that were merged into others are left out. Those that were erased stay in the list, as they count in the pipeline, but not on the board (`sort=board`), where nobody could move them. A page may be shorter than its limit, even empty, because what does not pass the filters is left out: go on while there is a `next_page`. `status` with any `sort`, and the bounds of what is sorted by (`score_…` with `score`, `value_…` with `value`, `status_since_…` with `time_in_stage`), are read as a range and pass over nothing. Asked by `phone`, `email` or `external_id`, the few that match are shown, the newest first. Names are found by searching, not here. With `as_of` the list is exact by creation: `sort` must be `created`.
         */
        get: operations["list_leads"];
        put?: never;
        /**
         * Open a lead
         * @description It begins as NEW. Nobody is two leads: if the contact, or whoever has the phone number, is one already, or the external id is taken, the answer is `already_exists` and names that lead. Something must be known of them: a field, the contact or the external id.
         */
        post: operations["create_lead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take in a list of leads
         * @description JSON (`{"leads": […]}`) or, with `Content-Type: text/csv`, CSV whose first line names the columns: those of a lead (`name`, `phone`, `email`, `company`, `note`, `source`, `external_id`, `contact_id`, `owner_id`, `score`), `value` with `currency`, and any other word for a field of its own. A row that fails is reported with its line, field and reason, and stops nothing. A row whose `external_id` is known, or that was taken in before with the same `Idempotency-Key`, makes no second lead; nor does one whose phone or contact is a lead. A row of CSV in which nothing stands is passed over and reported as `blank`. A quotation that never ends fails with the line at which it begins; what follows is not read then. `dry_run` judges each row as if those before it had been taken in. At most 5,000 rows.
         */
        post: operations["import_leads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a lead */
        get: operations["show_lead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a lead
         * @description Fields, score, value, owner, contact: what is left out stays as it is, null takes a value away. All of it is changed, or nothing. Safe to repeat.
         */
        patch: operations["change_lead"];
        trace?: never;
    };
    "/v1/leads/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a lead
         * @description Every move with its actor, its time and, in what is sealed, its reason.
         */
        get: operations["list_lead_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the status of a lead
         * @description NEW goes to QUALIFIED, CONTACTED or LOST; QUALIFIED and CONTACTED go to each other, to WON or to LOST; WON goes to LOST when the sale falls through; LOST goes back to NEW. Another move is refused with `not_allowed_now`, and `allowed` lists those that are possible. Asking for the present status changes nothing.
         */
        patch: operations["change_lead_status"];
        trace?: never;
    };
    "/v1/leads/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge two leads
         * @description The lead of the path goes on for both, with its own status and value; fields that it lacks are shown from the other, which leaves its status.
         */
        post: operations["merge_leads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a lead on the board
         * @description Within its status: just below `after`, or just above `before`. With both it goes between them; if they are no neighbours (any more), just below `after`. Whoever comes to a status stands on top there. Safe to repeat.
         */
        post: operations["move_lead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete the personal data of a lead
         * @description Destroys the keys of a lead that no contact stands for, and of those merged with it: names, numbers, notes and every other field can be read by nobody any more. Its statuses, scores and values stay, in lists and in what the pipeline counts, and so does every proof; it stands on the board no more, and cannot be changed. The id that another system gave it is free again. Where a contact stands for it, the contact is erased instead.
         */
        delete: operations["delete_lead_data"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the certificate of a lead's erasure
         * @description What the erasure answered, again. A lead that was erased with its contact is in the contact's certificate: the answer is `not_found` then and names the contact.
         */
        get: operations["show_lead_erasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pipeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the pipeline
         * @description How many leads have which status, what they are worth, how long they stay, where they go, and how far targets are reached. Leads that were erased keep counting. With `as_of`, counts are those of the last full hour (`counted_until`); targets are exact.
         */
        get: operations["show_pipeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pipeline/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a target
         * @description One for each status and period; it replaces the one before. With neither `count` nor `value` the target is taken away.
         */
        post: operations["set_target"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List services
         * @description In the order in which they were made, those that cannot be booked any more among them.
         */
        get: operations["list_services"];
        put?: never;
        /**
         * Make a service
         * @description Something that can be booked. `name` is needed; what is left out is as is usual: half an hour, in UTC, open at no time.
         */
        post: operations["create_service"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a service */
        get: operations["show_service"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a service
         * @description What is left out stays as it is; null takes a value away. What is booked stays as it was booked. Safe to repeat.
         */
        patch: operations["update_service"];
        trace?: never;
    };
    "/v1/services/{id}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the free times of a service
         * @description Within its hours, not too soon, not too far ahead, and nobody's yet. A time that clocks show twice, when they are put back, is listed twice, each with its own distance from UTC; one that they jump over is not listed. Somebody may book one before you do: booking says so with `slot_taken`.
         */
        get: operations["show_slots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List appointments
         * @description By the time they begin, or by when they were booked. A page may be shorter than its limit, even empty, because what does not pass the filters is left out: go on while there is a `next_page`. With `as_of` the list is exact by creation: `sort` must be `created`.
         */
        get: operations["list_appointments"];
        put?: never;
        /**
         * Book an appointment
         * @description At one of the times that `GET /v1/services/{id}/slots` lists, with a contact, a lead, or the contact of a conversation; where several are given they are one person. Of two who want times that overlap, one gets theirs and the other is told `slot_taken`. Title and note are sealed for the person and erased with them.
         */
        post: operations["book_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an appointment */
        get: operations["show_appointment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of an appointment
         * @description Who booked, moved and cancelled it, and when.
         */
        get: operations["list_appointment_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an appointment for a calendar
         * @description As an iCalendar file (RFC 5545). Taken again after a change, it replaces what the calendar had.
         */
        get: operations["download_appointment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an appointment
         * @description To another time that its service offers; the old one is free again in the same moment. Its reminder moves with it. Safe to repeat.
         */
        post: operations["move_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an appointment
         * @description Its time is free again. The reason is sealed for the person. Safe to repeat.
         */
        post: operations["cancel_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that an appointment took place
         * @description Once it has begun. Safe to repeat.
         */
        post: operations["complete_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appointments/{id}/no-show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that nobody came to an appointment
         * @description Once it has begun. Safe to repeat.
         */
        post: operations["miss_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List documents
         * @description By creation, without their text.
         */
        get: operations["list_documents"];
        put?: never;
        /**
         * Add a document
         * @description Its text is cut into passages, which can be searched within a second.
         */
        post: operations["add_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search knowledge
         * @description The passages that answer best, by BM25 over stems. What is no query is searched as words; `left_out` says so.
         */
        get: operations["search_knowledge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a file in
         * @description The body is the file as it is, with its `Content-Type` (PDF, DOCX, HTML, Markdown or text; without one the ending of its name tells): `curl --data-binary @menu.pdf -H 'Content-Type: application/pdf' '…/v1/knowledge/files?name=menu.pdf'`. At most 10 MiB. An import takes its text out and makes a document of it, or several if it is too long for one; headings are kept. The same file again changes nothing; a file of the same name that says something else is the next version of the document.
         */
        post: operations["upload_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/crawls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a site
         * @description An import reads the pages of the same host, from this one on, one at a time and as slowly as its `robots.txt` asks; each becomes a document. What `robots.txt`, `noindex` or `nofollow` excludes is left out. Only what is in the main part of a page is kept; PDF, DOCX, Markdown and text are read too.
         */
        post: operations["crawl_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description Jobs that read files and sites, the newest first.
         */
        get: operations["list_imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an import
         * @description Where it stands: `pending`, `running`, `ready`, or `failed` with a reason (`broken`, `encrypted`, `too_large`, `too_slow`, `no_text`, `unreachable`, `private_address`, `excluded`, `no_page`, `sandbox`, `cancelled`, `lost`).
         */
        get: operations["show_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/imports/{id}/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the pages of an import
         * @description What became of each page of a site, or part of a file, in the order in which they were read.
         */
        get: operations["list_import_pages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an import
         * @description Nothing more is read, but for the page that is on its way. The documents that it made stay.
         */
        post: operations["cancel_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/imports/{id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a site again
         * @description A new import of the same site, with the same bounds: pages that changed are new versions of their documents, pages that are there no more lose them. A file is read again by taking it in again.
         */
        post: operations["import_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/knowledge/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a document
         * @description The version that stands for it, with its text and how that is cut.
         */
        get: operations["show_document"];
        put?: never;
        post?: never;
        /**
         * Remove a document
         * @description It is not searched any more. Its versions stay in history; files that they were read from cannot be opened any more.
         */
        delete: operations["remove_document"];
        options?: never;
        head?: never;
        /**
         * Change a document
         * @description It gets a new version, which alone is searched from then on; those before it stay in history. What is as it was changes nothing.
         */
        patch: operations["update_document"];
        trace?: never;
    };
    "/v1/knowledge/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the versions of a document
         * @description The newest first, each as it was recorded. Those of a document that was removed are history, and stay.
         */
        get: operations["list_document_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search messages
         * @description Messages whose text, in its newest edit, has all the words. What is no query is searched as words; `left_out` says so.
         */
        get: operations["search_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search contacts
         * @description By name, user name and e-mail address.
         */
        get: operations["search_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search leads
         * @description By name, company and e-mail address, and by the names that their contact goes by.
         */
        get: operations["search_leads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List templates
         * @description The one heard of last first. Those that were deleted are listed only if they are asked for by that status.
         */
        get: operations["list_templates"];
        put?: never;
        /**
         * Make a template
         * @description Checked as the platform would, then handed to it; its review takes up to a day, and its outcome is the template's `status`. A business account takes 100 new templates an hour. With a test key everything is done but the handing over: the template is approved at once, and cannot be sent for real.
         */
        post: operations["create_template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the newest reading of the platform's templates */
        get: operations["show_template_sync"];
        put?: never;
        /**
         * Read the templates of the platform
         * @description Reads the list of the channel's business account, page by page, and records what differs from what is known. While a reading goes on, asking again answers with it. With a test key nothing is read.
         */
        post: operations["sync_templates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a template
         * @description Also one that was deleted.
         */
        get: operations["show_template"];
        put?: never;
        post?: never;
        /**
         * Delete a template
         * @description Asks the platform to delete it, in this language only; it is gone once the platform says so. One that never reached the platform is gone at once.
         */
        delete: operations["delete_template"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/template-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List template groups
         * @description In the order in which they were made. A page may be shorter than its limit, because deleted ones are left out.
         */
        get: operations["list_template_groups"];
        put?: never;
        /**
         * Make a template group
         * @description Templates that say the same. Whoever sends names the group: the first one that is there, speaks the customer's language and can be sent is sent, and where the platform refuses it as paused, disabled or missing, the next.
         */
        post: operations["create_template_group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/template-groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a template group */
        get: operations["show_template_group"];
        put?: never;
        post?: never;
        /**
         * Delete a template group
         * @description Its templates stay, and so do messages that were asked for.
         */
        delete: operations["delete_template_group"];
        options?: never;
        head?: never;
        /**
         * Change a template group
         * @description Messages that were asked for before are not affected.
         */
        patch: operations["change_template_group"];
        trace?: never;
    };
    "/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspaces
         * @description Every workspace of the installation, ordered by id.
         */
        get: operations["list_workspaces"];
        put?: never;
        /**
         * Set up a workspace
         * @description A workspace is a tenant: people, keys, channels and conversations belong to one.
         */
        post: operations["create_workspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a workspace */
        get: operations["show_workspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a workspace
         * @description Its name and its plan: what is left out stays as it is. Safe to repeat. The limits of another plan hold from then on; what is there already stays and counts, and so do the messages of this month.
         */
        patch: operations["change_workspace"];
        trace?: never;
    };
    "/v1/settings/opt-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how people opt out
         * @description The workspace's own words, as they are compared, and what a stop word stops.
         */
        get: operations["show_opt_out_settings"];
        put?: never;
        /**
         * Set how people opt out
         * @description All of it: words that were set before and are not named are no more. Messages that came before are not looked at again.
         */
        post: operations["set_opt_out_settings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/rate-cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show rate cards
         * @description Every card of the workspace, the oldest first.
         */
        get: operations["show_rate_cards"];
        put?: never;
        /**
         * Set a rate card
         * @description What the platform's price list says, from a time on. A card for the same time replaces the one before. Amounts are worked out when they are asked for, so a card may be set later than the messages it is for.
         */
        post: operations["set_rate_card"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description In the order in which they were made, revoked ones among them.
         */
        get: operations["list_keys"];
        put?: never;
        /**
         * Make an API key
         * @description The answer shows the key, once: only its hash is kept. A repetition with the same `Idempotency-Key` shows it masked. A key makes none that may do what it may not: one of the sandbox makes keys of the sandbox, one of another API makes keys of that API.
         */
        post: operations["create_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It stops working at once, for good.
         */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what each key called
         * @description Every key of the workspace in the order in which they were made, with the calls of the minutes that begin within the stretch of time. A minute is recorded when it is over; calls of the administrator are not counted.
         */
        get: operations["list_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what messages cost
         * @description Every message of which the platform told a price counts once, on the day on which it was first told, however often it was. Amounts follow from the workspace's rate cards (`/v1/settings/rate-cards`); without one messages are counted and `amounts` is null.
         */
        get: operations["show_costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/costs/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what each message cost
         * @description The ledger behind `/v1/usage/costs`: each message once, in the order in which its price was first told.
         */
        get: operations["list_message_costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what the plan allows
         * @description Every limit of the workspace's plan and how much of it is used, counted from the events. Whoever reaches one is told `plan_limit_reached`.
         */
        get: operations["show_limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people
         * @description In the order in which they were added, those who left among them.
         */
        get: operations["list_people"];
        put?: never;
        /**
         * Add a person
         * @description Somebody who works for the workspace. A key acts for them when a request names them in `Convolog-On-Behalf-Of`.
         */
        post: operations["add_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a person */
        get: operations["show_person"];
        put?: never;
        post?: never;
        /**
         * Remove a person
         * @description Nobody can act in their name any more, and keys that act for them stop working. What they did stays in history.
         */
        delete: operations["remove_person"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List apps
         * @description In the order in which they were registered.
         */
        get: operations["list_apps"];
        put?: never;
        /**
         * Register an app
         * @description Posts that this app signs are accepted for the numbers connected with it. The administrator registers an app of the installation by naming the nil workspace.
         */
        post: operations["register_app"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an app */
        get: operations["show_app"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Replace the verify token of an app
         * @description The handshake is answered for the new token only, and the old one is forgotten. Safe to repeat. Secrets that sign are added and retired instead.
         */
        patch: operations["change_app"];
        trace?: never;
    };
    "/v1/apps/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a secret to an app
         * @description From now on posts may be signed with either secret. An app has at most two.
         */
        post: operations["add_app_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{id}/secrets/{secret_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Retire a secret of an app
         * @description What it signs is refused from now on. The last secret cannot be retired.
         */
        delete: operations["retire_app_secret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List channels
         * @description In the order in which they were first connected, disconnected ones among them.
         */
        get: operations["list_channels"];
        put?: never;
        /**
         * Connect a number
         * @description Reads the number from the platform with the access token, to show that it is the workspace's, and takes it: a number belongs to one channel of the whole installation. A number that this workspace had before is its old channel again: its conversations go on.
         */
        post: operations["connect_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a channel */
        get: operations["show_channel"];
        put?: never;
        post?: never;
        /**
         * Disconnect a number
         * @description Nothing is received or sent at it any more, and its number is free. What was said stays.
         */
        delete: operations["disconnect_channel"];
        options?: never;
        head?: never;
        /**
         * Change a channel
         * @description What is left out stays as it is: its access token, how much may be sent with it, what its customers see while an agent answers. With `access_token`: reads the number from the platform with the new token, as when it was connected; the old token is forgotten. Safe to repeat.
         */
        patch: operations["change_channel"];
        trace?: never;
    };
    "/v1/channels/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on sending with a number
         * @description For a number with `sending_stopped`: the platform refused its token, payment or registration, and that was put right. What waits is sent. A new access token does the same by itself.
         */
        post: operations["resume_sending"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/volumes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how much happened
         * @description Messages, conversations, contacts and statuses, in the hour in which each was recorded. A series has at most 1000 points, and the time may hold any number of conversations; of more than 100000 (with contacts and leads) it is not told to which channel and agent they belong, and neither can be asked for. A status that the platform tells again in other words counts again. With `as_of`, exactly what was recorded by then is counted, also within an hour.
         */
        get: operations["show_volumes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/response-times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how long answers took
         * @description From the first message of a contact that nobody had answered to the next message of the business, in the hour in which that one was recorded. What had waited since before the week that precedes the answer's (weeks are counted from Thursday, 1970-01-01) does not count. A series has at most 1000 points, and the weeks asked for at most 100000 conversations, contacts and leads. With `as_of`, exactly what was recorded by then is counted, also within an hour.
         */
        get: operations["show_response_times"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/analytics/conversion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how leads moved on
         * @description Leads that were opened, the statuses they came to and how long each move took, in the hour in which it was recorded: what happened in that time, not what became of the leads that were opened in it. Leads belong to the channel they wrote to, and to no agent. A series has at most 1000 points, and the time may hold any number of leads; of more than 100000 (with conversations and contacts) it is not told to which channel they belong. With `as_of`, exactly what was recorded by then is counted, also within an hour.
         */
        get: operations["show_conversion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         * @description Everything that happened in the workspace, in the order of the log. A page can be short, even empty, while `next_page` is not null: the log was searched in part.
         */
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow events
         * @description Server-sent events: `id` is the position, `event` the type, `data` an event as in the list. A reader that was cut off goes on with `Last-Event-ID`, without gap or duplicate. A comment is sent every 15 seconds (unless configured otherwise) when nothing happens, with the position that was reached.
         */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the types of events
         * @description Every type of event there is, by number, with the JSON Schema of its `data` as the lists of events and webhooks show it; behind them the names of everyday use, such as `message.delivered`, under which webhooks can be told of some of them. `delivered` is the JSON Schema of the whole body of a delivery. Later versions add types and fields; they take none away.
         */
        get: operations["list_event_types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a type of events */
        get: operations["show_event_type"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show whether this instance may act
         * @description A copy of a data folder, or a restored one, may not act until it is armed.
         */
        get: operations["show_installation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/arm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let this instance act
         * @description This instance, and no other, may act on the outside world from now on. Doing it again changes nothing.
         */
        post: operations["arm_instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/disarm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let no instance act
         * @description No instance may act on the outside world from now on. Doing it again changes nothing.
         */
        post: operations["disarm_instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check everything
         * @description The log against itself, vault and blobs against the log, each read model against a rebuild in memory. Takes as long as reading the whole log a few times: stop a large installation and use `convolog verify --data` instead.
         */
        post: operations["verify_installation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List quarantined changes
         * @description Signed changes that could not be accepted, the oldest first. What an app of the installation signed is listed for the administrator under the nil workspace.
         */
        get: operations["list_quarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quarantine/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a quarantined change again
         * @description The answer says whether it was accepted now, or why it still was not.
         */
        post: operations["retry_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how the read models are doing
         * @description Position, lag, parked streams and the progress of a rebuild of each read model.
         */
        get: operations["list_projections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how a read model is doing */
        get: operations["show_projection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild a read model
         * @description Beside the live one, which serves until the new one has caught up, and which is kept for a while then. What waited or was kept before goes. Asking again while a rebuild goes on changes nothing. The search index, which holds text, neither waits nor is kept.
         */
        post: operations["rebuild_projection"];
        /**
         * Call a rebuild off
         * @description Removes the generation beside the live one, whether it is being built, waits, is kept, or is about to be swapped in. The live one goes on to serve. A rebuild that is needed because the fold changed begins again with the next start.
         */
        delete: operations["cancel_rebuild"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare a rebuilt read model with the live one
         * @description The one that waits, or that was kept after a swap, catches up and is compared line by line, at the pace of a rebuild, while the live one goes on. `first_difference` is that of the smallest key.
         */
        post: operations["compare_projection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}/swap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the rebuilt read model serve
         * @description The one that waits catches up and serves. What served before is kept for a while: `POST /v1/projections/{name}/roll-back`.
         */
        post: operations["swap_projection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let the earlier read model serve again
         * @description The one that served before the last swap catches up and serves, so that what readers see never goes back. The one that served until now waits: it can be compared and swapped in again.
         */
        post: operations["roll_back_projection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server lives */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the server should get requests
         * @description 503 with the reasons while the log or the vault is poisoned, the server drains, or the read models have not caught up since the start.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The OpenAPI document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/postman.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The Postman collection */
        get: operations["postman"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reference of the API */
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every error code */
        get: operations["docs_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbound/whatsapp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answer the platform's handshake
         * @description Enter this address and the verify token of the channel in the platform's settings.
         */
        get: operations["whatsapp_handshake"];
        put?: never;
        /**
         * Take a post of the platform
         * @description For the platform. The same post again changes nothing. Bodies to 3 MB.
         */
        post: operations["whatsapp_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What somebody did with a conversation. */
        ActView: {
            /**
             * Format: uuid
             * @description The event's id.
             */
            id: string;
            /** @description What happened: the type of the event, such as `conversation_closed`. */
            type: string;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * Format: uint64
             * @description Where it stands in the log.
             */
            position: number;
            /** @description Who acted. */
            actor: components["schemas"]["Actor"];
            /** @description The name of the person who acted, or for whom a key did. */
            actor_name: string | null;
            /** @description Who has the conversation after it. */
            assignee: components["schemas"]["StaffMember"] | null;
            /** @description Who had it before. */
            old_assignee: components["schemas"]["StaffMember"] | null;
            /** @description All its tags after it. */
            tags: string[] | null;
            /** @description All its tags before. */
            old_tags: string[] | null;
            /** @description The text of a note, the new title. */
            text: string | null;
            /**
             * Format: uuid
             * @description The note's own id.
             */
            note_id: string | null;
            /**
             * Format: uuid
             * @description The customer's message that led to it.
             */
            message_id: string | null;
            /** @description Why a person is to answer, or was. */
            reason: string | null;
            /** @description What an agent did about what the customer wrote, and how it came to that. */
            reply: components["schemas"]["AgentReply"] | null;
            /** @description The text was erased: nobody can read it any more. */
            erased: boolean;
            /** @description The text cannot be opened, though it was not erased. */
            unreadable: boolean;
        };
        /** @description How a conversation stands after an act. */
        ActedOn: {
            /**
             * Format: uuid
             * @description Which conversation.
             */
            id: string;
            /** @description Whether something changed; false if it was so already. */
            changed: boolean;
            /** @description `open` or `closed`. */
            status: string;
            /**
             * Format: uuid
             * @description Who has it.
             */
            assignee_id: string | null;
            /** @description Its tags. */
            tags: string[];
            /** @description Whether it is deleted. */
            deleted: boolean;
            /**
             * Format: uuid
             * @description The note that was added.
             */
            note_id?: string | null;
        };
        /** @description Who acted. */
        Actor: {
            /** @description `system`, `administrator`, `person`, `key`, `platform`, `reactor`. */
            kind: string;
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /**
             * Format: uuid
             * @description The person for whom a key acted.
             */
            on_behalf_of: string | null;
        };
        /** @description An agent. */
        Agent: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description Whether it answers. */
            status: components["schemas"]["AgentStatus"];
            /**
             * Format: uint32
             * @description The number of its newest version.
             */
            version: number;
            /**
             * Format: uint32
             * @description The number of the version that answers.
             */
            published_version: number | null;
            /** @description The channels that it serves now: those of the published version. */
            serving: string[];
            /** @description What the staff calls it. */
            name: string;
            /** @description Who answers; with a connection, its provider. */
            provider: string;
            /** @description The provider's name of the model; null for its usual one. */
            model: string | null;
            /**
             * Format: uint16
             * @description How freely it answers, in hundredths.
             */
            temperature_percent: number | null;
            /**
             * Format: uint32
             * @description Tokens of one answer.
             */
            max_tokens: number | null;
            /** @description The language it answers in; null for the customer's. */
            language: string | null;
            /** @description The time zone of its hours. */
            time_zone: string | null;
            /** @description When it answers; empty = always. */
            business_hours: components["schemas"]["OpenHours"][];
            /** @description The channels it serves once it is published. */
            channels: string[];
            /** @description The documents it answers from; null for all of the workspace. */
            documents: string[] | null;
            /** @description When a person takes over. */
            handoff: components["schemas"]["HandoffRules"];
            /** @description How much it says. */
            replies: components["schemas"]["ReplyLimits"];
            /**
             * Format: uuid
             * @description The connection to the model that answers; null for none.
             */
            connection_id: string | null;
            /**
             * @description What its newest version is told about its work; null in the answer to a command that left
             *     it as it was.
             */
            instructions: string | null;
            /** @description When it was made; missing in the answer that makes it. */
            created_at?: string | null;
        };
        /** @description A page of a list. */
        AgentList: {
            /** @description The items. */
            data: components["schemas"]["Agent"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description How an agent came to what it said. */
        AgentReply: {
            /**
             * Format: uuid
             * @description Which agent.
             */
            agent_id: string;
            /**
             * Format: uint32
             * @description Which version of it.
             */
            agent_version: number;
            /** @description `answer`, `small_talk` or `handoff`. */
            outcome: string;
            /** @description Whether an answer is certain to be one. */
            sure: boolean;
            /**
             * Format: uuid
             * @description What it said; none if it said nothing.
             */
            message_id: string | null;
            /** @description Where the answer stands. */
            sources: components["schemas"]["AnswerSource"][];
            /** @description Whose means were used. */
            provider: string;
            /** @description The provider's name of the model. */
            model: string | null;
            /**
             * Format: uint64
             * @description Tokens that a model read.
             */
            input_tokens: number;
            /**
             * Format: uint64
             * @description Tokens that a model wrote.
             */
            output_tokens: number;
            /**
             * Format: uint64
             * @description How long it took.
             */
            milliseconds: number;
        };
        /** @description Whether an agent answers. */
        AgentStatus: "draft" | "published" | "paused" | "archived";
        /** @description A version of an agent. */
        AgentVersion: {
            /**
             * Format: uint32
             * @description Its number, from 1.
             */
            version: number;
            /** @description Whether it answers. */
            published: boolean;
            /** @description What the staff calls it. */
            name: string;
            /** @description Who answers; with a connection, its provider. */
            provider: string;
            /** @description The provider's name of the model; null for its usual one. */
            model: string | null;
            /**
             * Format: uint16
             * @description How freely it answers, in hundredths.
             */
            temperature_percent: number | null;
            /**
             * Format: uint32
             * @description Tokens of one answer.
             */
            max_tokens: number | null;
            /** @description The language it answers in; null for the customer's. */
            language: string | null;
            /** @description The time zone of its hours. */
            time_zone: string | null;
            /** @description When it answers; empty = always. */
            business_hours: components["schemas"]["OpenHours"][];
            /** @description The channels it serves once it is published. */
            channels: string[];
            /** @description The documents it answers from; null for all of the workspace. */
            documents: string[] | null;
            /** @description When a person takes over. */
            handoff: components["schemas"]["HandoffRules"];
            /** @description How much it says. */
            replies: components["schemas"]["ReplyLimits"];
            /**
             * Format: uuid
             * @description The connection to the model that answers; null for none.
             */
            connection_id: string | null;
            /** @description What it is told about its work. */
            instructions: string | null;
            /** @description When it was made. */
            created_at: string;
        };
        /** @description A page of a list. */
        AgentVersionList: {
            /** @description The items. */
            data: components["schemas"]["AgentVersion"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description A passage of a document. */
        AnswerSource: {
            /**
             * Format: uuid
             * @description Its document.
             */
            document_id: string;
            /**
             * Format: uint32
             * @description The version of the document.
             */
            version: number;
            /**
             * Format: uint32
             * @description The number of the passage, from 1.
             */
            passage: number;
        };
        /** @description A key, without the key itself. */
        ApiKey: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What its owner calls it. */
            name: string;
            /** @description Its first characters, to recognise it by. */
            prefix: string;
            /** @description Live or test. */
            mode: components["schemas"]["KeyMode"];
            /** @description The API it is for. */
            surface: string;
            /** @description What it may do. */
            scopes: components["schemas"]["Scope"][];
            /**
             * Format: uuid
             * @description The person it acts for, unless a request names another.
             */
            person: string | null;
            /** @description When it stops working by itself; null for never. */
            expires_at: string | null;
            /** @description Whether it was revoked. */
            revoked: boolean;
            /** @description When it was made; missing in the answer that makes it. */
            created_at?: string | null;
            /** @description The key itself: in the answer that makes it, and nowhere else. */
            key?: string | null;
        };
        /** @description A page of a list. */
        ApiKeyList: {
            /** @description The items. */
            data: components["schemas"]["ApiKey"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description A Meta app. */
        App: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What its owner calls it. */
            name: string;
            /** @description The version of the Graph API it is subscribed with. */
            graph_version: string;
            /** @description The secrets that may sign, oldest first. */
            secrets: components["schemas"]["SecretShown"][];
            /** @description When it was registered; missing in the answer that registers it. */
            created_at?: string | null;
        };
        /** @description A page of a list. */
        AppList: {
            /** @description The items. */
            data: components["schemas"]["App"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description One appointment. */
        Appointment: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description How it stands: `booked`, `cancelled`, `completed`, `missed`. */
            status: string;
            /**
             * Format: uuid
             * @description What is booked.
             */
            service_id: string;
            /**
             * Format: uuid
             * @description Who does it.
             */
            staff_id: string | null;
            /**
             * Format: date-time
             * @description When it begins.
             */
            starts_at: string;
            /**
             * Format: date-time
             * @description When it ends.
             */
            ends_at: string;
            /**
             * Format: date-time
             * @description From when on nothing else is booked: the buffer before it counted.
             */
            blocked_from: string;
            /**
             * Format: date-time
             * @description Until when nothing else is booked: the buffer after it counted.
             */
            blocked_until: string;
            /**
             * Format: date-time
             * @description When somebody is to be reminded of it; null once that was done, or if nobody is.
             */
            remind_at: string | null;
            /**
             * Format: uuid
             * @description The contact, if it is known who they are.
             */
            contact_id: string | null;
            /**
             * Format: uuid
             * @description The lead, if it was booked for one.
             */
            lead_id: string | null;
            /**
             * Format: uuid
             * @description The conversation in which it came about.
             */
            conversation_id: string | null;
            /** @description What people call it. */
            title: string | null;
            /** @description What somebody noted. */
            note: string | null;
            /** @description Why it was cancelled, if somebody said so. */
            cancel_reason: string | null;
            /** @description What was said of it was erased with the data of the person. */
            erased: boolean;
            /** @description Something of it cannot be opened, though it was not erased; the operator's log says why. */
            unreadable: boolean;
            /**
             * Format: date-time
             * @description When it was booked.
             */
            created_at: string;
            /**
             * Format: uint64
             * @description Where it begins in the log.
             */
            position: number;
            /**
             * Format: uint64
             * @description The position of its newest event.
             */
            last_position: number;
            /** @description Live or test. */
            mode: components["schemas"]["ModeView"];
        };
        /** @description A page of a list. */
        AppointmentList: {
            /** @description The items. */
            data: components["schemas"]["Appointment"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Something that began, and goes on. */
        Begun: {
            /** @description Which read model. */
            name: string;
            /** @description `rebuilding`, or `joining` for one that catches up to serve. */
            status: string;
        };
        /** @description What the generation beside the one that serves is for. */
        BesideState: "building" | "joining" | "waiting" | "kept";
        /** @description The generation beside the one that serves. */
        BesideStatus: {
            /**
             * Format: uint64
             * @description Its number; every rebuild makes a new one.
             */
            generation: number;
            /** @description What it is for. */
            state: components["schemas"]["BesideState"];
            /**
             * Format: uint32
             * @description The version of the fold that began it.
             */
            version: number;
            /**
             * Format: date-time
             * @description Until when it is kept.
             */
            kept_until?: string | null;
        };
        /** @description A file with something sealed. */
        BlobPlace: {
            /** @description Names it: the hash of its ciphertext, in hex digits. */
            sha256: string;
            /**
             * Format: uint64
             * @description Its size.
             */
            bytes: number;
        };
        /** @description An appointment as it was booked. */
        BookedAppointment: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description Always `booked`. */
            status: string;
            /**
             * Format: uuid
             * @description What is booked.
             */
            service_id: string;
            /**
             * Format: uuid
             * @description Who does it.
             */
            staff_id: string | null;
            /** @description When it begins. */
            starts_at: string;
            /** @description When it ends. */
            ends_at: string;
            /** @description When somebody is to be reminded of it. */
            remind_at: string | null;
            /**
             * Format: uuid
             * @description The contact, if it is known who they are.
             */
            contact_id: string | null;
            /**
             * Format: uuid
             * @description The lead, if it was booked for one.
             */
            lead_id: string | null;
            /**
             * Format: uuid
             * @description The conversation in which it came about.
             */
            conversation_id: string | null;
            /** @description What people call it. */
            title: string | null;
            /** @description What somebody noted. */
            note: string | null;
        };
        /** @description One message to many people. */
        Broadcast: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What its people call it. */
            name: string;
            /**
             * Format: uuid
             * @description With which number.
             */
            channel_id: string;
            /** @description How far it has come. */
            status: components["schemas"]["BroadcastStatus"];
            /** @description Why it stands still, if it does. */
            paused_because: string | null;
            /** @description The type of message. */
            type: string;
            /** @description The name of the template, if it is one. */
            template: string | null;
            /**
             * @description Whether it promotes something, so that nobody is sent it who opted out of that; null if the
             *     category of its template decides. What has none promotes something.
             */
            marketing: boolean | null;
            /**
             * Format: uint32
             * @description At most so many messages a minute.
             */
            per_minute: number | null;
            /** @description Names of what is filled in for each recipient. */
            parameters: string[];
            /** @description Not before then; null before it is started. */
            send_at: string | null;
            /** @description It was made with a test key: nobody is sent anything. */
            sandbox: boolean;
            /**
             * Format: uint32
             * @description How many are to hear it.
             */
            recipients: number;
            /** @description When it was made; missing in answers to commands. */
            created_at?: string | null;
            /** @description What became of its recipients; only where one broadcast is shown. */
            counts?: components["schemas"]["BroadcastCounts"] | null;
        };
        /** @description Contacts that have something in common. */
        BroadcastAudience: {
            /** @description Those whose lead has this status. */
            lead_status?: components["schemas"]["LeadStatus"] | null;
            /**
             * @description Those with a conversation that has this tag.
             * @default null
             */
            tag?: string | null;
            /**
             * @description What is filled in for each of them, by name.
             * @default {}
             */
            parameters?: {
                [key: string]: string;
            };
        };
        /** @description What became of the recipients of a broadcast: each stands in one of the first twelve. */
        BroadcastCounts: {
            /**
             * Format: uint64
             * @description Their turn has not come.
             */
            waiting: number;
            /**
             * Format: uint64
             * @description Their message waits in their conversation, or is being handed over.
             */
            queued: number;
            /**
             * Format: uint64
             * @description It was handed over without an answer: a sign of it is waited for.
             */
            unanswered: number;
            /**
             * Format: uint64
             * @description The platform has it.
             */
            accepted: number;
            /**
             * Format: uint64
             * @description It was sent.
             */
            sent: number;
            /**
             * Format: uint64
             * @description It arrived.
             */
            delivered: number;
            /**
             * Format: uint64
             * @description It was read.
             */
            read: number;
            /**
             * Format: uint64
             * @description It failed.
             */
            failed: number;
            /**
             * Format: uint64
             * @description They do not want it.
             */
            suppressed: number;
            /**
             * Format: uint64
             * @description They were passed over for another reason.
             */
            skipped: number;
            /**
             * Format: uint64
             * @description It was taken back.
             */
            cancelled: number;
            /**
             * Format: uint64
             * @description Nobody knows whether the platform has it.
             */
            undetermined: number;
            /** @description Those that failed, by the platform's error code. */
            failed_by_code: {
                [key: string]: number;
            };
            /** @description Those that were suppressed or passed over, by the reason. */
            skipped_by_reason: {
                [key: string]: number;
            };
        };
        /** @description A page of a list. */
        BroadcastList: {
            /** @description The items. */
            data: components["schemas"]["Broadcast"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What would become of those whose turn has not come. */
        BroadcastProspects: {
            /**
             * Format: uint64
             * @description So many would be written to.
             */
            sent: number;
            /**
             * Format: uint64
             * @description So many of them for the first time: nobody has heard from them on this number.
             */
            unknown: number;
            /**
             * Format: uint64
             * @description So many do not want it.
             */
            suppressed: number;
            /**
             * Format: uint64
             * @description So many did not write for a day, and this is no template.
             */
            outside_window: number;
            /** @description So many would be passed over for another reason, by the reason. */
            skipped_by_reason: {
                [key: string]: number;
            };
            /** @description Why it would stand still before somebody was written to (`template_unavailable`), if it would. */
            stops: string | null;
        };
        /** @description How far a broadcast has come. */
        BroadcastStatus: "draft" | "running" | "paused" | "finished" | "cancelled";
        /** @description What can be done in bulk. */
        BulkAction: "claim" | "assign" | "release" | "close" | "reopen" | "tag" | "untag" | "note" | "delete" | "restore";
        /** @description What became of one conversation. */
        BulkItem: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description How it stands; null if it was refused. */
            conversation: components["schemas"]["ActedOn"] | null;
            /** @description Why it was refused: the code that the single request would have answered with. */
            error: components["schemas"]["BulkItemError"] | null;
        };
        /** @description Why one conversation was refused. */
        BulkItemError: {
            /** @description The stable code. */
            code: string;
            /** @description In words. */
            detail: string;
            /** @description What stands in the way. */
            other?: components["schemas"]["Other"] | null;
        };
        /** @description What became of each. */
        BulkOutcome: {
            /** @description In the order in which they were given. */
            data: components["schemas"]["BulkItem"][];
            /**
             * Format: uint
             * @description How many were carried out.
             */
            done: number;
            /**
             * Format: uint
             * @description How many were refused.
             */
            failed: number;
        };
        /** @description How many calls, by rate class. */
        Calls: {
            /**
             * Format: uint64
             * @description Reads.
             */
            read: number;
            /**
             * Format: uint64
             * @description Commands.
             */
            write: number;
            /**
             * Format: uint64
             * @description Streams of events that were opened.
             */
            stream: number;
            /**
             * Format: uint64
             * @description What costs the whole installation.
             */
            heavy: number;
            /**
             * Format: uint64
             * @description Calls that were refused with 429.
             */
            refused: number;
        };
        /** @description Why. */
        CancelledAppointment: {
            /**
             * @description Why, in people's own words.
             * @default null
             */
            reason?: string | null;
        };
        /** @description A message that will not be sent. */
        CancelledMessage: {
            /**
             * Format: uuid
             * @description Which message.
             */
            id: string;
            /**
             * Format: uuid
             * @description In which conversation.
             */
            conversation_id: string;
            /** @description Always `cancelled`. */
            status: string;
        };
        /** @description Something that the staff says again and again. */
        CannedReply: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description The word that it is called by. */
            shortcut: string;
            /** @description What it says; `{{name}}` stands for what is filled in when it is sent. */
            text: string | null;
            /** @description What is to be filled in, in order. */
            placeholders: string[];
            /** @description The language it is written in. */
            language: string | null;
            /** @description What it is about. */
            tags: string[];
            /**
             * Format: uint32
             * @description The number of this version, from 1.
             */
            version: number;
            /** @description When it was added; missing in the answer that adds it. */
            created_at?: string | null;
        };
        /** @description A page of a list. */
        CannedReplyList: {
            /** @description The items. */
            data: components["schemas"]["CannedReply"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description The canned reply that a message was made from. */
        CannedUse: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /**
             * Format: uint32
             * @description Which version of it, from 1.
             */
            version: number;
        };
        /** @description What is to be different about an app. */
        ChangedApp: {
            /** @description What the platform repeats in the handshake from now on. */
            verify_token: string;
        };
        /** @description What is to be different. What is left out stays as it is. */
        ChangedCannedReply: {
            /**
             * @description The word that it is called by.
             * @default null
             */
            shortcut?: string | null;
            /**
             * @description What it says.
             * @default null
             */
            text?: string | null;
            /**
             * @description The language it is written in; null takes it away.
             * @default null
             */
            language?: string | null;
            /**
             * @description What it is about.
             * @default null
             */
            tags?: string[] | null;
        };
        /** @description What is to be different about a channel. */
        ChangedChannel: {
            /** @description The token with which Convolog reads and sends at this number from now on. */
            access_token?: string | null;
            /**
             * Format: uint32
             * @description Messages a second, where it is not told by the platform: 20 for a number that is used on a phone
             *     as well.
             * @default null
             */
            messages_a_second?: number | null;
            /**
             * Format: uint64
             * @description People to whom the portfolio may write first within 24 hours, until the platform says otherwise.
             * @default null
             */
            people_a_day?: number | null;
            /**
             * @description What its customers see while an agent answers them: nothing (`off`, as long as nobody says
             *     otherwise), that their message is read (`read`), and that somebody writes too (`typing`).
             * @default null
             */
            read_marks?: components["schemas"]["ReadMarks"] | null;
        };
        /** @description What is to be changed; what is left out stays as it is. */
        ChangedConnection: {
            /**
             * @description What the staff calls it.
             * @default null
             */
            name?: string | null;
            /**
             * @description How its endpoint speaks.
             * @default null
             * @enum {string}
             */
            provider?: "openai_compatible" | "anthropic" | "gemini";
            /**
             * @description Where it is.
             * @default null
             */
            base_url?: string | null;
            /**
             * @description The provider's name of the model.
             * @default null
             */
            model?: string | null;
            /**
             * @description Another key; needed where `base_url` goes to another host, so that a key is sent to nobody to
             *     whom it was not given.
             */
            api_key?: string | null;
            /**
             * Format: uint32
             * @description Milliseconds that one reply may take.
             * @default null
             */
            timeout_ms?: number | null;
            /**
             * @description What it may be used for within a calendar month (UTC); null for any amount.
             * @default null
             */
            budget_per_month?: components["schemas"]["ModelBudget"] | null;
            /**
             * @description What its tokens cost; null to say nothing about it.
             * @default null
             */
            price?: components["schemas"]["TokenPrice"] | null;
        };
        /** @description What is to change. What is left out stays as it is. */
        ChangedDocument: {
            /**
             * @description What people call it, on one line.
             * @default null
             */
            title?: string | null;
            /**
             * @description What it says; at most 512 KiB.
             * @default null
             */
            content?: string | null;
            /**
             * @description How the content is written.
             * @default null
             */
            format?: components["schemas"]["DocumentFormat"] | null;
            /**
             * @description The language, a code of ISO 639 such as `pt`; null: worked out from the text.
             * @default null
             */
            language?: string | null;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; null: every agent may.
             * @default null
             */
            agent_id?: string | null;
        };
        /** @description What is to be known of a lead. */
        ChangedLead: {
            /**
             * Format: uuid
             * @description The contact that they turned out to be. From then on both are erased together.
             * @default null
             */
            contact_id?: string | null;
            /** @description Their name. */
            name?: string | null;
            /** @description Their phone number. */
            phone?: string | null;
            /** @description Their e-mail address. */
            email?: string | null;
            /** @description Their company. */
            company?: string | null;
            /** @description What somebody noted. */
            note?: string | null;
            /**
             * @description Any other fields: words of lower-case letters, digits, underscores and hyphens, each with a
             *     text. The texts are sealed, the words are not.
             * @default {}
             */
            fields?: {
                [key: string]: string | null;
            };
            /**
             * Format: uint8
             * @description How promising they are, 0 to 100.
             */
            score?: number | null;
            /**
             * @description Why, in words of a kind such as `asked_for_price`.
             * @default []
             */
            score_reasons?: string[];
            /**
             * @description Why, in people's own words.
             * @default null
             */
            score_explanation?: string | null;
            /** @description What they are worth. */
            value?: components["schemas"]["NewMoney"] | null;
            /**
             * Format: uuid
             * @description Who looks after them: one of the staff.
             */
            owner_id?: string | null;
        };
        /** @description Where a lead is to come. */
        ChangedLeadStatus: {
            /** @description The status. */
            status: components["schemas"]["LeadStatus"];
            /**
             * @description Why, in people's own words.
             * @default null
             */
            reason?: string | null;
        };
        /** @description What is to be different about a workspace. */
        ChangedWorkspace: {
            /**
             * @description What its people call it.
             * @default null
             */
            name?: string;
            /**
             * @description The plan, which sets limits.
             * @default null
             * @enum {string}
             */
            plan?: "free" | "pro" | "business" | "enterprise";
        };
        /** @description What is to be set; what is left out stays as it is, or as is usual. */
        Changes: {
            /**
             * @description What the staff calls it.
             * @default null
             */
            name?: string | null;
            /**
             * @description What it is told about its work.
             * @default null
             */
            instructions?: string | null;
            /**
             * @description Who answers.
             * @default null
             * @enum {string}
             */
            provider?: "built_in" | "openai_compatible" | "anthropic" | "gemini";
            /**
             * @description The provider's name of the model; an empty one for its usual one.
             * @default null
             */
            model?: string | null;
            /**
             * Format: uint16
             * @description How freely it answers, in hundredths.
             * @default null
             */
            temperature_percent?: number | null;
            /**
             * Format: uint32
             * @description Tokens of one answer.
             * @default null
             */
            max_tokens?: number | null;
            /**
             * @description The language it answers in (BCP 47); an empty one for the customer's.
             * @default null
             */
            language?: string | null;
            /**
             * @description The time zone of its hours (IANA).
             * @default null
             */
            time_zone?: string | null;
            /**
             * @description When it answers; empty = always.
             * @default null
             */
            business_hours?: components["schemas"]["OpenHours"][] | null;
            /**
             * @description The channels it serves once it is published.
             * @default null
             */
            channels?: string[] | null;
            /**
             * @description The documents it answers from; an empty list for all of the workspace.
             * @default null
             */
            documents?: string[] | null;
            /**
             * @description When a person takes over.
             * @default null
             */
            handoff?: components["schemas"]["HandoffRules"] | null;
            /**
             * @description How much it says.
             * @default null
             */
            replies?: components["schemas"]["ReplyLimits"] | null;
            /**
             * Format: uuid
             * @description The connection to the model that answers, with its provider; null for none.
             * @default null
             */
            connection_id?: string | null;
        };
        /** @description A template that is being made, or deleted. */
        ChangingTemplate: {
            /**
             * Format: uuid
             * @description Which template.
             */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description Its language. */
            language: string;
            /** @description Its category. */
            category: string | null;
            /** @description `queued` until the platform was asked; what it answers, `GET /v1/templates/{id}` shows. */
            status: string | null;
            /** @description It is being deleted on the platform. */
            deleting: boolean;
        };
        /** @description A connected number. */
        Channel: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description The platform. */
            type: string;
            /** @description What its people call it. */
            name: string;
            /** @description Whether it is connected now. */
            connected: boolean;
            /** @description The platform's id of the number. */
            phone_number_id: string;
            /** @description The platform's id of the business account. */
            waba_id: string;
            /** @description The number as people dial it. */
            display_phone_number: string | null;
            /**
             * Format: uuid
             * @description The app whose secret signs what arrives.
             */
            app_id: string;
            /** @description Whether the app is the installation's. */
            installation_app: boolean;
            /** @description Whether there is a token to send with. */
            can_send: boolean;
            /**
             * @description Whether nothing is sent until somebody puts something right: the platform refused the token, a
             *     payment or the registration.
             */
            sending_stopped: boolean;
            /** @description What its customers see while an agent answers them. */
            read_marks: components["schemas"]["ReadMarks"];
            /** @description Where the platform's API is. */
            graph_url: string;
            /** @description How much may be sent. */
            limits: components["schemas"]["ChannelLimits"];
            /** @description When it was first connected; missing in the answer that connects it. */
            created_at?: string | null;
        };
        /** @description How much may be sent with a number. */
        ChannelLimits: {
            /**
             * Format: uint32
             * @description Messages a second: 80, or 20 for a number that is used on a phone as well.
             */
            messages_a_second: number;
            /** @description The portfolio's tier, in the platform's word; null if it was not told. */
            tier: string | null;
            /**
             * Format: uint64
             * @description People to whom the portfolio may write first within 24 hours, all its numbers together; null if
             *     it was not told, or there is no limit. Beyond it messages wait.
             */
            people_a_day: number | null;
            /** @description The platform said that too much is sent: nothing is, until then. */
            slowed_until: string | null;
        };
        /** @description A page of a list. */
        ChannelList: {
            /** @description The items. */
            data: components["schemas"]["Channel"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Which version. */
        Chosen: {
            /**
             * Format: uint32
             * @description Which version; the newest if not given.
             * @default null
             */
            version?: number | null;
        };
        /** @description A Postman collection. */
        Collection: {
            /** @description Its requests, in folders. */
            item: unknown[];
        } & {
            [key: string]: unknown;
        };
        /** @description What a comparison found. */
        Compared: {
            /** @description Which read model. */
            name: string;
            /** @description `identical`, `different`, or `identical_so_far` if it ended at the limit of `lines`. */
            result: string;
            /**
             * Format: uint64
             * @description The position at which the last part was compared; each part is compared at one position.
             */
            position: number;
            /**
             * Format: uint64
             * @description Lines that both have and that say the same.
             */
            same: number;
            /**
             * Format: uint64
             * @description Lines that both have and that differ.
             */
            different: number;
            /**
             * Format: uint64
             * @description Lines that only the one that serves has.
             */
            only_serving: number;
            /**
             * Format: uint64
             * @description Lines that only the one beside it has.
             */
            only_beside: number;
            /** @description Whether everything was compared. */
            complete: boolean;
            /** @description Where they part first. */
            first_difference: components["schemas"]["FirstDifference"] | null;
        };
        /** @description When and on whose word personal data was erased. */
        ContactErased: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * Format: uint64
             * @description Where it stands in the log.
             */
            position: number;
            /**
             * Format: uuid
             * @description Who answers for it: a person or a key; none if it was the administrator.
             */
            by: string | null;
            /** @description What `by` is: `person`, `key`, `administrator`. */
            by_kind: string;
        };
        /** @description What is not sent to somebody. */
        ContactOptedOut: {
            /** @description Nothing that promotes something; null if that may be sent. */
            marketing: components["schemas"]["OptedOutSince"] | null;
            /** @description Nothing but answers to what they write; null if everything may be sent. */
            all: components["schemas"]["OptedOutSince"] | null;
        };
        /** @description Whom a conversation is with. */
        ContactSummary: {
            /**
             * Format: uuid
             * @description The contact's id; after a merge, of the one that goes on.
             */
            id: string;
            /** @description The name they go by. */
            name: string | null;
            /** @description Their user name on the platform. */
            username: string | null;
            /** @description Their phone number as the platform writes it, if it ever told. */
            phone: string | null;
            /** @description Their data was erased. */
            erased: boolean;
        };
        /** @description One contact. */
        ContactView: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description The name they go by. */
            name: string | null;
            /** @description Their user name on the platform. */
            username: string | null;
            /** @description An e-mail address. */
            email: string | null;
            /** @description Their phone number as the platform writes it, if it ever told. */
            phone: string | null;
            /** @description The platform's id of them within the business, if it ever told. */
            user_id: string | null;
            /** @description Every identity they were ever known by. */
            identities: components["schemas"]["IdentityView"][];
            /**
             * Format: date-time
             * @description When they became known.
             */
            created_at: string | null;
            /**
             * Format: uint64
             * @description Where the log first heard of them.
             */
            position: number;
            /**
             * Format: uuid
             * @description The contact that goes on for this one, after a merge.
             */
            merged_into: string | null;
            /** @description The contacts for which this one goes on. */
            absorbed: string[];
            /** @description Their data was erased. */
            erased: components["schemas"]["ContactErased"] | null;
            /** @description The legal hold that stands: nobody can erase them, nor who is the same person. */
            legal_hold: components["schemas"]["LegalHold"] | null;
            /** @description What is not sent to them; null if everything may be. */
            opted_out: components["schemas"]["ContactOptedOut"] | null;
            /** @description Something of it cannot be opened, though it was not erased; the operator's log says why. */
            unreadable: boolean;
        };
        /** @description A page of a list. */
        ContactViewList: {
            /** @description The items. */
            data: components["schemas"]["ContactView"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Whether a conversation is being had. */
        ConversationStatus: "open" | "closed";
        /** @description One conversation. */
        ConversationView: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description Whether it goes on. */
            status: components["schemas"]["ConversationStatus"];
            /** @description With whom. */
            contact: components["schemas"]["ContactSummary"];
            /**
             * Format: uuid
             * @description The agent that answers in it.
             */
            agent_id: string | null;
            /**
             * Format: uuid
             * @description The number it is had with.
             */
            channel_id: string;
            /**
             * Format: date-time
             * @description When it began.
             */
            opened_at: string;
            /**
             * Format: uint64
             * @description Where it began in the log.
             */
            position: number;
            /**
             * Format: uint64
             * @description The position of the newest event in it.
             */
            last_position: number;
            /**
             * Format: date-time
             * @description When its newest message was said, as messages are ordered.
             */
            last_message_at: string | null;
            /**
             * Format: uint64
             * @description Messages from the contact.
             */
            inbound_messages: number;
            /**
             * Format: uint64
             * @description Messages from the business.
             */
            outbound_messages: number;
            /** @description The member of the staff who has it. */
            assignee: components["schemas"]["StaffMember"] | null;
            /** @description That it waits for a person; agents are silent. */
            handoff: components["schemas"]["Handoff"] | null;
            /** @description What it is about, in the words of the staff. */
            tags: string[];
            /** @description What the staff calls it; none if it was erased. */
            title: string | null;
            /**
             * Format: uint64
             * @description Notes of the staff; they stand in its timeline.
             */
            notes: number;
            /**
             * Format: date-time
             * @description When it was closed, if it is.
             */
            closed_at: string | null;
            /**
             * Format: date-time
             * @description When it was deleted, if it is: lists leave it out, and nobody can work on it.
             */
            deleted_at: string | null;
            /** @description Live or test. */
            mode: components["schemas"]["ModeView"];
        };
        /** @description A page of a list. */
        ConversationViewList: {
            /** @description The items. */
            data: components["schemas"]["ConversationView"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description How leads moved on. */
        Conversion: {
            /**
             * Format: uint64
             * @description Leads that were opened.
             */
            opened: number;
            /**
             * Format: uint64
             * @description Leads that became WON for the first time.
             */
            won: number;
            /**
             * Format: uint64
             * @description Leads that became LOST for the first time.
             */
            lost: number;
            /**
             * Format: uint64
             * @description Leads that were merged into others.
             */
            merged: number;
            /**
             * Format: double
             * @description Those that became WON to those that were opened; null if none was opened. More than 1 if more
             *     were won than opened.
             */
            conversion: number | null;
            /**
             * Format: double
             * @description The share of those that became WON among those that became WON or LOST, 0 to 1; null if none
             *     did.
             */
            win_rate: number | null;
            /** @description Every status to which or from which a lead came, in the order of the board. */
            stages: components["schemas"]["StageFigures"][];
            /** @description Every move that was made. */
            transitions: components["schemas"]["Transition"][];
        };
        /** @description Figures over time. */
        ConversionAnalysis: {
            /**
             * Format: date-time
             * @description When the first point begins.
             */
            from: string;
            /**
             * Format: date-time
             * @description When the last point ends.
             */
            to: string;
            /** @description How long a point is. */
            granularity: components["schemas"]["Granularity"];
            /** @description Whose days. */
            timezone: string;
            /** @description Where what is counted came from. */
            traffic: components["schemas"]["Traffic"];
            /**
             * Format: uuid
             * @description The channel; null for all.
             */
            channel_id: string | null;
            /**
             * Format: uuid
             * @description The agent; null for all.
             */
            agent_id: string | null;
            /**
             * Format: uuid
             * @description The member of the staff; null for whatever happened.
             */
            operator_id: string | null;
            /** @description All of it. */
            totals: components["schemas"]["Conversion"];
            /** @description Every point, also those in which nothing happened. */
            series: components["schemas"]["ConversionPoint"][];
            /**
             * @description All of it, for each channel on which something happened; null if the weeks asked for have more
             *     than 100000 conversations, contacts and leads.
             */
            channels: components["schemas"]["ConversionOfChannel"][] | null;
            /**
             * @description All of it, for each agent that was published where a conversation began; null as `channels`.
             *     Contacts and leads belong to none.
             */
            agents: components["schemas"]["ConversionOfAgent"][] | null;
            /** @description Of it, what each member of the staff did. */
            operators: components["schemas"]["ConversionOfOperator"][];
        };
        /** @description What was counted where an agent was published. */
        ConversionOfAgent: {
            /**
             * Format: uuid
             * @description Which one.
             */
            agent_id: string;
            /**
             * Format: uint64
             * @description Leads that were opened.
             */
            opened: number;
            /**
             * Format: uint64
             * @description Leads that became WON for the first time.
             */
            won: number;
            /**
             * Format: uint64
             * @description Leads that became LOST for the first time.
             */
            lost: number;
            /**
             * Format: uint64
             * @description Leads that were merged into others.
             */
            merged: number;
            /**
             * Format: double
             * @description Those that became WON to those that were opened; null if none was opened. More than 1 if more
             *     were won than opened.
             */
            conversion: number | null;
            /**
             * Format: double
             * @description The share of those that became WON among those that became WON or LOST, 0 to 1; null if none
             *     did.
             */
            win_rate: number | null;
            /** @description Every status to which or from which a lead came, in the order of the board. */
            stages: components["schemas"]["StageFigures"][];
            /** @description Every move that was made. */
            transitions: components["schemas"]["Transition"][];
        };
        /** @description What was counted on a channel. */
        ConversionOfChannel: {
            /**
             * Format: uuid
             * @description Which one.
             */
            channel_id: string;
            /**
             * Format: uint64
             * @description Leads that were opened.
             */
            opened: number;
            /**
             * Format: uint64
             * @description Leads that became WON for the first time.
             */
            won: number;
            /**
             * Format: uint64
             * @description Leads that became LOST for the first time.
             */
            lost: number;
            /**
             * Format: uint64
             * @description Leads that were merged into others.
             */
            merged: number;
            /**
             * Format: double
             * @description Those that became WON to those that were opened; null if none was opened. More than 1 if more
             *     were won than opened.
             */
            conversion: number | null;
            /**
             * Format: double
             * @description The share of those that became WON among those that became WON or LOST, 0 to 1; null if none
             *     did.
             */
            win_rate: number | null;
            /** @description Every status to which or from which a lead came, in the order of the board. */
            stages: components["schemas"]["StageFigures"][];
            /** @description Every move that was made. */
            transitions: components["schemas"]["Transition"][];
        };
        /** @description What a member of the staff did. */
        ConversionOfOperator: {
            /**
             * Format: uuid
             * @description Who.
             */
            operator_id: string;
            /**
             * Format: uint64
             * @description Leads that were opened.
             */
            opened: number;
            /**
             * Format: uint64
             * @description Leads that became WON for the first time.
             */
            won: number;
            /**
             * Format: uint64
             * @description Leads that became LOST for the first time.
             */
            lost: number;
            /**
             * Format: uint64
             * @description Leads that were merged into others.
             */
            merged: number;
            /**
             * Format: double
             * @description Those that became WON to those that were opened; null if none was opened. More than 1 if more
             *     were won than opened.
             */
            conversion: number | null;
            /**
             * Format: double
             * @description The share of those that became WON among those that became WON or LOST, 0 to 1; null if none
             *     did.
             */
            win_rate: number | null;
            /** @description Every status to which or from which a lead came, in the order of the board. */
            stages: components["schemas"]["StageFigures"][];
            /** @description Every move that was made. */
            transitions: components["schemas"]["Transition"][];
        };
        /** @description A point of a series. */
        ConversionPoint: {
            /**
             * Format: date-time
             * @description When it begins.
             */
            at: string;
            /**
             * Format: uint64
             * @description Leads that were opened.
             */
            opened: number;
            /**
             * Format: uint64
             * @description Leads that became WON for the first time.
             */
            won: number;
            /**
             * Format: uint64
             * @description Leads that became LOST for the first time.
             */
            lost: number;
            /**
             * Format: uint64
             * @description Leads that were merged into others.
             */
            merged: number;
            /**
             * Format: double
             * @description Those that became WON to those that were opened; null if none was opened. More than 1 if more
             *     were won than opened.
             */
            conversion: number | null;
            /**
             * Format: double
             * @description The share of those that became WON among those that became WON or LOST, 0 to 1; null if none
             *     did.
             */
            win_rate: number | null;
            /** @description Every status to which or from which a lead came, in the order of the board. */
            stages: components["schemas"]["StageFigures"][];
            /** @description Every move that was made. */
            transitions: components["schemas"]["Transition"][];
        };
        /** @description What some messages cost. */
        Cost: {
            /** @description The category, the number, or the day. */
            key: string;
            /**
             * Format: uint64
             * @description So many messages have a price.
             */
            messages: number;
            /**
             * Format: uint64
             * @description So many of them the platform charges.
             */
            charged: number;
            /**
             * Format: uint64
             * @description So many of these no rate card names: they are in no amount.
             */
            unrated: number;
            /** @description What the others cost, one for each currency; null if no rate is known for any of them. */
            amounts: components["schemas"]["CostAmount"][] | null;
        };
        /** @description An amount of money. */
        CostAmount: {
            /**
             * Format: uint64
             * @description Millionths of the currency's unit.
             */
            micros: number;
            /** @description ISO 4217. */
            currency: string;
        };
        /** @description What messages cost. */
        Costs: {
            /** @description From this time on. */
            from: string;
            /** @description Before this time. */
            to: string;
            /** @description What is put together. */
            by: components["schemas"]["CostsBy"];
            /** @description Each that has messages, sorted by its name. */
            data: components["schemas"]["Cost"][];
        };
        /** @description What is put together. */
        CostsBy: "category" | "channel" | "day";
        /** @description A subscription with its secret, which is shown this once. */
        CreatedWebhook: {
            /** @description The secret that signs; shown only now. Masked when the request is repeated. */
            secret: string;
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What the staff calls it. */
            name: string;
            /** @description Where events are delivered; null if it cannot be opened any more. */
            url: string | null;
            /** @description The events that are asked for. */
            events: string[];
            /** @description The names that they stood for when they were saved; empty if no kind is asked for. */
            event_names: string[];
            /** @description What an event must say to be delivered: all of it. */
            filters: components["schemas"]["WebhookFilter"][];
            /**
             * Format: uint16
             * @description Deliveries within a second, at most; null for as many as can be.
             */
            rate_per_second: number | null;
            /**
             * Format: uuid
             * @description The agent whose conversations are told of; null for all.
             */
            agent_id: string | null;
            /** @description In which order they are delivered. */
            order: string;
            /** @description How deliveries are signed: `standard`, or `ed25519` or a dialect's signature beside it. */
            signature: string;
            /**
             * @description Whether something is delivered: `active`, `paused` (by somebody, until it is resumed) or
             *     `disabled` (its receiver answered 410: until it is resumed or a probe is answered).
             */
            status: string;
            /** @description The secrets that sign, the current one last: told apart, not told. */
            secrets: components["schemas"]["SigningSecret"][];
            /** @description How the receiver is doing; missing in the answers to commands. */
            health?: components["schemas"]["WebhookHealth"] | null;
            /** @description When it was created; missing in the answer that creates it. */
            created_at?: string | null;
        };
        /** @description One event on its way to a subscriber. */
        Delivery: {
            /**
             * Format: uuid
             * @description The event's id: the `webhook-id` of every attempt.
             */
            id: string;
            /**
             * Format: uint64
             * @description The position of the event.
             */
            position: number;
            /** @description What happened: the event's name in the catalogue. */
            type: string;
            /** @description The name under which it is told: the `type` of the body. */
            told_as: string;
            /** @description `pending`, `delivered`, `failed` (given up) or `cancelled`. */
            status: string;
            /**
             * Format: uint32
             * @description How often it was tried in all.
             */
            tries: number;
            /**
             * Format: date-time
             * @description When it is tried again, as far as is known; null if it is not, and while its webhook is paused or
             *     disabled.
             */
            next_attempt_at: string | null;
            /** @description The newest attempt; null before the first. */
            last_attempt: components["schemas"]["DeliveryAttempt"] | null;
        };
        /** @description One attempt. */
        DeliveryAttempt: {
            /**
             * Format: uint16
             * @description Which attempt of this delivery, from 1; a redelivery counts anew.
             */
            number: number;
            /**
             * Format: date-time
             * @description When it began.
             */
            at: string;
            /**
             * @description How it ended: `delivered`, `rejected`, `slowed`, `gone`, `aborted`, `timed_out`,
             *     `unreachable`, `refused` or `unsendable`.
             */
            outcome: string;
            /**
             * Format: uint16
             * @description The status of the answer; null if there was none.
             */
            http_status: number | null;
            /**
             * Format: uint32
             * @description How long it took.
             */
            milliseconds: number;
            /**
             * Format: uuid
             * @description The redelivery that it belongs to; null for the delivery itself.
             */
            redelivery_id: string | null;
        };
        /** @description One attempt and its answer. */
        DeliveryAttemptWithAnswer: {
            /**
             * Format: uint16
             * @description Which attempt of this delivery, from 1; a redelivery counts anew.
             */
            number: number;
            /**
             * Format: date-time
             * @description When it began.
             */
            at: string;
            /**
             * @description How it ended: `delivered`, `rejected`, `slowed`, `gone`, `aborted`, `timed_out`,
             *     `unreachable`, `refused` or `unsendable`.
             */
            outcome: string;
            /**
             * Format: uint16
             * @description The status of the answer; null if there was none.
             */
            http_status: number | null;
            /**
             * Format: uint32
             * @description How long it took.
             */
            milliseconds: number;
            /**
             * Format: uuid
             * @description The redelivery that it belongs to; null for the delivery itself.
             */
            redelivery_id: string | null;
            /** @description What the receiver answered, cut to 16 KiB; null if it said nothing. */
            answer: string | null;
        };
        /** @description A page of a list. */
        DeliveryList: {
            /** @description The items. */
            data: components["schemas"]["Delivery"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description One event on its way to a subscriber, with every attempt. */
        DeliveryWithAttempts: {
            /**
             * Format: uuid
             * @description The event's id: the `webhook-id` of every attempt.
             */
            id: string;
            /**
             * Format: uint64
             * @description The position of the event.
             */
            position: number;
            /** @description What happened: the event's name in the catalogue. */
            type: string;
            /** @description The name under which it is told: the `type` of the body. */
            told_as: string;
            /** @description `pending`, `delivered`, `failed` (given up) or `cancelled`. */
            status: string;
            /**
             * Format: uint32
             * @description How often it was tried in all.
             */
            tries: number;
            /**
             * Format: date-time
             * @description When it is tried again, as far as is known; null if it is not, and while its webhook is paused or
             *     disabled.
             */
            next_attempt_at: string | null;
            /** @description The newest attempt; null before the first. */
            last_attempt: components["schemas"]["DeliveryAttempt"] | null;
            /** @description The attempts, the first one first; of very many the last fifty. */
            attempts: components["schemas"]["DeliveryAttemptWithAnswer"][];
        };
        /** @description Who wrote. */
        DirectionView: "inbound" | "outbound";
        /** @description An OpenAPI 3.1 document. */
        Document: {
            /** @description The version of OpenAPI. */
            openapi: string;
        } & {
            [key: string]: unknown;
        };
        /** @description How content is written. */
        DocumentFormat: "text" | "markdown" | "html";
        /** @description Where a document comes from. */
        DocumentSourceView: {
            /**
             * Format: uuid
             * @description The import that read it.
             */
            import_id: string;
            /** @description The name of the file, or the address of the page. */
            address: string;
            /**
             * Format: uint32
             * @description Which part of it, from 1, if it was too long for one document.
             */
            part: number | null;
        };
        /** @description One version of a document, without its text. */
        DocumentSummary: {
            /**
             * Format: uuid
             * @description Which document.
             */
            id: string;
            /** @description What people call it; none if it cannot be opened. */
            title: string | null;
            /** @description How the content is written: `text`, `markdown`, `html`. */
            format: string;
            /** @description The language (ISO 639), if it is known. */
            language: string | null;
            /** @description The language was worked out from the text, not given. */
            language_detected: boolean;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; null: every agent may.
             */
            agent_id: string | null;
            /**
             * Format: uint32
             * @description The number of the version, from 1.
             */
            version: number;
            /**
             * Format: uint32
             * @description Characters of the text without its format.
             */
            characters: number;
            /**
             * Format: uint32
             * @description Into how many passages the text is cut.
             */
            passage_count: number;
            /**
             * Format: date-time
             * @description When the document was added.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When this version was recorded.
             */
            updated_at: string;
            /**
             * Format: uint64
             * @description Where this version stands in the log.
             */
            position: number;
            /** @description Where it comes from; null if somebody wrote it here. */
            source: components["schemas"]["DocumentSourceView"] | null;
            /** @description Its text cannot be opened; the operator's log says why. */
            unreadable: boolean;
        };
        /** @description A page of a list. */
        DocumentSummaryList: {
            /** @description The items. */
            data: components["schemas"]["DocumentSummary"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description One version of a document. */
        DocumentView: {
            /**
             * Format: uuid
             * @description Which document.
             */
            id: string;
            /** @description What people call it; none if it cannot be opened. */
            title: string | null;
            /** @description How the content is written: `text`, `markdown`, `html`. */
            format: string;
            /** @description The language (ISO 639), if it is known. */
            language: string | null;
            /** @description The language was worked out from the text, not given. */
            language_detected: boolean;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; null: every agent may.
             */
            agent_id: string | null;
            /**
             * Format: uint32
             * @description The number of the version, from 1.
             */
            version: number;
            /**
             * Format: uint32
             * @description Characters of the text without its format.
             */
            characters: number;
            /**
             * Format: uint32
             * @description Into how many passages the text is cut.
             */
            passage_count: number;
            /**
             * Format: date-time
             * @description When the document was added.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When this version was recorded.
             */
            updated_at: string;
            /**
             * Format: uint64
             * @description Where this version stands in the log.
             */
            position: number;
            /** @description Where it comes from; null if somebody wrote it here. */
            source: components["schemas"]["DocumentSourceView"] | null;
            /** @description Its text cannot be opened; the operator's log says why. */
            unreadable: boolean;
            /** @description The content as it was given. */
            content: string | null;
            /** @description The text without its format; null where the content is that already. */
            text: string | null;
            /** @description How the text is cut, in order. */
            passages: components["schemas"]["PassageView"][];
        };
        /** @description A page of a list. */
        DocumentViewList: {
            /** @description The items. */
            data: components["schemas"]["DocumentView"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description A version of a document that was just recorded. */
        DocumentWritten: {
            /**
             * Format: uuid
             * @description Which document.
             */
            id: string;
            /** @description What people call it. */
            title: string;
            /** @description How the content is written. */
            format: components["schemas"]["DocumentFormat"];
            /** @description The language (ISO 639), if it is known. */
            language: string | null;
            /** @description The language was worked out from the text, not given. */
            language_detected: boolean;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; null: every agent may.
             */
            agent_id: string | null;
            /**
             * Format: uint32
             * @description Characters of the text without its format.
             */
            characters: number;
            /**
             * Format: uint32
             * @description Into how many passages the text is cut.
             */
            passage_count: number;
        };
        /** @description JSON of the platform's own; never printed, because it says what is said. */
        Element: unknown;
        /** @description What can be certified of an erasure. */
        ErasureCertificate: {
            /**
             * Format: uuid
             * @description The workspace.
             */
            workspace_id: string;
            /** @description Every contact whose data was erased: the one asked for and those that are the same person. */
            contacts: string[];
            /**
             * @description Every lead whose data was erased: those of the contacts, or the one asked for, and those merged
             *     with it.
             */
            leads: string[];
            /** @description Why. */
            reason: string;
            /**
             * Format: uuid
             * @description Who answers for it: a person or a key; none if it was the administrator.
             */
            by: string | null;
            /** @description What `by` is: `person`, `key`, `administrator`. */
            by_kind: string;
            /** @description When the keys were destroyed: from then on nobody reads what was sealed. */
            keys_gone_at: string;
            /**
             * @description When the search indexes no longer held a word; null until they are rewritten, and where there
             *     are none.
             */
            indexes_rewritten_at: string | null;
            /**
             * Format: uint64
             * @description Where the log says so.
             */
            position: number;
            /**
             * Format: uint64
             * @description The generation of the vault without the keys.
             */
            vault_generation: number;
            /**
             * Format: uint32
             * @description Counts rewrites of the vault.
             */
            vault_epoch: number;
            /** @description When the last backup of the vault that may hold them is gone. */
            backups_gone_by: string;
        };
        /** @description What an erasure of a person would destroy. */
        ErasurePreview: {
            /**
             * Format: uuid
             * @description The workspace.
             */
            workspace_id: string;
            /** @description Every contact that would be erased: the one asked for and those that are the same person. */
            contacts: string[];
            /** @description Those of them that were erased before. */
            erased: string[];
            /** @description What stands in the way. */
            legal_holds: components["schemas"]["HeldContact"][];
            /**
             * @description What else stands in the way: leads of theirs that are sealed for another contact as well, with
             *     which they must be merged first.
             */
            shared_leads: components["schemas"]["SharedLead"][];
            /** @description Streams with events that hold something sealed for them. */
            streams: components["schemas"]["StreamPlace"][];
            /**
             * Format: uint64
             * @description Answers that are kept for repeated requests and hold something of them.
             */
            kept_answers: number;
            /** @description Files that hold sealed parts too large for a record. */
            blobs: components["schemas"]["BlobPlace"][];
            /** @description What the vault holds of them. */
            vault: components["schemas"]["VaultPlace"];
            /** @description Rows of read models that name them by tokens. */
            read_models: components["schemas"]["RowPlace"][];
            /**
             * Format: uint64
             * @description Items of the search index that hold words of theirs or name them; null while there is no index
             *     that could be asked.
             */
            search_documents: number | null;
            /**
             * Format: uint64
             * @description Changes in the quarantine of the workspace that name one of their identities. They are sealed
             *     for a day, not for a person, and go when the key of their day does: after 30 days.
             */
            quarantined: number;
        };
        /** @description Something that went wrong. */
        ErrorView: {
            /**
             * Format: int64
             * @description The platform's code.
             */
            code: number;
            /** @description The platform's words, if it gave any. */
            detail: string | null;
        };
        /** @description One event. */
        Event: {
            /**
             * Format: uint64
             * @description Its place in the global order.
             */
            position: number;
            /**
             * Format: uuid
             * @description Its name for ever.
             */
            id: string;
            /** @description The stream it belongs to: `kind/id`. */
            stream: string;
            /**
             * Format: uint64
             * @description Its number within the stream.
             */
            version: number;
            /** @description What happened, such as `message_received`. */
            type: string;
            /**
             * Format: date-time
             * @description When it was recorded.
             */
            at: string;
            /** @description Who acted. */
            actor: components["schemas"]["Actor"];
            /**
             * Format: uuid
             * @description The commit it came in: its events were recorded together.
             */
            commit_id: string;
            /**
             * Format: uuid
             * @description The request or post that led to it.
             */
            correlation_id: string | null;
            /** @description Live or test. */
            mode: string;
            /** @description `live`, or how it came to be here later: `history_import`, `log_import`. */
            origin: string;
            /**
             * @description What happened. What is sealed stands under `content`, by kind, as far as it can be opened;
             *     `erased` is true where a person's data was erased.
             */
            data: {
                [key: string]: unknown;
            };
        };
        /** @description A page of a list. */
        EventList: {
            /** @description The items. */
            data: components["schemas"]["Event"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description One type of events, or a name of everyday use under which webhooks tell some of them. */
        EventType: {
            /** @description Its name, for ever. */
            type: string;
            /**
             * Format: uint16
             * @description Its number in the log, for ever; null for a name of everyday use.
             */
            number: number | null;
            /** @description The kind of stream it belongs to. */
            stream: string;
            /**
             * Format: uint16
             * @description The version of its payload that is written now; events of older ones are shown as if they
             *     were of this one. Null for a name of everyday use.
             */
            schema_version: number | null;
            /** @description What it means. */
            description: string;
            /** @description For a name of everyday use: the events that go under it. */
            from: components["schemas"]["EverydayOf"][];
            /** @description What is sealed in it: the members that `content` can have. */
            sealed: string[];
            /** @description What makes it: commands, or `intake` for what platforms post. */
            made_by: string[];
            /** @description Whether webhooks can subscribe to it. */
            webhooks: boolean;
            /** @description JSON Schema (2020-12) of the `data` of such an event. */
            schema: {
                [key: string]: unknown;
            };
            /**
             * @description JSON Schema (2020-12) of the body of a delivery under this name; null if webhooks cannot
             *     subscribe to it.
             */
            delivered: {
                [key: string]: unknown;
            } | null;
        };
        /** @description A page of a list. */
        EventTypeList: {
            /** @description The items. */
            data: components["schemas"]["EventType"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Events that go under a name of everyday use. */
        EverydayOf: {
            /** @description Their type. */
            type: string;
            /** @description Only those that say this word; null for all of them. */
            says: string | null;
        };
        /** @description Where two generations part first. Holds ids and positions, nothing that people wrote. */
        FirstDifference: {
            /**
             * Format: uint64
             * @description The number of the line, from 1.
             */
            line: number;
            /** @description What the one that serves says, if it has the line. */
            serving: string | null;
            /** @description What the one beside it says, if it has the line. */
            beside: string | null;
        };
        /** @description A contact that answers. */
        FoundContact: {
            /**
             * Format: float
             * @description How well it answers. Depends on nothing but this workspace.
             */
            score: number;
            /** @description The contact; where several turned out to be one person, the one that goes on. */
            contact: components["schemas"]["ContactView"];
        };
        /** @description What was found. */
        FoundFoundContact: {
            /** @description The best first. */
            data: components["schemas"]["FoundContact"][];
            /**
             * @description Give it back as `page` for the next page; null on the last one. The best 200 are shown: beyond
             *     them a better question finds more than another page.
             */
            next_page: string | null;
            /** @description What of the question was left out, or taken otherwise than it was written. */
            left_out: string[];
        };
        /** @description What was found. */
        FoundFoundLead: {
            /** @description The best first. */
            data: components["schemas"]["FoundLead"][];
            /**
             * @description Give it back as `page` for the next page; null on the last one. The best 200 are shown: beyond
             *     them a better question finds more than another page.
             */
            next_page: string | null;
            /** @description What of the question was left out, or taken otherwise than it was written. */
            left_out: string[];
        };
        /** @description What was found. */
        FoundFoundMessage: {
            /** @description The best first. */
            data: components["schemas"]["FoundMessage"][];
            /**
             * @description Give it back as `page` for the next page; null on the last one. The best 200 are shown: beyond
             *     them a better question finds more than another page.
             */
            next_page: string | null;
            /** @description What of the question was left out, or taken otherwise than it was written. */
            left_out: string[];
        };
        /** @description A lead that answers. */
        FoundLead: {
            /**
             * Format: float
             * @description How well it answers. Depends on nothing but this workspace.
             */
            score: number;
            /** @description The lead; where several were merged, the one that goes on. */
            lead: components["schemas"]["Lead"];
        };
        /** @description A message that answers. */
        FoundMessage: {
            /**
             * Format: float
             * @description How well it answers. Depends on nothing but this workspace.
             */
            score: number;
            /** @description A piece of it that shows what was asked for. */
            snippet: components["schemas"]["Snippet"];
            /** @description The message. */
            message: components["schemas"]["MessageView"];
        };
        /** @description What was found. */
        FoundPassage: {
            /** @description The best first. */
            data: components["schemas"]["Passage"][];
            /**
             * @description Give it back as `page` for the next page; null on the last one. The best 200 are shown: beyond
             *     them a better question finds more than another page.
             */
            next_page: string | null;
            /** @description What of the question was left out, or taken otherwise than it was written. */
            left_out: string[];
        };
        /** @description How long a point of a series is. */
        Granularity: "hour" | "day";
        /** @description Why a person is needed. */
        HandOffBecause: {
            /**
             * @description One of a closed list; `requested` if it is not given.
             * @default null
             * @enum {string}
             */
            reason?: "requested" | "asked_for_a_person" | "nothing_found" | "not_sure" | "no_document_in_language" | "outside_hours" | "reply_limit" | "provider_failed" | "loop_guard" | "late" | "no_text" | "reply_failed" | "person_took_over";
        };
        /** @description A conversation that waits for a person. */
        Handoff: {
            /** @description Why: `requested`, `not_sure`, `person_took_over` … */
            reason: string;
            /**
             * Format: date-time
             * @description Since when.
             */
            since: string;
        };
        /** @description When a person takes over. */
        HandoffRules: {
            /** @description The customer asks for a person. */
            on_request: boolean;
            /** @description It has no answer. If false, the agent says itself that it does not know. */
            when_unsure: boolean;
            /** @description It is written to outside its hours. */
            outside_hours: boolean;
            /** @description It has no document in the customer's language. */
            unknown_language: boolean;
            /**
             * @description With `when_unsure` false: the agent says what comes nearest, with a caution, where there is
             *     anything near, rather than that it does not know.
             * @default false
             */
            guess_when_unsure?: boolean;
        };
        /** @description Lives. */
        Health: {
            /** @description Always `ok`: a server that cannot answer does not. */
            status: string;
            /** @description The version of this binary. */
            version: string;
        };
        /** @description A contact under legal hold. */
        HeldContact: {
            /**
             * Format: uuid
             * @description Which one.
             */
            contact: string;
            /** @description Since when. */
            since: string;
            /** @description Who answers for it: `person …` or `key …` with its id, or `administrator`. */
            by: string;
            /** @description Why. */
            reason: string;
        };
        /** @description A word that answers the question. */
        Highlight: {
            /**
             * Format: uint
             * @description Its first byte (UTF-8).
             */
            start: number;
            /**
             * Format: uint
             * @description The byte after its last one.
             */
            end: number;
        };
        /** @description Whether a contact is held. */
        HoldShown: {
            /**
             * Format: uuid
             * @description The contact.
             */
            id: string;
            /** @description Whether a legal hold stands on it now. */
            held: boolean;
        };
        /** @description Why a person is held. */
        HoldWanted: {
            /**
             * @description Why: a closed list, because it stays in the clear for ever.
             * @enum {string}
             */
            reason: "litigation" | "investigation" | "regulator" | "audit" | "other";
            /**
             * @description Which case, in free words; sealed for this person.
             * @default null
             */
            note?: string | null;
        };
        /** @description How. */
        How: {
            /**
             * @description `auto`: it serves as soon as it has caught up. `manual`: it waits, complete, for
             *     `POST /v1/projections/{name}/swap`.
             * @default auto
             * @enum {string}
             */
            swap?: "auto" | "manual";
        };
        /** @description How far. */
        HowFar: {
            /**
             * Format: uint64
             * @description Lines after which it ends; a line is a row, an entry of an index or a parked stream.
             * @default 1000000
             */
            lines?: number;
        };
        /** @description One identity. */
        IdentityView: {
            /** @description `phone`, `bsuid`, `parent_bsuid`. */
            kind: string;
            /** @description As the platform writes it; none if it was erased. */
            value: string | null;
            /** @description They still go by it. */
            current: boolean;
        };
        /** @description One job. */
        Import: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What is read: `file`, `site`. */
            kind: string;
            /** @description Where it stands: `pending`, `running`, `ready`, `failed`. */
            state: string;
            /** @description Why it failed, if it did. */
            reason: string | null;
            /** @description The name of the file, or the address of the first page; null if it cannot be opened. */
            source: string | null;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; null: every agent may.
             */
            agent_id: string | null;
            /** @description The language (ISO 639), if it was given. */
            language: string | null;
            /** @description How the file is written: `pdf`, `docx`, `html`, `markdown`, `text`. */
            format: string | null;
            /**
             * Format: uint64
             * @description Bytes of the file.
             */
            bytes: number | null;
            /**
             * Format: uint32
             * @description How many links from the first page a page may be away.
             */
            depth: number | null;
            /**
             * Format: uint32
             * @description How many pages are read at most.
             */
            pages: number | null;
            /**
             * Format: uuid
             * @description The import that it does again.
             */
            again_of: string | null;
            /** @description How far it has come. */
            progress: components["schemas"]["ImportProgress"];
            /** @description There was more to read than it was allowed to. */
            limited: boolean;
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was begun.
             */
            begun_at: string | null;
            /**
             * Format: date-time
             * @description When it ended.
             */
            ended_at: string | null;
        };
        /** @description A job that was asked for. */
        ImportAsked: {
            /**
             * Format: uuid
             * @description Names it: `GET /v1/knowledge/imports/{id}` tells how far it has come.
             */
            id: string;
            /** @description Where it stands: `pending`, or `failed` if it was cancelled. */
            state: string;
        };
        /** @description A page of a list. */
        ImportList: {
            /** @description The items. */
            data: components["schemas"]["Import"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What became of a page of a site, or of a part of a file. */
        ImportPage: {
            /**
             * Format: uint32
             * @description Its number in the import, from 1.
             */
            number: number;
            /** @description Its address, or the name of the file; null if it cannot be opened. */
            address: string | null;
            /** @description What became of it: `added`, `updated`, `unchanged`, `removed`, `skipped`, `failed`. */
            state: string;
            /** @description Why it was skipped, removed or failed. */
            reason: string | null;
            /**
             * Format: uuid
             * @description Its document.
             */
            document_id: string | null;
            /**
             * Format: uint16
             * @description The HTTP status that the server answered with.
             */
            status: number | null;
            /**
             * Format: uint32
             * @description Bytes that were read.
             */
            bytes: number;
            /**
             * Format: date-time
             * @description When that was recorded.
             */
            at: string;
        };
        /** @description A page of a list. */
        ImportPageList: {
            /** @description The items. */
            data: components["schemas"]["ImportPage"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description How far a job has come, in pages of a site or parts of a file. */
        ImportProgress: {
            /**
             * Format: uint32
             * @description Those that are known.
             */
            found: number;
            /**
             * Format: uint32
             * @description Those that are done.
             */
            done: number;
            /**
             * Format: uint32
             * @description New documents.
             */
            added: number;
            /**
             * Format: uint32
             * @description New versions of documents.
             */
            updated: number;
            /**
             * Format: uint32
             * @description Those that say what they said.
             */
            unchanged: number;
            /**
             * Format: uint32
             * @description Those that are there no more, and neither is their document.
             */
            removed: number;
            /**
             * Format: uint32
             * @description Those that were left out.
             */
            skipped: number;
            /**
             * Format: uint32
             * @description Those that could not be read.
             */
            failed: number;
        };
        /** @description What became of a list. */
        ImportReport: {
            /** @description Nothing was recorded. */
            dry_run: boolean;
            /**
             * Format: uint
             * @description Rows that made a lead, or would.
             */
            opened: number;
            /**
             * Format: uint
             * @description Rows whose lead was there already.
             */
            existing: number;
            /**
             * Format: uint
             * @description Rows that failed.
             */
            failed: number;
            /**
             * Format: uint
             * @description Rows in which nothing stands: they are passed over.
             */
            blank: number;
            /** @description Every row, in the order of the list. */
            rows: components["schemas"]["RowReport"][];
        };
        /** @description The installation, as this instance sees it. */
        Installation: {
            /** @description Whether this instance may act on the outside world. */
            armed: boolean;
            /** @description What tells this instance from a copy of it. */
            instance: string;
            /**
             * Format: uint64
             * @description The newest position of the log.
             */
            position: number;
        };
        /** @description Live keys act; test keys go through everything and stop before the wire. */
        KeyMode: "live" | "test";
        /** @description What one key called. */
        KeyUsage: {
            /**
             * Format: uuid
             * @description Which key.
             */
            key_id: string;
            /** @description What its owner calls it. */
            name: string;
            /** @description Its first characters, to recognise it by. */
            prefix: string;
            /** @description How often it called. */
            calls: components["schemas"]["Calls"];
        };
        /** @description A page of a list. */
        KeyUsageList: {
            /** @description The items. */
            data: components["schemas"]["KeyUsage"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description One lead. */
        Lead: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description How far it has come: NEW, QUALIFIED, CONTACTED, WON, LOST. */
            status: string;
            /**
             * Format: date-time
             * @description When it came there.
             */
            status_since: string;
            /** @description Why, if somebody said so. */
            status_reason: string | null;
            /** @description The workspace's rule that brought it there, if nobody did. */
            status_rule: string | null;
            /** @description Their name; if the lead has none of its own, the one the contact goes by. */
            name: string | null;
            /** @description Their phone number; if the lead has none of its own, the contact's. */
            phone: string | null;
            /** @description Their e-mail address. */
            email: string | null;
            /** @description Their company. */
            company: string | null;
            /** @description What somebody noted. */
            note: string | null;
            /** @description All other fields. */
            fields: {
                [key: string]: string;
            };
            /** @description Which of all these were learned from what was said, and where it stands. */
            learned: components["schemas"]["LearnedField"][];
            /**
             * Format: uint8
             * @description How promising they are, 0 to 100.
             */
            score: number | null;
            /** @description Why, in words of a kind. */
            score_reasons: string[];
            /** @description Why, in people's own words. */
            score_explanation: string | null;
            /** @description Whether the workspace's rules say so, and nobody else. */
            score_by_rule: boolean;
            /** @description What they are worth. */
            value: components["schemas"]["Money"] | null;
            /**
             * Format: uuid
             * @description Who looks after them.
             */
            owner_id: string | null;
            /** @description Where they came from. */
            source: string;
            /** @description What led to the lead. */
            opened_by: components["schemas"]["LeadOpening"];
            /**
             * Format: uuid
             * @description The number they wrote to.
             */
            channel_id: string | null;
            /** @description The contact, if it is known who they are. */
            contact: components["schemas"]["ContactSummary"] | null;
            /** @description The id that another system gave them. */
            external_id: string | null;
            /**
             * Format: date-time
             * @description When it was opened.
             */
            created_at: string;
            /**
             * Format: uint64
             * @description Where it begins in the log.
             */
            position: number;
            /**
             * Format: uint64
             * @description The position of its newest event.
             */
            last_position: number;
            /**
             * Format: uuid
             * @description The lead that goes on for this one, after a merge.
             */
            merged_into: string | null;
            /** @description The leads for which this one goes on. */
            absorbed: string[];
            /** @description What was known of it was erased. */
            erased: components["schemas"]["LeadErased"] | null;
            /** @description Something of it cannot be opened, though it was not erased; the operator's log says why. */
            unreadable: boolean;
            /** @description Live or test. */
            mode: components["schemas"]["ModeView"];
        };
        /** @description When what was known of a lead was erased. */
        LeadErased: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /**
             * Format: uint64
             * @description Where it stands in the log.
             */
            position: number;
        };
        /** @description A list of leads: `{"leads": […]}`, each as it is given to open one, or CSV. */
        LeadImport: {
            /** @description The leads. */
            leads: components["schemas"]["NewLead"][];
        };
        /** @description A page of a list. */
        LeadList: {
            /** @description The items. */
            data: components["schemas"]["Lead"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What led to a lead. */
        LeadOpening: "first_contact" | "command" | "import";
        /** @description What makes a new lead a qualified one. */
        LeadQualification: {
            /** @description What the move gives as its reason. */
            name: string;
            /** @description Fields that must be known. */
            fields: string[];
            /** @description What they must have said at least that they want to spend. */
            budget_at_least: components["schemas"]["Money"] | null;
            /**
             * Format: uint8
             * @description The score that they must have at least.
             */
            score_at_least: number | null;
        };
        /** @description Rules about leads. */
        LeadRules: {
            /**
             * Format: uuid
             * @description The agent in whose conversations they hold; null where no others hold.
             */
            agent_id: string | null;
            /** @description Whether anything is learned; false in the answer that takes the rules away. */
            enabled: boolean;
            /** @description The fields that are learned. */
            learn: string[];
            /** @description The currency that is meant where nobody names one. */
            currency: string | null;
            /** @description What each field that is known adds to the score, learned or entered. */
            points: {
                [key: string]: number;
            };
            /** @description A new lead that fits one of these is qualified. */
            qualifies: components["schemas"]["LeadQualification"][];
            /** @description What was said from then on is read; null where nothing is. */
            since: string | null;
        };
        /** @description A page of a list. */
        LeadRulesList: {
            /** @description The items. */
            data: components["schemas"]["LeadRules"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description How far a lead has come. */
        LeadStatus: "NEW" | "QUALIFIED" | "CONTACTED" | "WON" | "LOST";
        /** @description A field that was learned from what was said. */
        LearnedField: {
            /** @description Its name. */
            field: string;
            /**
             * Format: uuid
             * @description In which conversation.
             */
            conversation_id: string;
            /**
             * Format: uuid
             * @description In which message.
             */
            message_id: string;
            /**
             * Format: date-time
             * @description When it was learned.
             */
            at: string;
        };
        /** @description A legal hold. */
        LegalHold: {
            /**
             * Format: date-time
             * @description Since when it stands.
             */
            since: string;
            /**
             * Format: uint64
             * @description Where it stands in the log.
             */
            position: number;
            /**
             * Format: uuid
             * @description Who answers for it: a person or a key; none if it was the administrator.
             */
            by: string | null;
            /** @description What `by` is: `person`, `key`, `administrator`. */
            by_kind: string;
            /** @description Why. */
            reason: string;
            /** @description Which case, in the words of whoever placed it. */
            note: string | null;
        };
        /** @description One limit. */
        Limit: {
            /** @description What is limited: `channels`, `keys`, `people`, `messages`, `knowledge_writes`, `generations`. */
            name: string;
            /**
             * Format: uint64
             * @description How many there are; messages, changes of documents and answers of agents: how many there were
             *     in this calendar month (UTC), those of test keys left out. Null where the plan sets no limit.
             */
            used: number | null;
            /**
             * Format: uint64
             * @description How many there may be; null for any number.
             */
            allowed: number | null;
            /** @description When it counts from nothing again; null for what is limited at any time. */
            resets_at: string | null;
        };
        /** @description A limit of the plan that was reached. */
        LimitReached: {
            /** @description Which one: its name in `/v1/limits`. */
            name: string;
            /**
             * Format: uint64
             * @description How many there are.
             */
            used: number;
            /**
             * Format: uint64
             * @description How many there may be.
             */
            allowed: number;
            /** @description When it counts from nothing again; null if waiting does not help. */
            resets_at: string | null;
        };
        /** @description What the plan allows. */
        Limits: {
            /** @description The plan of the workspace. */
            plan: string;
            /** @description Everything that a plan can limit. */
            limits: components["schemas"]["Limit"][];
        };
        /** @description What came of telling the platform that a message is read. */
        MarkOutcome: "told" | "refused" | "unanswered" | "sandbox";
        /** @description What came of it. */
        MarkedMessage: {
            /**
             * Format: uuid
             * @description In which conversation.
             */
            conversation_id: string;
            /**
             * Format: uuid
             * @description Which message.
             */
            message_id: string;
            /** @description Whether it was to be shown that somebody writes. */
            typing: boolean;
            /** @description Whether the platform took it. */
            outcome: components["schemas"]["MarkOutcome"];
            /**
             * Format: uint16
             * @description The HTTP status of its answer, if there was one.
             */
            http_status: number | null;
        };
        /** @description A file of the workspace. */
        MediaFile: {
            /**
             * Format: uuid
             * @description Which one; `media_id` when it is sent.
             */
            id: string;
            /** @description Its type. */
            mime_type: string;
            /**
             * Format: uint64
             * @description Bytes of it.
             */
            size: number;
            /** @description Its name, if it was given one. */
            filename: string | null;
            /** @description SHA-256 of its bytes, in hex digits. */
            sha256: string | null;
            /** @description The address at which it was read, if it was named by one. */
            link: string | null;
            /** @description The types of message that it can be sent as. */
            sendable_as: string[];
            /** @description When it was added; missing in the answer that adds it. */
            created_at?: string | null;
        };
        /** @description A page of a list. */
        MediaFileList: {
            /** @description The items. */
            data: components["schemas"]["MediaFile"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Where a file lies. */
        MediaLink: {
            /** @description An https address on the public internet, of the file itself: redirects are not followed. */
            link: string;
            /**
             * @description Its name; none if not given.
             * @default null
             */
            filename?: string | null;
            /**
             * @description Its type, such as `image/png`; what the host says if not given.
             * @default null
             */
            mime_type?: string | null;
        };
        /** @description Whether a file is here. */
        MediaState: "pending" | "stored" | "lost";
        /** @description An attachment. */
        MediaView: {
            /** @description The platform's id. */
            id: string | null;
            /** @description Its MIME type. */
            mime_type: string | null;
            /** @description The name of the file. */
            filename: string | null;
            /** @description The platform's hash of the bytes. */
            sha256: string | null;
            /**
             * @description Whether the file itself is here; none for what was sent by link, and for what came in before
             *     files were kept.
             */
            state: components["schemas"]["MediaState"] | null;
            /** @description Why it is lost, or why the last try to fetch it failed. */
            reason: string | null;
            /**
             * Format: date-time
             * @description When it is tried again, if a try failed.
             */
            retry_at: string | null;
            /**
             * Format: uint64
             * @description Bytes of the file, once it is here.
             */
            size: number | null;
            /**
             * Format: uuid
             * @description The file of the workspace that is sent: `/v1/media/{id}`.
             */
            media_id: string | null;
        };
        /** @description Two leads after the merge. */
        MergedLeads: {
            /**
             * Format: uuid
             * @description The one that goes on.
             */
            id: string;
            /**
             * Format: uuid
             * @description The other one.
             */
            other: string;
            /** @description Always true. */
            merged: boolean;
        };
        /** @description What a message is for, in the platform's words. */
        MessageCategory: "marketing" | "utility" | "authentication" | "service";
        /** @description What one message cost. */
        MessageCost: {
            /**
             * Format: uuid
             * @description Which message.
             */
            message_id: string;
            /**
             * Format: uuid
             * @description In which conversation.
             */
            conversation_id: string;
            /**
             * Format: uuid
             * @description With which number.
             */
            channel_id: string;
            /** @description When its price was first told. */
            at: string;
            /** @description The platform's category. */
            category: string;
            /** @description The calling code of the recipient's country, if the platform named a number. */
            market: string | null;
            /** @description The platform charges it. */
            charged: boolean;
            /** @description What it costs by the rate card of its time; null if it is free or no card names it. */
            amount: components["schemas"]["CostAmount"] | null;
        };
        /** @description A page of a list. */
        MessageCostList: {
            /** @description The items. */
            data: components["schemas"]["MessageCost"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What became of a message. */
        MessageStatus: "queued" | "undetermined" | "cancelled" | "accepted" | "sent" | "failed" | "delivered" | "read" | "played" | "received";
        /** @description One message. */
        MessageView: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: uuid
             * @description The conversation it belongs to.
             */
            conversation_id: string;
            /** @description Who wrote it. */
            direction: components["schemas"]["DirectionView"];
            /** @description The platform's type: `text`, `image`, `interactive` … */
            type: string;
            /** @description What it says, in its newest edit. */
            text: string | null;
            /** @description What became of it. */
            status: components["schemas"]["MessageStatus"];
            /**
             * Format: date-time
             * @description When it was sent, as the platform gave it; when it gave none, when it was recorded.
             */
            sent_at: string;
            /**
             * Format: date-time
             * @description The time by which it is ordered: differs from `sent_at` where that cannot be right.
             */
            ordered_at: string;
            /**
             * Format: date-time
             * @description When the log first heard of it, to the second.
             */
            recorded_at: string;
            /**
             * Format: uint64
             * @description Where the log first heard of it; orders messages of one second.
             */
            position: number;
            /**
             * Format: uuid
             * @description The message it answers.
             */
            reply_to: string | null;
            /** @description Its attachment. */
            media: components["schemas"]["MediaView"] | null;
            /** @description The canned reply that it was made from. */
            canned_reply: components["schemas"]["CannedUse"] | null;
            /** @description What each side made of it. */
            reactions: components["schemas"]["ReactionView"][];
            /** @description It was edited since. */
            edited: boolean;
            /**
             * Format: date-time
             * @description When it was edited, if the platform said so.
             */
            edited_at: string | null;
            /** @description It was taken back. What was said stays in history. */
            revoked: boolean;
            /**
             * Format: date-time
             * @description When it was taken back, if the platform said so.
             */
            revoked_at: string | null;
            /** @description Every status that was told of it. */
            statuses: components["schemas"]["StatusView"][];
            /** @description What went wrong. */
            errors: components["schemas"]["ErrorView"][];
            /** @description What it costs. */
            pricing: components["schemas"]["PricingView"] | null;
            /** @description Live or test. */
            mode: components["schemas"]["ModeView"];
            /** @description Live or imported. */
            origin: components["schemas"]["OriginView"];
            /** @description It came from an advertisement or a post. */
            referral: boolean;
            /** @description It was said in a group. */
            group: boolean;
            /** @description Its content was erased: nobody can read it any more. */
            erased: boolean;
            /** @description Its content cannot be opened, though it was not erased; the operator's log says why. */
            unreadable: boolean;
        };
        /** @description A page of a list. */
        MessageViewList: {
            /** @description The items. */
            data: components["schemas"]["MessageView"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Whether something touches the outside world. */
        ModeView: "live" | "test";
        /** @description What a connection may be used for within a calendar month (UTC). Without either there is no limit. */
        ModelBudget: {
            /**
             * Format: uint64
             * @description Tokens, read and written.
             * @default null
             */
            tokens?: number | null;
            /**
             * Format: uint64
             * @description What they may cost, in the smallest unit of the price's currency (cents).
             * @default null
             */
            cost?: number | null;
        };
        /** @description What came of trying a connection. */
        ModelCheck: {
            /**
             * @description `ok`, or why it cannot be used: `refused` (the address), `unreachable`, `timed_out`,
             *     `unauthorized`, `over_limit`, `status`, `too_long`, `unreadable`, `key_missing`.
             */
            outcome: string;
            /** @description When. */
            at: string;
            /**
             * Format: uint64
             * @description Milliseconds that it took.
             */
            milliseconds: number;
            /**
             * Format: uint64
             * @description Tokens that the model read.
             */
            input_tokens: number;
            /**
             * Format: uint64
             * @description Tokens that it wrote.
             */
            output_tokens: number;
        };
        /** @description A connection to a model. */
        ModelConnection: {
            /**
             * Format: uuid
             * @description Which one; agents name it as `connection_id`.
             */
            id: string;
            /** @description What the staff calls it. */
            name: string;
            /** @description How its endpoint speaks. */
            provider: string;
            /** @description Where it is; null if it cannot be opened any more. */
            base_url: string | null;
            /** @description The provider's name of the model. */
            model: string;
            /** @description The key: told apart, not told; null if there is none. */
            api_key: components["schemas"]["SecretShown"] | null;
            /**
             * Format: uint32
             * @description Milliseconds that one reply may take.
             */
            timeout_ms: number;
            /** @description What it may be used for within a calendar month (UTC); null for any amount. */
            budget_per_month: components["schemas"]["ModelBudget"] | null;
            /** @description What its tokens cost. */
            price: components["schemas"]["TokenPrice"] | null;
            /** @description What came of it when it was last tried; null if it never was. */
            last_check: components["schemas"]["ModelCheck"] | null;
            /** @description What was used in this calendar month (UTC); only where one connection is shown. */
            used_this_month?: components["schemas"]["ModelUsed"] | null;
            /** @description When it was added; missing in the answer that adds it. */
            created_at?: string | null;
        };
        /** @description A page of a list. */
        ModelConnectionList: {
            /** @description The items. */
            data: components["schemas"]["ModelConnection"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What a read model is doing. */
        ModelState: "live" | "refreshing" | "rebuilding" | "failing";
        /** @description How a read model is doing. */
        ModelStatus: {
            /** @description Its name. */
            name: string;
            /** @description What it is doing. */
            state: components["schemas"]["ModelState"];
            /**
             * Format: uint64
             * @description Everything up to this position is visible in it.
             */
            position: number;
            /**
             * Format: uint64
             * @description The newest position of the log.
             */
            head: number;
            /**
             * Format: uint64
             * @description Events that are not visible yet.
             */
            lag: number;
            /**
             * Format: double
             * @description Seconds since the newest visible event was recorded; 0 when nothing is missing.
             */
            lag_seconds: number;
            /**
             * Format: uint64
             * @description The generation that serves; every rebuild makes a new one.
             */
            generation?: number | null;
            /** @description The rebuild that goes on beside it. */
            rebuild?: components["schemas"]["RebuildStatus"] | null;
            /** @description The generation beside the one that serves. */
            beside?: components["schemas"]["BesideStatus"] | null;
            /**
             * Format: uint64
             * @description Streams that it stopped following after a failing event.
             */
            parked_streams: number;
            /** @description It was folded by an older version of its fold, and is being rebuilt. */
            outdated: boolean;
            /** @description What went wrong last, if it is not right again. */
            last_error?: string | null;
            /**
             * Format: uint64
             * @description Bytes on the disk.
             */
            bytes: number;
        };
        /** @description A page of a list. */
        ModelStatusList: {
            /** @description The items. */
            data: components["schemas"]["ModelStatus"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What was used of a connection. */
        ModelUsed: {
            /**
             * Format: uint64
             * @description Tokens, read and written.
             */
            tokens: number;
            /**
             * Format: uint64
             * @description What they cost at the prices of their time, in the smallest unit of the currency, rounded
             *     down.
             */
            cost: number;
        };
        /** @description An amount of money. */
        Money: {
            /**
             * Format: uint64
             * @description How much, in the smallest unit of the currency (cents).
             */
            amount: number;
            /** @description The currency: three capital letters (ISO 4217). */
            currency: string;
        };
        /** @description Where to. */
        MovedAppointment: {
            /**
             * Format: date-time
             * @description When it is to begin (RFC 3339): one of the times that its service offers.
             */
            starts_at: string;
        };
        /**
         * @description Where a lead is to stand: just after one of its stage, or just before one. Where both are given
         *     and are no neighbours (any more), the upper one decides.
         */
        MovedLead: {
            /**
             * Format: uuid
             * @description The lead above it.
             * @default null
             */
            after?: string | null;
            /**
             * Format: uuid
             * @description The lead below it.
             * @default null
             */
            before?: string | null;
        };
        /** @description A key to be. */
        NewApiKey: {
            /** @description What its owner calls it. */
            name: string;
            /**
             * @description Live or test.
             * @default live
             */
            mode?: components["schemas"]["KeyMode"];
            /**
             * @description The API it is for.
             * @default native
             * @enum {string}
             */
            surface?: "native" | "convoai" | "convo" | "converra" | "avelto" | "flowbot";
            /**
             * @description What it may do. Keys of most surfaces have the scopes of this API; reading and writing if not
             *     given, and for ConvoAI, which knows no scopes, everything. Keys of Avelto have Avelto's own
             *     scopes, which must be given.
             * @default null
             */
            scopes?: components["schemas"]["Scope"][] | null;
            /**
             * Format: date-time
             * @description When it stops working by itself (RFC 3339); never if not given.
             * @default null
             */
            expires_at?: string | null;
            /**
             * Format: uuid
             * @description The person it acts for, and for nobody else: it may do no more than their role, and stops
             *     working when they are removed. Without one, for whomever a request names.
             * @default null
             */
            person?: string | null;
        };
        /** @description An appointment to be booked. */
        NewAppointment: {
            /**
             * Format: uuid
             * @description Of which service.
             */
            service_id: string;
            /**
             * Format: date-time
             * @description When it is to begin (RFC 3339): one of the times that the service offers.
             */
            starts_at: string;
            /**
             * Format: uuid
             * @description With whom: the contact.
             * @default null
             */
            contact_id?: string | null;
            /**
             * Format: uuid
             * @description With whom: the contact of this conversation, in which it came about.
             * @default null
             */
            conversation_id?: string | null;
            /**
             * Format: uuid
             * @description With whom: this lead, who may be no contact yet.
             * @default null
             */
            lead_id?: string | null;
            /**
             * @description What people call it.
             * @default null
             */
            title?: string | null;
            /**
             * @description What somebody noted.
             * @default null
             */
            note?: string | null;
        };
        /** @description What is to be said to many people. */
        NewBroadcast: {
            /** @description What its people call it. */
            name: string;
            /**
             * Format: uuid
             * @description With which number.
             */
            channel_id: string;
            /**
             * @description What to say, as a message is asked for (without `reply_to` and `send_at`). In every text of it
             *     `{{name}}` is filled in for each recipient.
             */
            message: components["schemas"]["NewMessage"];
            /**
             * @description Whether it promotes something, so that nobody is sent it who opted out of that; if nothing is
             *     said, the category of its template decides, and what has none promotes something.
             * @default null
             */
            marketing?: boolean | null;
            /**
             * Format: uint32
             * @description At most so many messages a minute; as fast as the number may if nothing is said.
             * @default null
             */
            per_minute?: number | null;
        };
        /** @description A canned reply to be added. */
        NewCannedReply: {
            /** @description The word that it is called by: lower-case letters, digits, `-` and `_`. */
            shortcut: string;
            /**
             * @description What it says; `{{contact.name}}`, `{{contact.phone}}` and names of your own stand for what is
             *     filled in when it is sent.
             */
            text: string;
            /**
             * @description The language it is written in, such as `pt` or `pt-BR`.
             * @default null
             */
            language?: string | null;
            /**
             * @description What it is about.
             * @default []
             */
            tags?: string[];
        };
        /**
         * @description A number to be connected. Name an app with `app_id`, or give `app_secret` and `verify_token` to
         *     make one of the workspace's own.
         */
        NewChannel: {
            /**
             * @description The platform.
             * @enum {string}
             */
            type: "whatsapp";
            /** @description What its people call it. */
            name: string;
            /** @description The platform's id of the number (not the number). */
            phone_number_id: string;
            /** @description The platform's id of the business account. */
            waba_id: string;
            /** @description The number as people dial it. */
            display_phone_number: string;
            /** @description The token with which Convolog reads and sends at this number. */
            access_token?: string | null;
            /**
             * Format: uuid
             * @description An app that is registered, of the workspace or of the installation.
             * @default null
             */
            app_id?: string | null;
            /** @description The secret of an app of the workspace's own. */
            app_secret?: string | null;
            /** @description What the platform repeats in the handshake for that app. */
            verify_token?: string | null;
            /**
             * @description Where the platform's API is.
             * @default https://graph.facebook.com
             */
            graph_url?: string;
            /**
             * @description The version of the Graph API; `v25.0` if not given.
             * @default v25.0
             */
            graph_version?: string;
        };
        /** @description A model to be called. */
        NewConnection: {
            /** @description What the staff calls it. */
            name: string;
            /**
             * @description How its endpoint speaks.
             * @enum {string}
             */
            provider: "openai_compatible" | "anthropic" | "gemini";
            /**
             * @description Where it is, up to the version, such as `https://api.openai.com/v1`: an https address on the
             *     public internet, unless the administrator listed the host.
             */
            base_url: string;
            /** @description The provider's name of the model. */
            model: string;
            /** @description The key, if it needs one; never shown again. */
            api_key?: string | null;
            /**
             * Format: uint32
             * @description Milliseconds that one reply may take.
             * @default 30000
             */
            timeout_ms?: number;
            /**
             * @description What it may be used for within a calendar month (UTC); any amount if not given.
             * @default null
             */
            budget_per_month?: components["schemas"]["ModelBudget"] | null;
            /**
             * @description What its tokens cost: needed for a budget in money.
             * @default null
             */
            price?: components["schemas"]["TokenPrice"] | null;
        };
        /** @description A site to be read. */
        NewCrawl: {
            /** @description The first page. */
            url: string;
            /**
             * Format: uint32
             * @description How many links from the first page a page may be away; 3 if not given.
             * @default null
             */
            depth?: number | null;
            /**
             * Format: uint32
             * @description How many pages are read at most; 100 if not given.
             * @default null
             */
            pages?: number | null;
            /**
             * @description The language of all of it, a code of ISO 639 such as `pt`; worked out page by page if not given.
             * @default null
             */
            language?: string | null;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; every agent may if not given.
             * @default null
             */
            agent_id?: string | null;
        };
        /** @description A document to be added. */
        NewDocument: {
            /** @description What people call it, on one line. */
            title: string;
            /** @description What it says; at most 512 KiB. */
            content: string;
            /**
             * @description How the content is written; Markdown if not given, which plain text is too.
             * @default null
             */
            format?: components["schemas"]["DocumentFormat"] | null;
            /**
             * @description The language, a code of ISO 639 such as `pt`; worked out from the text if not given.
             * @default null
             */
            language?: string | null;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; every agent may if not given.
             * @default null
             */
            agent_id?: string | null;
        };
        /** @description A lead to be opened. */
        NewLead: {
            /**
             * @description Where they came from, in a word such as `landing-page`; `api` if not given.
             * @default null
             */
            source?: string | null;
            /**
             * Format: uuid
             * @description The contact, if it is known who they are. Else whoever has the phone number, if anybody.
             * @default null
             */
            contact_id?: string | null;
            /**
             * @description The id that another system gave them: unique in the workspace.
             * @default null
             */
            external_id?: string | null;
            /** @description Their name. */
            name?: string | null;
            /** @description Their phone number. */
            phone?: string | null;
            /** @description Their e-mail address. */
            email?: string | null;
            /** @description Their company. */
            company?: string | null;
            /** @description What somebody noted. */
            note?: string | null;
            /**
             * @description Any other fields: words of lower-case letters, digits, underscores and hyphens, each with a
             *     text. The texts are sealed, the words are not.
             * @default {}
             */
            fields?: {
                [key: string]: string | null;
            };
            /**
             * Format: uint8
             * @description How promising they are, 0 to 100.
             */
            score?: number | null;
            /**
             * @description Why, in words of a kind such as `asked_for_price`.
             * @default []
             */
            score_reasons?: string[];
            /**
             * @description Why, in people's own words.
             * @default null
             */
            score_explanation?: string | null;
            /** @description What they are worth. */
            value?: components["schemas"]["NewMoney"] | null;
            /**
             * Format: uuid
             * @description Who looks after them: one of the staff.
             */
            owner_id?: string | null;
        };
        /** @description What makes a new lead a qualified one; all of it must hold. */
        NewLeadQualification: {
            /**
             * @description What the move gives as its reason: a word of lower-case letters, digits, underscores and
             *     hyphens.
             */
            name: string;
            /**
             * @description Fields that must be known, learned or entered.
             * @default []
             */
            fields?: string[];
            /** @description What they must have said at least that they want to spend, in this currency. */
            budget_at_least?: components["schemas"]["NewMoney"] | null;
            /**
             * Format: uint8
             * @description The score that they must have at least.
             * @default null
             */
            score_at_least?: number | null;
        };
        /** @description What to say: a text, or the platform's element of the named type. */
        NewMessage: {
            /** @description The type of message. */
            type: components["schemas"]["SendableType"];
            /**
             * @description For `text`: the text, exactly as it is to be read.
             * @default null
             */
            text?: string | null;
            /**
             * @description For `text`: whether the platform shows a preview of the first address in it.
             * @default false
             */
            preview_url?: boolean;
            /**
             * @description For `text`, in place of `text`: the canned reply to be sent, by its id or its shortcut.
             * @default null
             */
            canned_reply?: string | null;
            /**
             * @description What the placeholders of the canned reply stand for, by name. `contact.name` and
             *     `contact.phone` are known by themselves.
             * @default null
             */
            values?: {
                [key: string]: string;
            } | null;
            /**
             * @description For an attachment (`image`, `video`, `audio`, `document`, `sticker`): `media_id` (a file of
             *     `/v1/media`), `link` or `id` (of the platform), and `caption`, `filename` where the platform has
             *     them.
             */
            media?: components["schemas"]["Element"] | null;
            /** @description For `location`: `latitude`, `longitude`, `name`, `address`. */
            location?: components["schemas"]["Element"] | null;
            /** @description For `contacts`: the list of people. */
            contacts?: components["schemas"]["Element"] | null;
            /** @description For `reaction`: `emoji`; `reply_to` names the message. */
            reaction?: components["schemas"]["Element"] | null;
            /** @description For `interactive`: buttons, lists and the like, as the platform takes them. */
            interactive?: components["schemas"]["Element"] | null;
            /**
             * @description For `template`: `name` and `language`, or `id`, or `group` (and the customer's `language`), with
             *     `parameters` by name or by position, `header` (of a file: `media_id`, `link` or `id`) and
             *     `buttons`; or `name`, `language` and `components`, as the platform takes them.
             */
            template?: components["schemas"]["Element"] | null;
            /**
             * Format: uuid
             * @description The message that it answers, or reacts to.
             * @default null
             */
            reply_to?: string | null;
            /**
             * Format: date-time
             * @description Not before this time (RFC 3339), at most 90 days ahead.
             * @default null
             */
            send_at?: string | null;
            /**
             * @description What it is for. Who opted out of `marketing` is not sent such; if nothing is said, a template
             *     is taken for it and nothing else.
             */
            category?: components["schemas"]["MessageCategory"] | null;
        };
        /** @description An amount of money. */
        NewMoney: {
            /**
             * Format: uint64
             * @description How much, in the smallest unit of the currency (cents).
             */
            amount: number;
            /** @description The currency: three capital letters (ISO 4217). */
            currency: string;
        };
        /** @description A note. */
        NewNote: {
            /** @description The text; the customer never sees it. */
            text: string;
        };
        /** @description A person to be added. */
        NewPerson: {
            /** @description Their name. */
            name: string;
            /**
             * @description Their e-mail address.
             * @default null
             */
            email?: string | null;
            /** @description What they may do. */
            role: components["schemas"]["Role"];
        };
        /** @description Somebody who is to hear it: by `contact_id` or by `phone`. */
        NewRecipient: {
            /**
             * Format: uuid
             * @description A contact.
             * @default null
             */
            contact_id?: string | null;
            /**
             * @description A phone number with its country code, known or not.
             * @default null
             */
            phone?: string | null;
            /**
             * @description What is filled in, by name.
             * @default {}
             */
            parameters?: {
                [key: string]: string;
            };
        };
        /** @description Who is to hear it. */
        NewRecipients: {
            /** @description Each by name; at most 1,000 in one request. */
            recipients?: components["schemas"]["NewRecipient"][];
            /** @description Everybody who passes a filter now, at most 1,000; the same is filled in for all. */
            audience?: components["schemas"]["BroadcastAudience"] | null;
        };
        /** @description What is to be delivered again, and whether only to count it. */
        NewRedelivery: {
            /** @description What: `event`, `range`, `failed` or `since`. */
            what: components["schemas"]["RedeliverySelection"];
            /**
             * Format: uint64
             * @description The position of the event, for `event`.
             * @default null
             */
            position?: number | null;
            /**
             * Format: uint64
             * @description Only events after this position; from the beginning if not given.
             * @default null
             */
            after_position?: number | null;
            /**
             * Format: uint64
             * @description Only events up to this position, for `range`.
             * @default null
             */
            upto_position?: number | null;
            /**
             * @description Counts, and delivers nothing.
             * @default false
             */
            dry_run?: boolean;
        };
        /** @description The new secret. */
        NewSecret: {
            /** @description The app's new secret. */
            app_secret: string;
        };
        /** @description What is wanted of one status within a period. */
        NewTarget: {
            /** @description Which status. */
            status: components["schemas"]["LeadStatus"];
            /** @description For when, in UTC: a year (`2026`), a quarter (`2026-Q4`) or a month (`2026-11`). */
            period: string;
            /**
             * Format: uint64
             * @description So many leads are to come to it.
             * @default null
             */
            count?: number | null;
            /** @description They are to be worth so much when they do. */
            value?: components["schemas"]["NewMoney"] | null;
        };
        /** @description A template to be made. */
        NewTemplate: {
            /**
             * Format: uuid
             * @description The channel whose business account it is made for.
             */
            channel_id: string;
            /** @description Its name: lower-case letters, digits and underscores. */
            name: string;
            /** @description Its language, as the platform writes it: `en_US`, `pt_BR`, `de`. */
            language: string;
            /**
             * @description What it is for.
             * @enum {string}
             */
            category: "marketing" | "utility" | "authentication";
            /**
             * @description Its components, as the platform takes them: header, body, footer, buttons, each with an example
             *     of its parameters (`{{1}}`, or `{{name}}`).
             */
            components: unknown;
        };
        /** @description A group to be made. */
        NewTemplateGroup: {
            /** @description What its people call it. */
            name: string;
            /**
             * @description Ids of templates: the preferred one, then those that are sent in its place. They should take the
             *     same parameters.
             */
            members: string[];
        };
        /** @description A title. */
        NewTitle: {
            /** @description What the staff calls the conversation; an empty one takes the title away. */
            title: string;
        };
        /** @description Where to, and what. */
        NewWebhook: {
            /** @description Where events are delivered: an https address on the public internet. */
            url: string;
            /**
             * @description Names of events (see `/v1/event-types`), all of a kind (`conversation.*`, `message.*`) as it is
             *     now, or all (`*`) there will ever be.
             */
            events: string[];
            /**
             * @description What the staff calls it; `Webhook` if not given.
             * @default Webhook
             */
            name?: string;
            /**
             * @description In which order events are delivered: strictly, strictly within a conversation, or as fast
             *     as possible.
             * @default ordered_by_conversation
             * @enum {string}
             */
            order?: "ordered" | "ordered_by_conversation" | "unordered";
            /**
             * @description How deliveries are signed: as Standard Webhooks says, and besides as a dialect does.
             * @default null
             * @enum {string}
             */
            signature?: "standard" | "ed25519" | "convoai" | "convo" | "avelto";
            /**
             * Format: uint16
             * @description Deliveries within a second, at most; as many as can be if not given.
             * @default null
             */
            rate_per_second?: number | null;
            /**
             * @description What an event must say to be delivered: all of it.
             * @default []
             */
            filters?: components["schemas"]["WebhookFilter"][];
        };
        /** @description A workspace to be. */
        NewWorkspace: {
            /** @description What its people call it. */
            name: string;
            /**
             * @description The plan, which sets limits.
             * @enum {string}
             */
            plan: "free" | "pro" | "business" | "enterprise";
        };
        /** @description A stretch of one day of the week. */
        OpenHours: {
            /**
             * Format: uint8
             * @description 1 = Monday … 7 = Sunday.
             */
            day: number;
            /**
             * Format: uint16
             * @description Minutes after midnight.
             */
            opens: number;
            /**
             * Format: uint16
             * @description Minutes after midnight; 1440 is the end of the day.
             */
            closes: number;
        };
        /** @description A lead as it was opened. */
        OpenedLead: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description Always NEW. */
            status: string;
            /** @description Their name. */
            name: string | null;
            /** @description Their phone number. */
            phone: string | null;
            /** @description Their e-mail address. */
            email: string | null;
            /** @description Their company. */
            company: string | null;
            /** @description What somebody noted. */
            note: string | null;
            /** @description All other fields. */
            fields: {
                [key: string]: string;
            };
            /**
             * Format: uint8
             * @description How promising they are, 0 to 100.
             */
            score: number | null;
            /** @description Why, in words of a kind. */
            score_reasons: string[];
            /** @description What they are worth. */
            value: components["schemas"]["Money"] | null;
            /**
             * Format: uuid
             * @description Who looks after them.
             */
            owner_id: string | null;
            /** @description Where they came from. */
            source: string;
            /**
             * Format: uuid
             * @description The contact, if it is known who they are.
             */
            contact_id: string | null;
            /** @description The id that another system gave them. */
            external_id: string | null;
        };
        /** @description What a person wants again. */
        OptInWanted: {
            /** @description What is wanted again: `marketing`, or `all`, which lifts every stop. */
            scope: components["schemas"]["PreferenceScope"];
            /**
             * @description Why: a closed list, because it stays in the clear for ever.
             * @enum {string}
             */
            reason: "asked" | "signed_up" | "recorded_by_mistake" | "other";
            /**
             * @description How it came about, in free words; sealed for this person.
             * @default null
             */
            note?: string | null;
        };
        /** @description How people opt out. */
        OptOutSettings: {
            /**
             * @description Words by which they do, beside those that everybody has (STOP, UNSUBSCRIBE, BAJA, SAIR, הסר …).
             *     A message is one if it consists of it, however it is written.
             * @default []
             */
            stop_words?: string[];
            /**
             * @description Words by which they come back, beside those that everybody has (START, ALTA …).
             * @default []
             */
            start_words?: string[];
            /**
             * @description What a stop word of theirs stops: `marketing` if not given, or `all` but free answers to what
             *     they write.
             * @default marketing
             */
            scope?: components["schemas"]["PreferenceScope"];
        };
        /** @description What a person does not want any more. */
        OptOutWanted: {
            /** @description What is stopped: `marketing`, or `all` but free answers to what they write. */
            scope: components["schemas"]["PreferenceScope"];
            /**
             * @description Why: a closed list, because it stays in the clear for ever.
             * @enum {string}
             */
            reason: "asked" | "complaint" | "regulator" | "imported" | "other";
            /**
             * @description How it came about, in free words; sealed for this person.
             * @default null
             */
            note?: string | null;
        };
        /** @description A stop that stands. */
        OptedOutSince: {
            /**
             * Format: date-time
             * @description Since when.
             */
            since: string;
            /** @description How it became known. */
            source: components["schemas"]["PreferenceSource"];
            /**
             * Format: uint64
             * @description Where it stands in the log.
             */
            position: number;
        };
        /** @description How a message came to be here. */
        OriginView: "live" | "import";
        /** @description Something of the same workspace that stands in the way. */
        Other: {
            /** @description What it is: `lead`, `contact`, `channel`, `agent`, `person`. */
            type: string;
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
        };
        /** @description The other contact. */
        OtherContact: {
            /**
             * Format: uuid
             * @description The contact that is, or was, merged into the one of the path.
             */
            other: string;
        };
        /** @description The other lead. */
        OtherLead: {
            /**
             * Format: uuid
             * @description The lead that is merged into the one of the path.
             */
            other: string;
        };
        /** @description For how long the old secret signs as well. */
        Overlap: {
            /**
             * Format: uint32
             * @description Seconds for which the old secret signs as well: a day if not given, at most a week; 0 retires
             *     it at once.
             * @default 86400
             */
            overlap_seconds?: number;
        };
        /** @description A stream that a read model stopped following after an event that it could not take. */
        ParkedStream: {
            /** @description Which stream: `kind/id`. */
            stream: string;
            /**
             * Format: uint64
             * @description The event that it could not take.
             */
            position: number;
            /** @description Why not. */
            reason: string;
            /**
             * Format: uint64
             * @description Later events of the stream that were skipped.
             */
            skipped: number;
        };
        /** @description A passage that answers. */
        Passage: {
            /**
             * Format: uuid
             * @description The document.
             */
            document_id: string;
            /**
             * Format: uint32
             * @description The version of the document.
             */
            version: number;
            /**
             * Format: uint64
             * @description Where that version stands in the log.
             */
            position: number;
            /**
             * Format: uint32
             * @description The number of the passage in it, from 1.
             */
            passage: number;
            /** @description What people call the document. */
            title: string;
            /** @description The headings above the passage, the outermost first. */
            headings: string[];
            /** @description The passage. */
            text: string;
            /**
             * Format: uint32
             * @description Its first byte (UTF-8) in the text of the document.
             */
            start: number;
            /**
             * Format: uint32
             * @description The byte after its last one.
             */
            end: number;
            /** @description The language (ISO 639), if it is known. */
            language: string | null;
            /**
             * Format: uuid
             * @description The agent that alone may answer from it; null: every agent may.
             */
            agent_id: string | null;
            /**
             * Format: float
             * @description How well it answers. Depends on nothing but this workspace.
             */
            score: number;
            /** @description A piece of it that shows what was asked for. */
            snippet: components["schemas"]["Snippet"];
        };
        /** @description Where a passage stands in the text. */
        PassageView: {
            /** @description The headings above it, the outermost first. */
            headings: string[];
            /**
             * Format: uint32
             * @description Its first byte (UTF-8) in the text.
             */
            start: number;
            /**
             * Format: uint32
             * @description The byte after its last one.
             */
            end: number;
        };
        /** @description A member of the staff. */
        Person: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description Their name; null if their data was erased. */
            name: string | null;
            /** @description Their e-mail address, if they have one here. */
            email: string | null;
            /** @description What they may do. */
            role: components["schemas"]["Role"];
            /** @description Whether they left. */
            removed: boolean;
            /** @description When they were added; missing in the answer that adds them. */
            created_at?: string | null;
        };
        /** @description A page of a list. */
        PersonList: {
            /** @description The items. */
            data: components["schemas"]["Person"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description All leads by status. */
        Pipeline: {
            /** @description Every status, in the order of the board. */
            stages: components["schemas"]["PipelineStage"][];
            /**
             * Format: uint64
             * @description Leads that were ever opened.
             */
            opened: number;
            /**
             * Format: uint64
             * @description Leads that ever became WON.
             */
            won: number;
            /**
             * Format: double
             * @description The share of those that were opened that became WON, 0 to 1; null if none was opened.
             */
            conversion: number | null;
            /**
             * Format: uint64
             * @description Leads that were merged into others.
             */
            merged: number;
            /** @description What is wanted, and how far it is reached. */
            targets: components["schemas"]["PipelineTarget"][];
            /**
             * Format: date-time
             * @description Everything recorded before this moment is counted, and nothing after; null if everything is.
             */
            counted_until: string | null;
        };
        /** @description One status. */
        PipelineStage: {
            /** @description Which one. */
            status: string;
            /**
             * Format: uint64
             * @description Leads that have it.
             */
            count: number;
            /** @description What those are worth, by currency. */
            value: components["schemas"]["Money"][];
            /**
             * Format: uint64
             * @description How often a lead came to it.
             */
            entered: number;
            /**
             * Format: uint64
             * @description How many leads ever had it.
             */
            reached: number;
            /**
             * Format: uint64
             * @description How often a lead left it, merged ones included.
             */
            left: number;
            /**
             * Format: uint64
             * @description How long those that left had stayed, on average.
             */
            mean_seconds: number | null;
            /** @description Where they went, by status. */
            moves: {
                [key: string]: number;
            };
            /**
             * Format: double
             * @description The share of moves that did not go to LOST, 0 to 1; null if there was none.
             */
            conversion: number | null;
        };
        /** @description What is wanted of one status within a period. */
        PipelineTarget: {
            /** @description Which status. */
            status: string;
            /** @description For when: a year, a quarter or a month, in UTC. */
            period: string;
            /**
             * Format: date-time
             * @description When that begins.
             */
            starts_at: string;
            /**
             * Format: date-time
             * @description When the next one begins.
             */
            ends_at: string;
            /**
             * Format: uint64
             * @description So many leads are to come to it.
             */
            count: number | null;
            /** @description They are to be worth so much when they do. */
            value: components["schemas"]["Money"] | null;
            /**
             * Format: uint64
             * @description So many came to it, each for its first time.
             */
            reached: number;
            /** @description They were worth so much when they did, by currency. */
            reached_value: components["schemas"]["Money"][];
        };
        /** @description What became of a post. */
        PostTaken: {
            /**
             * Format: uint
             * @description Updates that were recorded.
             */
            accepted: number;
            /**
             * Format: uint
             * @description Updates that were known already.
             */
            repeated: number;
            /**
             * Format: uint
             * @description Updates about somebody whose data was erased; they are not kept.
             */
            refused: number;
            /**
             * Format: uint
             * @description Changes that were set aside; see `/v1/quarantine`.
             */
            quarantined: number;
        };
        /** @description One change of what somebody wants to be sent. */
        PreferenceChange: {
            /**
             * Format: uuid
             * @description The event's id.
             */
            id: string;
            /** @description `opted_out` or `opted_in`. */
            type: string;
            /** @description What was stopped, or is wanted again. */
            scope: components["schemas"]["PreferenceScope"];
            /** @description How it became known. */
            source: components["schemas"]["PreferenceSource"];
            /**
             * Format: date-time
             * @description When they said so.
             */
            at: string;
            /**
             * Format: uint64
             * @description Where it stands in the log.
             */
            position: number;
            /**
             * Format: uuid
             * @description On which of their contacts it was recorded.
             */
            contact_id: string;
            /**
             * Format: uuid
             * @description Their message that said so, or ours that was refused.
             */
            message_id: string | null;
            /**
             * Format: int64
             * @description The platform's error code.
             */
            code: number | null;
            /** @description Why somebody recorded it. */
            reason: string | null;
            /** @description What they added in their own words. */
            note: string | null;
            /** @description Who acted. */
            actor: components["schemas"]["Actor"];
            /** @description The note was erased: nobody can read it any more. */
            erased: boolean;
        };
        /** @description A page of a list. */
        PreferenceChangeList: {
            /** @description The items. */
            data: components["schemas"]["PreferenceChange"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Whether something changed. */
        PreferenceRecorded: {
            /**
             * Format: uuid
             * @description The contact.
             */
            id: string;
            /** @description What was asked for. */
            scope: components["schemas"]["PreferenceScope"];
            /** @description False if it was so already. */
            changed: boolean;
        };
        /** @description What is stopped, or wanted again. */
        PreferenceScope: "marketing" | "all";
        /** @description How it became known. */
        PreferenceSource: "words" | "preference" | "platform_error" | "operator" | "remembered";
        /** @description What a message costs, as the platform said. */
        PricingView: {
            /** @description `PMP` or `CBP`. */
            model: string | null;
            /** @description `marketing`, `utility`, `service` … */
            category: string | null;
            /** @description `regular`, `free_customer_service` … */
            type: string | null;
            /** @description Whether it is charged. */
            billable: boolean | null;
        };
        /** @description A probe and what came of it. */
        Probe: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description `pending` while it is not sent or not answered, else how it ended, as for attempts. */
            outcome: string;
            /**
             * Format: uint16
             * @description The status of the answer; null if there was none.
             */
            http_status: number | null;
            /**
             * Format: uint32
             * @description How long it took; null while it is pending.
             */
            milliseconds: number | null;
            /** @description How the endpoint is doing now. */
            health: components["schemas"]["WebhookHealth"];
        };
        /** @description A failed request. */
        Problem: {
            /** @description Where the code is explained: a path of this server. */
            type: string;
            /** @description What went wrong, the same words for the same code. */
            title: string;
            /**
             * Format: uint16
             * @description The status of the answer.
             */
            status: number;
            /** @description What went wrong this time and what would help. */
            detail: string;
            /** @description The stable code: branch on this. */
            code: string;
            /**
             * Format: uuid
             * @description Names this request in the server's log.
             */
            request_id: string;
            /** @description The member, parameter or header at fault. */
            field?: string | null;
            /** @description What would be taken instead. */
            allowed?: string[];
            /** @description The limit of the plan that was reached. */
            limit?: components["schemas"]["LimitReached"] | null;
            /** @description What stands in the way: read it, or deal with it first. */
            other?: components["schemas"]["Other"] | null;
        };
        /** @description One read model. */
        Projection: {
            /** @description Its name. */
            name: string;
            /** @description What it is doing. */
            state: components["schemas"]["ModelState"];
            /**
             * Format: uint64
             * @description Everything up to this position is visible in it.
             */
            position: number;
            /**
             * Format: uint64
             * @description The newest position of the log.
             */
            head: number;
            /**
             * Format: uint64
             * @description Events that are not visible yet.
             */
            lag: number;
            /**
             * Format: double
             * @description Seconds since the newest visible event was recorded; 0 when nothing is missing.
             */
            lag_seconds: number;
            /**
             * Format: uint64
             * @description The generation that serves; every rebuild makes a new one.
             */
            generation?: number | null;
            /** @description The rebuild that goes on beside it. */
            rebuild?: components["schemas"]["RebuildStatus"] | null;
            /** @description The generation beside the one that serves. */
            beside?: components["schemas"]["BesideStatus"] | null;
            /**
             * Format: uint64
             * @description Streams that it stopped following after a failing event.
             */
            parked_streams: number;
            /** @description It was folded by an older version of its fold, and is being rebuilt. */
            outdated: boolean;
            /** @description What went wrong last, if it is not right again. */
            last_error?: string | null;
            /**
             * Format: uint64
             * @description Bytes on the disk.
             */
            bytes: number;
            /** @description The streams that it stopped following; for a key, those of its workspace. */
            parked: components["schemas"]["ParkedStream"][];
        };
        /** @description A change that was set aside. */
        QuarantinedChange: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description `waiting` or `accepted`. */
            status: string;
            /** @description Why it was not accepted when it was last tried. */
            reason: string;
            /**
             * Format: uuid
             * @description The app that signed it.
             */
            app_id: string;
            /** @description The platform's id of the number it names. */
            phone_number_id: string | null;
            /** @description The platform's id of the account it names. */
            waba_id: string | null;
            /** @description The platform's field. */
            field: string | null;
            /** @description When it was set aside; it can be tried again for 30 days. */
            received_at: string;
            /** @description SHA-256 of the body it came in. */
            body_sha256: string;
        };
        /** @description A page of a list. */
        QuarantinedChangeList: {
            /** @description The items. */
            data: components["schemas"]["QuarantinedChange"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description A message that waits to be sent. */
        QueuedMessage: {
            /**
             * Format: uuid
             * @description Which message.
             */
            id: string;
            /**
             * Format: uuid
             * @description In which conversation.
             */
            conversation_id: string;
            /** @description Always `outbound`. */
            direction: string;
            /** @description The type of message. */
            type: string;
            /** @description What a person reads of it. */
            text: string | null;
            /** @description Always `queued`: what becomes of it, the message itself says later. */
            status: string;
            /** @description When it was asked for. */
            requested_at: string;
            /** @description When it is to be sent, if not at once. */
            send_at?: string | null;
            /** @description What keeps it from leaving at once, as things stood when it was asked for; null if nothing does. */
            waiting_for: components["schemas"]["WaitingFor"] | null;
        };
        /** @description What is charged for one message. */
        Rate: {
            /** @description The platform's category: `marketing`, `utility`, `authentication`, `service` … */
            category: string;
            /**
             * @description The calling code of the recipient's country, such as `55`; null for every country that no other
             *     rate names.
             * @default null
             */
            market?: string | null;
            /**
             * Format: uint64
             * @description Millionths of the currency's unit: 62500 is 0.0625.
             */
            micros: number;
        };
        /** @description What the platform charges from a time on. */
        RateCard: {
            /**
             * Format: date-time
             * @description From then on (RFC 3339), until the next card.
             */
            valid_from: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description What is charged for what. */
            rates: components["schemas"]["Rate"][];
        };
        /** @description Every card of a workspace. */
        RateCards: {
            /** @description The oldest first. */
            data: components["schemas"]["RateCard"][];
        };
        /** @description What one side made of a message. */
        ReactionView: {
            /** @description The emoji; none if it was erased. */
            emoji: string | null;
            /** @description Which side. */
            direction: components["schemas"]["DirectionView"];
            /**
             * Format: date-time
             * @description When, if the platform said so.
             */
            at: string | null;
        };
        /** @description What is to be shown. */
        ReadMark: {
            /**
             * Format: uuid
             * @description The customer's message; their newest one if not given. Those before it count as read too.
             * @default null
             */
            message_id?: string | null;
            /**
             * @description Show also that somebody writes, for 25 seconds or until an answer comes.
             * @default false
             */
            typing?: boolean;
        };
        /** @description What a number's customers see while an agent answers them. */
        ReadMarks: "off" | "read" | "typing";
        /** @description Whether the server should get requests. */
        Readiness: {
            /** @description Whether it should. */
            ready: boolean;
            /** @description Why not, in codes: `poisoned`, `draining`, `catching_up`. */
            reasons: string[];
            /**
             * Format: uint64
             * @description The newest position of the log.
             */
            head: number;
            /**
             * Format: uint64
             * @description Everything up to this position is visible in the read models.
             */
            applied: number;
        };
        /** @description Why nobody may act. */
        Reason: {
            /** @description Stays in the log; names nobody. */
            reason: string;
        };
        /** @description How a rebuild gets on. */
        RebuildStatus: {
            /**
             * Format: uint64
             * @description The position that it reached.
             */
            position: number;
            /**
             * Format: uint64
             * @description The position that it has to reach.
             */
            head: number;
            /**
             * Format: double
             * @description Events in a second, over its last stretch.
             */
            events_per_second?: number | null;
            /**
             * Format: double
             * @description Seconds that it still takes at that speed.
             */
            seconds_left?: number | null;
            /**
             * Format: double
             * @description The share of its last stretch that it rested for the sake of commits, 0 to 1.
             */
            throttled?: number | null;
        };
        /** @description One recipient. */
        Recipient: {
            /**
             * Format: uint32
             * @description The how manieth, from 1.
             */
            number: number;
            /**
             * Format: uuid
             * @description Who.
             */
            contact_id: string | null;
            /** @description What became of them. */
            outcome: components["schemas"]["RecipientOutcome"];
            /** @description Why they were passed over, if they were. */
            reason: string | null;
            /** @description The platform's error codes, if it failed. */
            codes: number[];
            /**
             * Format: uuid
             * @description In which conversation they were written to.
             */
            conversation_id: string | null;
            /**
             * Format: uuid
             * @description Their message.
             */
            message_id: string | null;
        };
        /** @description A page of a list. */
        RecipientList: {
            /** @description The items. */
            data: components["schemas"]["Recipient"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What became of a recipient. */
        RecipientOutcome: "waiting" | "queued" | "accepted" | "sent" | "delivered" | "read" | "failed" | "suppressed" | "skipped" | "cancelled" | "undetermined" | "unanswered";
        /** @description Who was added. */
        RecipientsAdded: {
            /**
             * Format: uint32
             * @description So many are to hear it besides.
             */
            added: number;
            /**
             * Format: uint32
             * @description So many were to hear it already.
             */
            repeated: number;
            /** @description Who was not added, and why. */
            refused: components["schemas"]["RefusedRecipient"][];
        };
        /** @description Everything that a story of a conversation is made from. */
        Recording: {
            /**
             * Format: uuid
             * @description Which conversation.
             */
            conversation: string;
            /** @description The platform's id of the business's number. */
            number: string;
            /** @description The platform's id of the business's account. */
            account: string;
            /** @description When the first of its events was recorded. */
            began: string;
            /**
             * @description What came in (`post`, cut down to this conversation) and what was asked for (`asked`), in
             *     the order of the log.
             */
            happened: {
                [key: string]: unknown;
            }[];
            /** @description Its messages. */
            messages: components["schemas"]["MessageView"][];
        };
        /** @description Something that is delivered again, as far as it has come. */
        Redelivery: {
            /**
             * Format: uuid
             * @description Which one; null if it was only counted.
             */
            id: string | null;
            /** @description `counted`, `running`, `finished` or `cancelled`. */
            status: string;
            /** @description What: `event`, `range`, `failed` or `since`. */
            what: string;
            /**
             * Format: uint64
             * @description Only events after this position.
             */
            after_position: number;
            /**
             * Format: uint64
             * @description Only events up to this position.
             */
            upto_position: number;
            /**
             * Format: uint64
             * @description How many events there were to deliver when it was asked for.
             */
            events: number;
            /**
             * Format: uint64
             * @description How many were delivered.
             */
            delivered: number;
            /**
             * Format: uint64
             * @description How many were given up.
             */
            failed: number;
            /**
             * Format: uint64
             * @description Everything up to this position was begun with.
             */
            position: number;
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            requested_at: string;
        };
        /** @description A page of a list. */
        RedeliveryList: {
            /** @description The items. */
            data: components["schemas"]["Redelivery"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What is to be delivered again. */
        RedeliverySelection: "event" | "range" | "failed" | "since";
        /** @description Somebody who was not added. */
        RefusedRecipient: {
            /**
             * Format: uint
             * @description Their place in the list, from 0.
             */
            index: number;
            /** @description The code of the error. */
            code: string;
            /** @description What is wrong. */
            detail: string;
            /** @description The field at fault. */
            field: string | null;
        };
        /** @description How much an agent says. */
        ReplyLimits: {
            /**
             * Format: uint32
             * @description Answers in one conversation within an hour.
             * @default null
             */
            per_hour?: number | null;
            /**
             * Format: uint32
             * @description Answers in one conversation until a person looked at it.
             * @default null
             */
            in_a_row?: number | null;
            /**
             * Format: uint32
             * @description Milliseconds that it waits for another message before it answers all of them at once.
             * @default 0
             */
            coalesce_milliseconds?: number;
        };
        /** @description How long answers took, in whole seconds. */
        ResponseTimes: {
            /**
             * Format: uint64
             * @description How many answers.
             */
            answers: number;
            /**
             * Format: uint64
             * @description The mean; null without answers, like all that follow.
             */
            mean_seconds: number | null;
            /**
             * Format: uint64
             * @description Half of the answers took no longer: the end of a step of the histogram, at most a quarter too long.
             */
            p50_seconds: number | null;
            /**
             * Format: uint64
             * @description Nine of ten answers took no longer, likewise.
             */
            p90_seconds: number | null;
        };
        /** @description Figures over time. */
        ResponseTimesAnalysis: {
            /**
             * Format: date-time
             * @description When the first point begins.
             */
            from: string;
            /**
             * Format: date-time
             * @description When the last point ends.
             */
            to: string;
            /** @description How long a point is. */
            granularity: components["schemas"]["Granularity"];
            /** @description Whose days. */
            timezone: string;
            /** @description Where what is counted came from. */
            traffic: components["schemas"]["Traffic"];
            /**
             * Format: uuid
             * @description The channel; null for all.
             */
            channel_id: string | null;
            /**
             * Format: uuid
             * @description The agent; null for all.
             */
            agent_id: string | null;
            /**
             * Format: uuid
             * @description The member of the staff; null for whatever happened.
             */
            operator_id: string | null;
            /** @description All of it. */
            totals: components["schemas"]["ResponseTimes"];
            /** @description Every point, also those in which nothing happened. */
            series: components["schemas"]["ResponseTimesPoint"][];
            /**
             * @description All of it, for each channel on which something happened; null if the weeks asked for have more
             *     than 100000 conversations, contacts and leads.
             */
            channels: components["schemas"]["ResponseTimesOfChannel"][] | null;
            /**
             * @description All of it, for each agent that was published where a conversation began; null as `channels`.
             *     Contacts and leads belong to none.
             */
            agents: components["schemas"]["ResponseTimesOfAgent"][] | null;
            /** @description Of it, what each member of the staff did. */
            operators: components["schemas"]["ResponseTimesOfOperator"][];
        };
        /** @description What was counted where an agent was published. */
        ResponseTimesOfAgent: {
            /**
             * Format: uuid
             * @description Which one.
             */
            agent_id: string;
            /**
             * Format: uint64
             * @description How many answers.
             */
            answers: number;
            /**
             * Format: uint64
             * @description The mean; null without answers, like all that follow.
             */
            mean_seconds: number | null;
            /**
             * Format: uint64
             * @description Half of the answers took no longer: the end of a step of the histogram, at most a quarter too long.
             */
            p50_seconds: number | null;
            /**
             * Format: uint64
             * @description Nine of ten answers took no longer, likewise.
             */
            p90_seconds: number | null;
        };
        /** @description What was counted on a channel. */
        ResponseTimesOfChannel: {
            /**
             * Format: uuid
             * @description Which one.
             */
            channel_id: string;
            /**
             * Format: uint64
             * @description How many answers.
             */
            answers: number;
            /**
             * Format: uint64
             * @description The mean; null without answers, like all that follow.
             */
            mean_seconds: number | null;
            /**
             * Format: uint64
             * @description Half of the answers took no longer: the end of a step of the histogram, at most a quarter too long.
             */
            p50_seconds: number | null;
            /**
             * Format: uint64
             * @description Nine of ten answers took no longer, likewise.
             */
            p90_seconds: number | null;
        };
        /** @description What a member of the staff did. */
        ResponseTimesOfOperator: {
            /**
             * Format: uuid
             * @description Who.
             */
            operator_id: string;
            /**
             * Format: uint64
             * @description How many answers.
             */
            answers: number;
            /**
             * Format: uint64
             * @description The mean; null without answers, like all that follow.
             */
            mean_seconds: number | null;
            /**
             * Format: uint64
             * @description Half of the answers took no longer: the end of a step of the histogram, at most a quarter too long.
             */
            p50_seconds: number | null;
            /**
             * Format: uint64
             * @description Nine of ten answers took no longer, likewise.
             */
            p90_seconds: number | null;
        };
        /** @description A point of a series. */
        ResponseTimesPoint: {
            /**
             * Format: date-time
             * @description When it begins.
             */
            at: string;
            /**
             * Format: uint64
             * @description How many answers.
             */
            answers: number;
            /**
             * Format: uint64
             * @description The mean; null without answers, like all that follow.
             */
            mean_seconds: number | null;
            /**
             * Format: uint64
             * @description Half of the answers took no longer: the end of a step of the histogram, at most a quarter too long.
             */
            p50_seconds: number | null;
            /**
             * Format: uint64
             * @description Nine of ten answers took no longer, likewise.
             */
            p90_seconds: number | null;
        };
        /** @description A number with which messages are sent again. */
        Resumed: {
            /**
             * Format: uuid
             * @description Which channel.
             */
            id: string;
            /** @description Always false. */
            sending_stopped: boolean;
        };
        /** @description What a person may do, whatever the key that they act with may. */
        Role: "owner" | "manager" | "operator" | "auditor";
        /** @description What can become of a row. */
        RowOutcome: "opened" | "exists" | "failed" | "blank";
        /** @description Rows of a read model. */
        RowPlace: {
            /** @description Which read model. */
            model: string;
            /**
             * Format: uint64
             * @description Rows.
             */
            rows: number;
            /**
             * Format: uint64
             * @description Tokens in them; what finds a contact by one is removed.
             */
            tokens: number;
        };
        /** @description What became of a row. */
        RowReport: {
            /**
             * Format: uint
             * @description The line at which it begins; in JSON, its number. The first one is 1.
             */
            line: number;
            /** @description What became of it. */
            outcome: components["schemas"]["RowOutcome"];
            /**
             * Format: uuid
             * @description The lead.
             */
            id?: string | null;
            /** @description The code of what is wrong. */
            code?: string | null;
            /** @description The member or column at fault. */
            field?: string | null;
            /** @description What is wrong and what would help. */
            reason?: string | null;
            /** @description What stands in the way. */
            other?: components["schemas"]["Other"] | null;
        };
        /** @description What a key may do. */
        Scope: "read" | "write" | "manage" | "conversations:read" | "conversations:write" | "leads:read" | "leads:write" | "agents:read" | "agents:write" | "analytics:read";
        /** @description A secret that Convolog holds: told apart, not told. */
        SecretShown: {
            /**
             * Format: uuid
             * @description Names it, for retiring it.
             */
            id: string;
            /** @description Tells it from others without telling it. */
            fingerprint: string;
        };
        /** @description What can be sent. */
        SendableType: "text" | "image" | "video" | "audio" | "document" | "sticker" | "location" | "contacts" | "reaction" | "interactive" | "template";
        /** @description A service. */
        Service: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What people call it. */
            name: string;
            /**
             * Format: uuid
             * @description Who does it.
             */
            staff_id: string | null;
            /**
             * Format: uint16
             * @description How long it takes.
             */
            duration_minutes: number;
            /**
             * Format: uint16
             * @description How long nothing else is booked before it.
             */
            buffer_before_minutes: number;
            /**
             * Format: uint16
             * @description How long nothing else is booked after it.
             */
            buffer_after_minutes: number;
            /**
             * Format: uint16
             * @description How far apart the times are that are offered, counted from each opening.
             */
            step_minutes: number;
            /** @description The time zone of its hours. */
            time_zone: string;
            /** @description When it is open, each week. */
            weekly: components["schemas"]["ServiceHours"][];
            /** @description Days that are not like those of every week. */
            exceptions: components["schemas"]["ServiceException"][];
            /**
             * Format: uint32
             * @description How long before it begins it has to be booked.
             */
            notice_minutes: number;
            /**
             * Format: uint16
             * @description How many days ahead it can be booked.
             */
            horizon_days: number;
            /**
             * Format: uint32
             * @description How long before it begins somebody is reminded of it; null if nobody is.
             */
            remind_minutes: number | null;
            /** @description It can be booked. */
            active: boolean;
            /** @description When it was made; missing in the answer to a command. */
            created_at?: string | null;
        };
        /** @description A stretch of a day. */
        ServiceDayHours: {
            /**
             * Format: uint16
             * @description Minutes after midnight.
             */
            opens: number;
            /**
             * Format: uint16
             * @description Minutes after midnight; 1440 is the end of the day.
             */
            closes: number;
        };
        /** @description A day that is not like those of every week. */
        ServiceException: {
            /** @description Which day, such as `2026-12-24`. */
            date: string;
            /**
             * @description When it is open then; empty = closed.
             * @default []
             */
            hours?: components["schemas"]["ServiceDayHours"][];
        };
        /** @description A stretch of one day of the week. */
        ServiceHours: {
            /**
             * Format: uint8
             * @description 1 = Monday … 7 = Sunday.
             */
            day: number;
            /**
             * Format: uint16
             * @description Minutes after midnight.
             */
            opens: number;
            /**
             * Format: uint16
             * @description Minutes after midnight; 1440 is the end of the day.
             */
            closes: number;
        };
        /** @description A page of a list. */
        ServiceList: {
            /** @description The items. */
            data: components["schemas"]["Service"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What is to be set; what is left out stays as it is, or as is usual. */
        ServiceSettings: {
            /**
             * @description What people call it.
             * @default null
             */
            name?: string | null;
            /**
             * Format: uuid
             * @description Who does it: one of the staff. Nobody is in two places, whatever the service.
             * @default null
             */
            staff_id?: string | null;
            /**
             * Format: uint16
             * @description How long it takes; half an hour if not given.
             * @default null
             */
            duration_minutes?: number | null;
            /**
             * Format: uint16
             * @description How long nothing else is booked before it.
             * @default null
             */
            buffer_before_minutes?: number | null;
            /**
             * Format: uint16
             * @description How long nothing else is booked after it.
             * @default null
             */
            buffer_after_minutes?: number | null;
            /**
             * Format: uint16
             * @description How far apart the times are that are offered, counted from each opening; as far as an
             *     appointment is long if not given.
             * @default null
             */
            step_minutes?: number | null;
            /**
             * @description The time zone of its hours (IANA).
             * @default null
             */
            time_zone?: string | null;
            /**
             * @description When it is open, each week.
             * @default null
             */
            weekly?: components["schemas"]["ServiceHours"][] | null;
            /**
             * @description Days that are not like those of every week: all of them, those that are not listed are over.
             * @default null
             */
            exceptions?: components["schemas"]["ServiceException"][] | null;
            /**
             * Format: uint32
             * @description How long before it begins it has to be booked.
             * @default null
             */
            notice_minutes?: number | null;
            /**
             * Format: uint16
             * @description How many days ahead it can be booked; 60 if not given.
             * @default null
             */
            horizon_days?: number | null;
            /**
             * Format: uint32
             * @description How long before it begins somebody is reminded of it; null if nobody is.
             * @default null
             */
            remind_minutes?: number | null;
            /**
             * @description It can be booked. What is booked stays booked.
             * @default null
             */
            active?: boolean | null;
        };
        /** @description A lead that is sealed for another contact as well. */
        SharedLead: {
            /**
             * Format: uuid
             * @description Which one.
             */
            lead: string;
            /**
             * Format: uuid
             * @description The other contact.
             */
            contact: string;
        };
        /** @description A secret that signs. */
        SigningSecret: {
            /**
             * Format: uuid
             * @description Names it.
             */
            id: string;
            /** @description Tells it from others without telling it. */
            fingerprint: string;
            /** @description When it stops signing; null for the current one. */
            expires_at: string | null;
        };
        /** @description A time that can be booked. */
        Slot: {
            /** @description When it begins: what is booked. */
            starts_at: string;
            /** @description When it ends. */
            ends_at: string;
            /** @description When it begins, as the clocks of the time zone show it, with their distance from UTC. */
            local: string;
        };
        /** @description The free times of a service. */
        Slots: {
            /** @description The time zone in which `local` is shown. */
            time_zone: string;
            /** @description Those that begin at this time or later. */
            from: string;
            /** @description Those that begin before this time. */
            to: string;
            /** @description The times, in order. */
            data: components["schemas"]["Slot"][];
        };
        /** @description A piece of a text that shows what was asked for. */
        Snippet: {
            /** @description The piece. */
            text: string;
            /**
             * Format: uint
             * @description Its first byte in the whole text.
             */
            offset: number;
            /** @description The words in it that answer the question, as bytes of the piece. */
            highlights: components["schemas"]["Highlight"][];
            /** @description The same as HTML: escaped, the words in `<mark>`. */
            html: string;
        };
        /** @description Somebody on the staff. */
        Somebody: {
            /**
             * Format: uuid
             * @description Who.
             */
            person_id: string;
        };
        /** @description A member of the staff. */
        StaffMember: {
            /**
             * Format: uuid
             * @description Their id.
             */
            id: string;
            /** @description Their name; none if it was erased. */
            name: string | null;
        };
        /** @description What happened with one status. */
        StageFigures: {
            /** @description Which one. */
            status: string;
            /**
             * Format: uint64
             * @description How often a lead came to it.
             */
            entered: number;
            /**
             * Format: uint64
             * @description How many leads came to it for the first time.
             */
            reached: number;
            /**
             * Format: uint64
             * @description How often a lead left it, merged ones included.
             */
            left: number;
        };
        /** @description A status that the platform told. */
        StatusView: {
            /** @description As the platform wrote it; not only those that this version knows. */
            status: string;
            /**
             * Format: date-time
             * @description When, if the platform said so.
             */
            at: string | null;
        };
        /** @description A stream with something sealed. */
        StreamPlace: {
            /** @description `kind/id`. */
            stream: string;
            /**
             * Format: uint64
             * @description Events with a sealed part about them.
             */
            events: number;
        };
        /** @description Tags. */
        Tags: {
            /**
             * @description Letters, digits and `-_.:/` without spaces, kept in lower case. They stand in the clear: say
             *     what a conversation is about, not who somebody is.
             */
            tags: string[];
        };
        /** @description What is wanted from now on. */
        TargetSet: {
            /** @description Which status. */
            status: string;
            /** @description For when. */
            period: string;
            /**
             * Format: uint64
             * @description So many leads are to come to it.
             */
            count: number | null;
            /** @description They are to be worth so much when they do. */
            value: components["schemas"]["Money"] | null;
        };
        /** @description A button of a template. */
        TemplateButtonView: {
            /** @description `quick_reply`, `url`, `phone_number`, `copy_code` … */
            type: string;
            /** @description Whether a value has to be given. */
            needs_value: boolean;
        };
        /** @description Templates that say the same. */
        TemplateGroup: {
            /**
             * Format: uuid
             * @description Which group.
             */
            id: string;
            /** @description What its people call it. */
            name: string;
            /** @description The preferred template, then those that are sent in its place, in this order. */
            members: string[];
            /** @description When it was made; missing in the answers to commands. */
            created_at?: string | null;
        };
        /** @description What is to be different about a group; what is left out stays. */
        TemplateGroupChanges: {
            /**
             * @description What its people call it.
             * @default null
             */
            name?: string | null;
            /**
             * @description Ids of templates, in order of preference.
             * @default null
             */
            members?: string[] | null;
        };
        /** @description A page of a list. */
        TemplateGroupList: {
            /** @description The items. */
            data: components["schemas"]["TemplateGroup"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What has to be given when a template is sent. */
        TemplateParametersView: {
            /** @description `named` or `positional`. */
            format: string;
            /** @description The kind of its header, if it has one: `text`, `image`, `video`, `document`, `location`. */
            header_type: string | null;
            /** @description The parameters of its header. */
            header: string[];
            /** @description The parameters of its body. */
            body: string[];
            /** @description Its buttons, in order. */
            buttons: components["schemas"]["TemplateButtonView"][];
        };
        /** @description A reading of the platform's templates. */
        TemplateSync: {
            /**
             * Format: uuid
             * @description The channel whose business account is read.
             */
            channel_id: string;
            /** @description `pending`, `done`, or `failed`: the platform's list was not read to its end. */
            status: string;
            /** @description When it was asked for. */
            requested_at: string;
            /** @description When it ended. */
            finished_at: string | null;
            /**
             * Format: uint32
             * @description Templates on the platform's list.
             */
            seen: number;
            /**
             * Format: uint32
             * @description Those of which something was not known.
             */
            recorded: number;
            /**
             * Format: uint32
             * @description Those known before that are not on it any more.
             */
            gone: number;
            /**
             * Format: uint16
             * @description The HTTP status of the answer that ended it early.
             */
            http_status: number | null;
            /**
             * Format: int64
             * @description The platform's error code in it.
             */
            code: number | null;
        };
        /** @description A message template. */
        TemplateView: {
            /**
             * Format: uuid
             * @description Which template.
             */
            id: string;
            /** @description Its name. */
            name: string;
            /** @description Its language, as the platform writes it. */
            language: string;
            /** @description `marketing`, `utility`, `authentication`; null if nobody said. */
            category: string | null;
            /** @description `approved`, `pending`, `rejected`, `paused`, `disabled`, `deleted` … */
            status: string | null;
            /** @description Why, in the platform's word. */
            reason: string | null;
            /** @description Why, in the platform's own words. */
            status_details: unknown;
            /** @description `green`, `yellow`, `red`, if the platform says. */
            quality: string | null;
            /** @description It was made with a test key: the platform does not have it. */
            sandbox: boolean;
            /** @description The platform's id of the business account. */
            waba_id: string;
            /** @description The platform's id of the template. */
            platform_id: string | null;
            /** @description Whether it can be sent, as far as it is known. */
            sendable: boolean;
            /** @description What has to be given when it is sent; null if its components are not known. */
            parameters: components["schemas"]["TemplateParametersView"] | null;
            /** @description Its components, as the platform takes them; null if they are not known. */
            components: unknown;
            /**
             * Format: date-time
             * @description When it was first heard of.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When something about it was recorded last.
             */
            updated_at: string;
            /**
             * Format: uint64
             * @description Where that stands in the log.
             */
            position: number;
        };
        /** @description A page of a list. */
        TemplateViewList: {
            /** @description The items. */
            data: components["schemas"]["TemplateView"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description Through which channel. */
        Through: {
            /**
             * Format: uuid
             * @description The channel whose business account is read.
             */
            channel_id: string;
        };
        /** @description One thing in a timeline, under the name of what it is. */
        TimelineEntry: {
            message: components["schemas"]["MessageView"];
        } | {
            act: components["schemas"]["ActView"];
        } | {
            preference: components["schemas"]["PreferenceChange"];
        };
        /** @description A page of a list. */
        TimelineEntryList: {
            /** @description The items. */
            data: components["schemas"]["TimelineEntry"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description What a million tokens cost, in the smallest unit of a currency (cents). */
        TokenPrice: {
            /** @description The currency: three capital letters (ISO 4217). */
            currency: string;
            /**
             * Format: uint64
             * @description A million that the model reads.
             */
            input_per_million: number;
            /**
             * Format: uint64
             * @description A million that it writes.
             */
            output_per_million: number;
        };
        /** @description Where what is counted came from. */
        Traffic: "live" | "test" | "imported";
        /** @description A conversation as it stood. */
        Transcript: {
            /**
             * Format: uuid
             * @description The log it was read from.
             */
            log: string | null;
            /**
             * Format: uint64
             * @description Everything up to this position was taken into account.
             */
            position: number;
            /** @description When the event at that position was recorded. */
            recorded_at: string | null;
            /** @description The position that was asked for, or that the time asked for stands for; null for now. */
            as_of: string | null;
            /** @description When the contact's data was erased, also if that was later than `as_of`. */
            erased_at: string | null;
            /** @description Who answers for that: `person …` or `key …` with its id, or `administrator`. */
            erased_by: string | null;
            /** @description The Merkle tree over all events of the log up to that position. */
            tree: components["schemas"]["Tree"] | null;
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationView"];
            /** @description Its messages, in the order shown. */
            messages: components["schemas"]["MessageView"][];
            /** @description What operators did with it, in the order shown. */
            acts: components["schemas"]["ActView"][];
            /** @description What was told of each message and when, if that was asked for. */
            history: {
                [key: string]: unknown;
            }[] | null;
        };
        /** @description Moves from one status to another. */
        Transition: {
            /** @description The status before. */
            from: string;
            /** @description The status after. */
            to: string;
            /**
             * Format: uint64
             * @description How many moves.
             */
            count: number;
            /**
             * Format: double
             * @description Their share of all moves from the status before, 0 to 1.
             */
            rate: number | null;
            /**
             * Format: uint64
             * @description How long the leads had had the status before, in whole seconds: the mean.
             */
            mean_seconds: number | null;
            /**
             * Format: uint64
             * @description Half of them had it no longer: the end of a step of the histogram, at most a quarter too
             *     long.
             */
            p50_seconds: number | null;
            /**
             * Format: uint64
             * @description Nine of ten had it no longer, likewise.
             */
            p90_seconds: number | null;
        };
        /** @description A Merkle tree head. */
        Tree: {
            /**
             * Format: uint64
             * @description How many events it covers.
             */
            size: number;
            /** @description Its root, in hex digits. */
            root: string;
        };
        /** @description Two contacts after the change. */
        TwoContacts: {
            /**
             * Format: uuid
             * @description The one of the path.
             */
            id: string;
            /**
             * Format: uuid
             * @description The other one.
             */
            other: string;
            /** @description Whether the other one is merged into it now. */
            merged: boolean;
        };
        /** @description What the vault holds. */
        VaultPlace: {
            /**
             * Format: uint
             * @description Sealing keys.
             */
            keys: number;
            /**
             * Format: uint
             * @description Keys made of theirs and others', for what concerns several people at once.
             */
            joint_keys: number;
            /**
             * Format: uint
             * @description Tokens that lead from a number or another identity to them.
             */
            identity_tokens: number;
        };
        /** @description What a check of everything found. */
        Verification: {
            /** @description Whether nothing is wrong. */
            clean: boolean;
            /**
             * @description What was looked at, in numbers, and the first problem of each part; as
             *     `convolog verify --json` prints it.
             */
            report: {
                [key: string]: unknown;
            };
        };
        /** @description How much happened. */
        Volumes: {
            /**
             * Format: uint64
             * @description Messages from contacts.
             */
            inbound: number;
            /**
             * Format: uint64
             * @description Messages from the business: asked for here, or written elsewhere.
             */
            outbound: number;
            /**
             * Format: uint64
             * @description Of those, messages asked for here.
             */
            requested: number;
            /**
             * Format: uint64
             * @description Conversations that began.
             */
            conversations_opened: number;
            /**
             * Format: uint64
             * @description Times a conversation was closed.
             */
            conversations_closed: number;
            /**
             * Format: uint64
             * @description Times a closed one went on.
             */
            conversations_reopened: number;
            /**
             * Format: uint64
             * @description Contacts that were heard of for the first time.
             */
            contacts_created: number;
            /**
             * Format: uint64
             * @description Times the platform said that a message was sent.
             */
            sent: number;
            /**
             * Format: uint64
             * @description Times it said that one was delivered.
             */
            delivered: number;
            /**
             * Format: uint64
             * @description Times it said that one was read.
             */
            read: number;
            /**
             * Format: uint64
             * @description Times it said that one failed.
             */
            failed: number;
        };
        /** @description Figures over time. */
        VolumesAnalysis: {
            /**
             * Format: date-time
             * @description When the first point begins.
             */
            from: string;
            /**
             * Format: date-time
             * @description When the last point ends.
             */
            to: string;
            /** @description How long a point is. */
            granularity: components["schemas"]["Granularity"];
            /** @description Whose days. */
            timezone: string;
            /** @description Where what is counted came from. */
            traffic: components["schemas"]["Traffic"];
            /**
             * Format: uuid
             * @description The channel; null for all.
             */
            channel_id: string | null;
            /**
             * Format: uuid
             * @description The agent; null for all.
             */
            agent_id: string | null;
            /**
             * Format: uuid
             * @description The member of the staff; null for whatever happened.
             */
            operator_id: string | null;
            /** @description All of it. */
            totals: components["schemas"]["Volumes"];
            /** @description Every point, also those in which nothing happened. */
            series: components["schemas"]["VolumesPoint"][];
            /**
             * @description All of it, for each channel on which something happened; null if the weeks asked for have more
             *     than 100000 conversations, contacts and leads.
             */
            channels: components["schemas"]["VolumesOfChannel"][] | null;
            /**
             * @description All of it, for each agent that was published where a conversation began; null as `channels`.
             *     Contacts and leads belong to none.
             */
            agents: components["schemas"]["VolumesOfAgent"][] | null;
            /** @description Of it, what each member of the staff did. */
            operators: components["schemas"]["VolumesOfOperator"][];
        };
        /** @description What was counted where an agent was published. */
        VolumesOfAgent: {
            /**
             * Format: uuid
             * @description Which one.
             */
            agent_id: string;
            /**
             * Format: uint64
             * @description Messages from contacts.
             */
            inbound: number;
            /**
             * Format: uint64
             * @description Messages from the business: asked for here, or written elsewhere.
             */
            outbound: number;
            /**
             * Format: uint64
             * @description Of those, messages asked for here.
             */
            requested: number;
            /**
             * Format: uint64
             * @description Conversations that began.
             */
            conversations_opened: number;
            /**
             * Format: uint64
             * @description Times a conversation was closed.
             */
            conversations_closed: number;
            /**
             * Format: uint64
             * @description Times a closed one went on.
             */
            conversations_reopened: number;
            /**
             * Format: uint64
             * @description Contacts that were heard of for the first time.
             */
            contacts_created: number;
            /**
             * Format: uint64
             * @description Times the platform said that a message was sent.
             */
            sent: number;
            /**
             * Format: uint64
             * @description Times it said that one was delivered.
             */
            delivered: number;
            /**
             * Format: uint64
             * @description Times it said that one was read.
             */
            read: number;
            /**
             * Format: uint64
             * @description Times it said that one failed.
             */
            failed: number;
        };
        /** @description What was counted on a channel. */
        VolumesOfChannel: {
            /**
             * Format: uuid
             * @description Which one.
             */
            channel_id: string;
            /**
             * Format: uint64
             * @description Messages from contacts.
             */
            inbound: number;
            /**
             * Format: uint64
             * @description Messages from the business: asked for here, or written elsewhere.
             */
            outbound: number;
            /**
             * Format: uint64
             * @description Of those, messages asked for here.
             */
            requested: number;
            /**
             * Format: uint64
             * @description Conversations that began.
             */
            conversations_opened: number;
            /**
             * Format: uint64
             * @description Times a conversation was closed.
             */
            conversations_closed: number;
            /**
             * Format: uint64
             * @description Times a closed one went on.
             */
            conversations_reopened: number;
            /**
             * Format: uint64
             * @description Contacts that were heard of for the first time.
             */
            contacts_created: number;
            /**
             * Format: uint64
             * @description Times the platform said that a message was sent.
             */
            sent: number;
            /**
             * Format: uint64
             * @description Times it said that one was delivered.
             */
            delivered: number;
            /**
             * Format: uint64
             * @description Times it said that one was read.
             */
            read: number;
            /**
             * Format: uint64
             * @description Times it said that one failed.
             */
            failed: number;
        };
        /** @description What a member of the staff did. */
        VolumesOfOperator: {
            /**
             * Format: uuid
             * @description Who.
             */
            operator_id: string;
            /**
             * Format: uint64
             * @description Messages from contacts.
             */
            inbound: number;
            /**
             * Format: uint64
             * @description Messages from the business: asked for here, or written elsewhere.
             */
            outbound: number;
            /**
             * Format: uint64
             * @description Of those, messages asked for here.
             */
            requested: number;
            /**
             * Format: uint64
             * @description Conversations that began.
             */
            conversations_opened: number;
            /**
             * Format: uint64
             * @description Times a conversation was closed.
             */
            conversations_closed: number;
            /**
             * Format: uint64
             * @description Times a closed one went on.
             */
            conversations_reopened: number;
            /**
             * Format: uint64
             * @description Contacts that were heard of for the first time.
             */
            contacts_created: number;
            /**
             * Format: uint64
             * @description Times the platform said that a message was sent.
             */
            sent: number;
            /**
             * Format: uint64
             * @description Times it said that one was delivered.
             */
            delivered: number;
            /**
             * Format: uint64
             * @description Times it said that one was read.
             */
            read: number;
            /**
             * Format: uint64
             * @description Times it said that one failed.
             */
            failed: number;
        };
        /** @description A point of a series. */
        VolumesPoint: {
            /**
             * Format: date-time
             * @description When it begins.
             */
            at: string;
            /**
             * Format: uint64
             * @description Messages from contacts.
             */
            inbound: number;
            /**
             * Format: uint64
             * @description Messages from the business: asked for here, or written elsewhere.
             */
            outbound: number;
            /**
             * Format: uint64
             * @description Of those, messages asked for here.
             */
            requested: number;
            /**
             * Format: uint64
             * @description Conversations that began.
             */
            conversations_opened: number;
            /**
             * Format: uint64
             * @description Times a conversation was closed.
             */
            conversations_closed: number;
            /**
             * Format: uint64
             * @description Times a closed one went on.
             */
            conversations_reopened: number;
            /**
             * Format: uint64
             * @description Contacts that were heard of for the first time.
             */
            contacts_created: number;
            /**
             * Format: uint64
             * @description Times the platform said that a message was sent.
             */
            sent: number;
            /**
             * Format: uint64
             * @description Times it said that one was delivered.
             */
            delivered: number;
            /**
             * Format: uint64
             * @description Times it said that one was read.
             */
            read: number;
            /**
             * Format: uint64
             * @description Times it said that one failed.
             */
            failed: number;
        };
        /** @description What keeps a message from leaving. */
        WaitingFor: "send_at" | "arming" | "number" | "number_slowed" | "earlier_message";
        /** @description What to do, and with which conversations. */
        Wanted: {
            /** @description Which conversations. */
            ids: string[];
            /** @description What to do. */
            action: components["schemas"]["BulkAction"];
            /**
             * Format: uuid
             * @description For `assign`: to whom.
             * @default null
             */
            person_id?: string | null;
            /**
             * @description For `tag` and `untag`: the tags.
             * @default []
             */
            tags?: string[];
            /**
             * @description For `note`: the text.
             * @default null
             */
            text?: string | null;
        };
        /** @description Rules to be set. What is left out is as is usual. */
        Wanted2: {
            /**
             * Format: uuid
             * @description The agent in whose conversations they hold, instead of the workspace's own; none for those.
             * @default null
             */
            agent_id?: string | null;
            /**
             * @description False takes the rules away: without any, nothing is learned.
             * @default true
             */
            enabled?: boolean;
            /**
             * @description The fields that are learned: some of `name`, `email`, `phone`, `need`, `budget`, `date`; all
             *     if not given.
             * @default null
             */
            learn?: string[] | null;
            /**
             * @description The currency that is meant where nobody names one (ISO 4217).
             * @default null
             */
            currency?: string | null;
            /**
             * @description What each field that is known adds to the score, 0 to 100; an empty object for no score by
             *     rule.
             * @default null
             */
            points?: {
                [key: string]: number;
            } | null;
            /** @description A new lead that fits one of these is qualified. */
            qualifies?: components["schemas"]["NewLeadQualification"][];
        };
        /** @description An app to be registered. */
        Wanted3: {
            /** @description What its owner calls it. */
            name: string;
            /** @description The app's secret, which signs posts. */
            app_secret: string;
            /** @description What the platform repeats in the handshake. */
            verify_token: string;
            /**
             * @description The version of the Graph API it is subscribed with; `v25.0` if not given.
             * @default v25.0
             */
            graph_version?: string;
        };
        /** @description A webhook subscription. */
        Webhook: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What the staff calls it. */
            name: string;
            /** @description Where events are delivered; null if it cannot be opened any more. */
            url: string | null;
            /** @description The events that are asked for. */
            events: string[];
            /** @description The names that they stood for when they were saved; empty if no kind is asked for. */
            event_names: string[];
            /** @description What an event must say to be delivered: all of it. */
            filters: components["schemas"]["WebhookFilter"][];
            /**
             * Format: uint16
             * @description Deliveries within a second, at most; null for as many as can be.
             */
            rate_per_second: number | null;
            /**
             * Format: uuid
             * @description The agent whose conversations are told of; null for all.
             */
            agent_id: string | null;
            /** @description In which order they are delivered. */
            order: string;
            /** @description How deliveries are signed: `standard`, or `ed25519` or a dialect's signature beside it. */
            signature: string;
            /**
             * @description Whether something is delivered: `active`, `paused` (by somebody, until it is resumed) or
             *     `disabled` (its receiver answered 410: until it is resumed or a probe is answered).
             */
            status: string;
            /** @description The secrets that sign, the current one last: told apart, not told. */
            secrets: components["schemas"]["SigningSecret"][];
            /** @description How the receiver is doing; missing in the answers to commands. */
            health?: components["schemas"]["WebhookHealth"] | null;
            /** @description When it was created; missing in the answer that creates it. */
            created_at?: string | null;
        };
        /** @description What is to be changed; what is left out stays as it is. */
        WebhookChanges: {
            /**
             * @description Where events are delivered: an https address on the public internet.
             * @default null
             */
            url?: string | null;
            /**
             * @description Names of events, all of a kind (`conversation.*`), or all (`*`).
             * @default null
             */
            events?: string[] | null;
            /**
             * @description What the staff calls it.
             * @default null
             */
            name?: string | null;
            /**
             * @description In which order events are delivered.
             * @default null
             * @enum {string}
             */
            order?: "ordered" | "ordered_by_conversation" | "unordered";
            /**
             * @description How deliveries are signed.
             * @default null
             * @enum {string}
             */
            signature?: "standard" | "ed25519" | "convoai" | "convo" | "avelto";
            /**
             * Format: uint16
             * @description Deliveries within a second, at most; null for as many as can be.
             * @default null
             */
            rate_per_second?: number | null;
            /**
             * @description What an event must say to be delivered: all of it. All filters, those that are not listed are
             *     over.
             * @default null
             */
            filters?: components["schemas"]["WebhookFilter"][] | null;
        };
        /** @description What a field of an event must say. */
        WebhookFilter: {
            /**
             * @description The path of the field within the `data` of the event, in the clear, such as `channel` or
             *     `what.service`. An event without it is not delivered.
             */
            field: string;
            /** @description What it says, numbers as texts. */
            equals: string;
        };
        /** @description How a receiver is doing. */
        WebhookHealth: {
            /**
             * @description `healthy`, `degraded` (often fails), `paused` (fails altogether: tried once an hour) or
             *     `disabled` (answered 410: until it is resumed or probed).
             */
            status: string;
            /** @description Why; null if nothing ever happened. */
            reason: string | null;
            /**
             * Format: date-time
             * @description Since when; null if nothing ever happened.
             */
            since: string | null;
            /**
             * Format: date-time
             * @description When it is tried again, if it was paused by itself or asked for patience; null if nothing
             *     waits for that.
             */
            next_attempt_at: string | null;
        };
        /** @description A public key. */
        WebhookKey: {
            /** @description As Standard Webhooks writes it: `whpk_` and base64. */
            public_key: string;
            /** @description When it stops signing; null for the current one. */
            expires_at: string | null;
        };
        /** @description The keys that sign a subscription's deliveries. */
        WebhookKeys: {
            /** @description Always `ed25519`. */
            algorithm: string;
            /** @description The keys, the current one last: during a rotation both sign. */
            keys: components["schemas"]["WebhookKey"][];
        };
        /** @description A page of a list. */
        WebhookList: {
            /** @description The items. */
            data: components["schemas"]["Webhook"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
        /** @description From when on. */
        When: {
            /**
             * Format: date-time
             * @description Not before this time (RFC 3339), at most 90 days ahead; now if nothing is said.
             * @default null
             */
            send_at?: string | null;
        };
        /** @description Why, and for the administrator where. */
        Why: {
            /**
             * Format: uuid
             * @description The workspace that the contact belongs to. The administrator must name it; a key acts in its
             *     own.
             * @default null
             */
            workspace_id?: string | null;
            /**
             * @description Why: a closed list, because it stays in the clear for ever.
             * @enum {string}
             */
            reason: "requested" | "consent_withdrawn" | "retention_over" | "test_data" | "other";
        };
        /** @description A tenant. */
        Workspace: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What its people call it. */
            name: string;
            /** @description The plan, which sets limits. */
            plan: string;
            /** @description When it was set up; missing in the answer that sets it up. */
            created_at?: string | null;
        };
        /** @description A page of a list. */
        WorkspaceList: {
            /** @description The items. */
            data: components["schemas"]["Workspace"][];
            /** @description Give it back as `page` for the next page; null on the last one. */
            next_page: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_agents: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of agents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "97ce412e-806a-48a6-bd73-c67dfe3d5687",
                     *           "status": "published",
                     *           "version": 1,
                     *           "published_version": 1,
                     *           "serving": [
                     *             "ad0f98b7-3b6d-4af4-8258-a438c3f5873e"
                     *           ],
                     *           "name": "Riverside Dental assistant",
                     *           "provider": "built_in",
                     *           "model": null,
                     *           "temperature_percent": null,
                     *           "max_tokens": null,
                     *           "language": null,
                     *           "time_zone": null,
                     *           "business_hours": [],
                     *           "channels": [
                     *             "ad0f98b7-3b6d-4af4-8258-a438c3f5873e"
                     *           ],
                     *           "documents": null,
                     *           "handoff": {
                     *             "on_request": true,
                     *             "when_unsure": true,
                     *             "outside_hours": false,
                     *             "unknown_language": true,
                     *             "guess_when_unsure": false
                     *           },
                     *           "replies": {
                     *             "per_hour": null,
                     *             "in_a_row": null,
                     *             "coalesce_milliseconds": 1500
                     *           },
                     *           "connection_id": null,
                     *           "instructions": "Answer from the documents, briefly and politely.",
                     *           "created_at": "2026-11-22T10:14:24.801025Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["AgentList"];
                };
            };
        };
    };
    create_agent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Evening assistant",
                 *       "instructions": "Answer briefly. Hand over when somebody is in pain.",
                 *       "language": "en",
                 *       "time_zone": "Europe/Lisbon",
                 *       "business_hours": [
                 *         {
                 *           "day": 1,
                 *           "opens": 1020,
                 *           "closes": 1320
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Changes"];
            };
        };
        responses: {
            /** @description The agent. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb",
                     *       "status": "draft",
                     *       "version": 1,
                     *       "published_version": null,
                     *       "serving": [],
                     *       "name": "Evening assistant",
                     *       "provider": "built_in",
                     *       "model": null,
                     *       "temperature_percent": null,
                     *       "max_tokens": null,
                     *       "language": "en",
                     *       "time_zone": "Europe/Lisbon",
                     *       "business_hours": [
                     *         {
                     *           "day": 1,
                     *           "opens": 1020,
                     *           "closes": 1320
                     *         }
                     *       ],
                     *       "channels": [],
                     *       "documents": null,
                     *       "handoff": {
                     *         "on_request": true,
                     *         "when_unsure": true,
                     *         "outside_hours": false,
                     *         "unknown_language": true,
                     *         "guess_when_unsure": false
                     *       },
                     *       "replies": {
                     *         "per_hour": null,
                     *         "in_a_row": null,
                     *         "coalesce_milliseconds": 0
                     *       },
                     *       "connection_id": null,
                     *       "instructions": "Answer briefly. Hand over when somebody is in pain."
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    show_agent: {
        parameters: {
            query?: {
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 97ce412e-806a-48a6-bd73-c67dfe3d5687
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "97ce412e-806a-48a6-bd73-c67dfe3d5687",
                     *       "status": "published",
                     *       "version": 1,
                     *       "published_version": 1,
                     *       "serving": [
                     *         "ad0f98b7-3b6d-4af4-8258-a438c3f5873e"
                     *       ],
                     *       "name": "Riverside Dental assistant",
                     *       "provider": "built_in",
                     *       "model": null,
                     *       "temperature_percent": null,
                     *       "max_tokens": null,
                     *       "language": null,
                     *       "time_zone": null,
                     *       "business_hours": [],
                     *       "channels": [
                     *         "ad0f98b7-3b6d-4af4-8258-a438c3f5873e"
                     *       ],
                     *       "documents": null,
                     *       "handoff": {
                     *         "on_request": true,
                     *         "when_unsure": true,
                     *         "outside_hours": false,
                     *         "unknown_language": true,
                     *         "guess_when_unsure": false
                     *       },
                     *       "replies": {
                     *         "per_hour": null,
                     *         "in_a_row": null,
                     *         "coalesce_milliseconds": 1500
                     *       },
                     *       "connection_id": null,
                     *       "instructions": "Answer from the documents, briefly and politely.",
                     *       "created_at": "2026-11-22T10:14:24.801025Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    update_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "replies": {
                 *         "per_hour": 30,
                 *         "in_a_row": 5,
                 *         "coalesce_milliseconds": 2000
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Changes"];
            };
        };
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb",
                     *       "status": "draft",
                     *       "version": 2,
                     *       "published_version": null,
                     *       "serving": [],
                     *       "name": "Evening assistant",
                     *       "provider": "built_in",
                     *       "model": null,
                     *       "temperature_percent": null,
                     *       "max_tokens": null,
                     *       "language": "en",
                     *       "time_zone": "Europe/Lisbon",
                     *       "business_hours": [
                     *         {
                     *           "day": 1,
                     *           "opens": 1020,
                     *           "closes": 1320
                     *         }
                     *       ],
                     *       "channels": [],
                     *       "documents": null,
                     *       "handoff": {
                     *         "on_request": true,
                     *         "when_unsure": true,
                     *         "outside_hours": false,
                     *         "unknown_language": true,
                     *         "guess_when_unsure": false
                     *       },
                     *       "replies": {
                     *         "per_hour": 30,
                     *         "in_a_row": 5,
                     *         "coalesce_milliseconds": 2000
                     *       },
                     *       "connection_id": null,
                     *       "instructions": null
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    show_agent_versions: {
        parameters: {
            query?: {
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 97ce412e-806a-48a6-bd73-c67dfe3d5687
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "version": 1,
                     *           "published": true,
                     *           "name": "Riverside Dental assistant",
                     *           "provider": "built_in",
                     *           "model": null,
                     *           "temperature_percent": null,
                     *           "max_tokens": null,
                     *           "language": null,
                     *           "time_zone": null,
                     *           "business_hours": [],
                     *           "channels": [
                     *             "ad0f98b7-3b6d-4af4-8258-a438c3f5873e"
                     *           ],
                     *           "documents": null,
                     *           "handoff": {
                     *             "on_request": true,
                     *             "when_unsure": true,
                     *             "outside_hours": false,
                     *             "unknown_language": true,
                     *             "guess_when_unsure": false
                     *           },
                     *           "replies": {
                     *             "per_hour": null,
                     *             "in_a_row": null,
                     *             "coalesce_milliseconds": 1500
                     *           },
                     *           "connection_id": null,
                     *           "instructions": "Answer from the documents, briefly and politely.",
                     *           "created_at": "2026-11-22T10:14:24.801025Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["AgentVersionList"];
                };
            };
        };
    };
    publish_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Chosen"];
            };
        };
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb",
                     *       "status": "published",
                     *       "version": 2,
                     *       "published_version": 2,
                     *       "serving": [],
                     *       "name": "Evening assistant",
                     *       "provider": "built_in",
                     *       "model": null,
                     *       "temperature_percent": null,
                     *       "max_tokens": null,
                     *       "language": "en",
                     *       "time_zone": "Europe/Lisbon",
                     *       "business_hours": [
                     *         {
                     *           "day": 1,
                     *           "opens": 1020,
                     *           "closes": 1320
                     *         }
                     *       ],
                     *       "channels": [],
                     *       "documents": null,
                     *       "handoff": {
                     *         "on_request": true,
                     *         "when_unsure": true,
                     *         "outside_hours": false,
                     *         "unknown_language": true,
                     *         "guess_when_unsure": false
                     *       },
                     *       "replies": {
                     *         "per_hour": 30,
                     *         "in_a_row": 5,
                     *         "coalesce_milliseconds": 2000
                     *       },
                     *       "connection_id": null,
                     *       "instructions": null
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    pause_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb",
                     *       "status": "paused",
                     *       "version": 2,
                     *       "published_version": 2,
                     *       "serving": [],
                     *       "name": "Evening assistant",
                     *       "provider": "built_in",
                     *       "model": null,
                     *       "temperature_percent": null,
                     *       "max_tokens": null,
                     *       "language": "en",
                     *       "time_zone": "Europe/Lisbon",
                     *       "business_hours": [
                     *         {
                     *           "day": 1,
                     *           "opens": 1020,
                     *           "closes": 1320
                     *         }
                     *       ],
                     *       "channels": [],
                     *       "documents": null,
                     *       "handoff": {
                     *         "on_request": true,
                     *         "when_unsure": true,
                     *         "outside_hours": false,
                     *         "unknown_language": true,
                     *         "guess_when_unsure": false
                     *       },
                     *       "replies": {
                     *         "per_hour": 30,
                     *         "in_a_row": 5,
                     *         "coalesce_milliseconds": 2000
                     *       },
                     *       "connection_id": null,
                     *       "instructions": null
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    resume_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb",
                     *       "status": "published",
                     *       "version": 2,
                     *       "published_version": 2,
                     *       "serving": [],
                     *       "name": "Evening assistant",
                     *       "provider": "built_in",
                     *       "model": null,
                     *       "temperature_percent": null,
                     *       "max_tokens": null,
                     *       "language": "en",
                     *       "time_zone": "Europe/Lisbon",
                     *       "business_hours": [
                     *         {
                     *           "day": 1,
                     *           "opens": 1020,
                     *           "closes": 1320
                     *         }
                     *       ],
                     *       "channels": [],
                     *       "documents": null,
                     *       "handoff": {
                     *         "on_request": true,
                     *         "when_unsure": true,
                     *         "outside_hours": false,
                     *         "unknown_language": true,
                     *         "guess_when_unsure": false
                     *       },
                     *       "replies": {
                     *         "per_hour": 30,
                     *         "in_a_row": 5,
                     *         "coalesce_milliseconds": 2000
                     *       },
                     *       "connection_id": null,
                     *       "instructions": null
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    archive_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2d1d9a6e-009c-47ae-89c5-f7bc821b8aeb",
                     *       "status": "archived",
                     *       "version": 2,
                     *       "published_version": null,
                     *       "serving": [],
                     *       "name": "Evening assistant",
                     *       "provider": "built_in",
                     *       "model": null,
                     *       "temperature_percent": null,
                     *       "max_tokens": null,
                     *       "language": "en",
                     *       "time_zone": "Europe/Lisbon",
                     *       "business_hours": [
                     *         {
                     *           "day": 1,
                     *           "opens": 1020,
                     *           "closes": 1320
                     *         }
                     *       ],
                     *       "channels": [],
                     *       "documents": null,
                     *       "handoff": {
                     *         "on_request": true,
                     *         "when_unsure": true,
                     *         "outside_hours": false,
                     *         "unknown_language": true,
                     *         "guess_when_unsure": false
                     *       },
                     *       "replies": {
                     *         "per_hour": 30,
                     *         "in_a_row": 5,
                     *         "coalesce_milliseconds": 2000
                     *       },
                     *       "connection_id": null,
                     *       "instructions": null
                     *     }
                     */
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    list_model_connections: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of connections. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "ad3db647-1a6d-4c00-9146-7f3949f710cc",
                     *           "name": "Our own model",
                     *           "provider": "openai_compatible",
                     *           "base_url": "https://models.example/v1",
                     *           "model": "small-instruct",
                     *           "api_key": {
                     *             "id": "71d06f25-e2dc-4c0c-abea-dadc0e3bcdd1",
                     *             "fingerprint": "0562b5c73feed863"
                     *           },
                     *           "timeout_ms": 2000,
                     *           "budget_per_month": null,
                     *           "price": null,
                     *           "last_check": null,
                     *           "created_at": "2026-11-22T10:14:27.867039Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ModelConnectionList"];
                };
            };
        };
    };
    add_model_connection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Our own model",
                 *       "provider": "openai_compatible",
                 *       "base_url": "https://models.example/v1",
                 *       "model": "small-instruct",
                 *       "api_key": "sk-an-example",
                 *       "timeout_ms": 2000
                 *     }
                 */
                "application/json": components["schemas"]["NewConnection"];
            };
        };
        responses: {
            /** @description The connection. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ad3db647-1a6d-4c00-9146-7f3949f710cc",
                     *       "name": "Our own model",
                     *       "provider": "openai_compatible",
                     *       "base_url": "https://models.example/v1",
                     *       "model": "small-instruct",
                     *       "api_key": {
                     *         "id": "71d06f25-e2dc-4c0c-abea-dadc0e3bcdd1",
                     *         "fingerprint": "0562b5c73feed863"
                     *       },
                     *       "timeout_ms": 2000,
                     *       "budget_per_month": null,
                     *       "price": null,
                     *       "last_check": null
                     *     }
                     */
                    "application/json": components["schemas"]["ModelConnection"];
                };
            };
        };
    };
    show_model_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ad3db647-1a6d-4c00-9146-7f3949f710cc
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ad3db647-1a6d-4c00-9146-7f3949f710cc",
                     *       "name": "Our own model",
                     *       "provider": "openai_compatible",
                     *       "base_url": "https://models.example/v1",
                     *       "model": "small-instruct",
                     *       "api_key": {
                     *         "id": "71d06f25-e2dc-4c0c-abea-dadc0e3bcdd1",
                     *         "fingerprint": "0562b5c73feed863"
                     *       },
                     *       "timeout_ms": 2000,
                     *       "budget_per_month": {
                     *         "tokens": 1000000,
                     *         "cost": null
                     *       },
                     *       "price": null,
                     *       "last_check": {
                     *         "outcome": "refused",
                     *         "at": "2026-11-22T10:14:27Z",
                     *         "milliseconds": 3,
                     *         "input_tokens": 0,
                     *         "output_tokens": 0
                     *       },
                     *       "used_this_month": {
                     *         "tokens": 0,
                     *         "cost": 0
                     *       },
                     *       "created_at": "2026-11-22T10:14:27.867039Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ModelConnection"];
                };
            };
        };
    };
    remove_model_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ad3db647-1a6d-4c00-9146-7f3949f710cc
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_model_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ad3db647-1a6d-4c00-9146-7f3949f710cc
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "budget_per_month": {
                 *         "tokens": 1000000
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChangedConnection"];
            };
        };
        responses: {
            /** @description The connection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ad3db647-1a6d-4c00-9146-7f3949f710cc",
                     *       "name": "Our own model",
                     *       "provider": "openai_compatible",
                     *       "base_url": "https://models.example/v1",
                     *       "model": "small-instruct",
                     *       "api_key": {
                     *         "id": "71d06f25-e2dc-4c0c-abea-dadc0e3bcdd1",
                     *         "fingerprint": "0562b5c73feed863"
                     *       },
                     *       "timeout_ms": 2000,
                     *       "budget_per_month": {
                     *         "tokens": 1000000,
                     *         "cost": null
                     *       },
                     *       "price": null,
                     *       "last_check": null
                     *     }
                     */
                    "application/json": components["schemas"]["ModelConnection"];
                };
            };
        };
    };
    check_model_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ad3db647-1a6d-4c00-9146-7f3949f710cc
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "refused",
                     *       "at": "2026-11-22T10:14:27Z",
                     *       "milliseconds": 3,
                     *       "input_tokens": 0,
                     *       "output_tokens": 0
                     *     }
                     */
                    "application/json": components["schemas"]["ModelCheck"];
                };
            };
        };
    };
    list_webhooks: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of subscriptions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "4f11a121-c21f-4c26-8e8f-d6e578207818",
                     *           "name": "Avelto",
                     *           "url": "https://crm.example/hooks/convo",
                     *           "events": [
                     *             "conversation.closed",
                     *             "lead.created"
                     *           ],
                     *           "event_names": [],
                     *           "filters": [],
                     *           "rate_per_second": null,
                     *           "agent_id": null,
                     *           "order": "ordered_by_conversation",
                     *           "signature": "avelto",
                     *           "status": "active",
                     *           "secrets": [
                     *             {
                     *               "id": "ad9159a4-dc20-4a03-a014-16ed84577261",
                     *               "fingerprint": "bc0c11f9d8761ba1",
                     *               "expires_at": null
                     *             }
                     *           ],
                     *           "health": {
                     *             "status": "healthy",
                     *             "reason": null,
                     *             "since": null,
                     *             "next_attempt_at": null
                     *           },
                     *           "created_at": "2026-11-22T11:12:55.025797Z"
                     *         },
                     *         {
                     *           "id": "95c06713-3ad3-4a4b-a046-c208d4ff5797",
                     *           "name": "ConvoAI",
                     *           "url": "https://crm.example/hooks/convoai",
                     *           "events": [
                     *             "appointment.booked",
                     *             "handoff.triggered"
                     *           ],
                     *           "event_names": [],
                     *           "filters": [],
                     *           "rate_per_second": null,
                     *           "agent_id": "9bd9a14b-9731-4cef-97b9-ff9d8f1bd6ec",
                     *           "order": "ordered_by_conversation",
                     *           "signature": "convoai",
                     *           "status": "active",
                     *           "secrets": [
                     *             {
                     *               "id": "220a1428-e37c-46e8-a5f4-ec422e94e5ae",
                     *               "fingerprint": "efca8b1cb2cf1af3",
                     *               "expires_at": null
                     *             }
                     *           ],
                     *           "health": {
                     *             "status": "healthy",
                     *             "reason": null,
                     *             "since": null,
                     *             "next_attempt_at": null
                     *           },
                     *           "created_at": "2026-11-22T11:12:55.073233Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
        };
    };
    create_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://crm.example/hooks/convolog",
                 *       "events": [
                 *         "lead.created",
                 *         "message.received"
                 *       ],
                 *       "name": "CRM",
                 *       "signature": "ed25519"
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description The subscription and its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182",
                     *       "name": "CRM",
                     *       "url": "https://crm.example/hooks/convolog",
                     *       "events": [
                     *         "lead.created",
                     *         "message.received"
                     *       ],
                     *       "event_names": [],
                     *       "filters": [],
                     *       "rate_per_second": null,
                     *       "agent_id": null,
                     *       "order": "ordered_by_conversation",
                     *       "signature": "ed25519",
                     *       "status": "active",
                     *       "secrets": [
                     *         {
                     *           "id": "7b3e1b7e-f583-44a2-87b3-cd5a550dca0a",
                     *           "fingerprint": "442633dc26d5e641",
                     *           "expires_at": null
                     *         }
                     *       ],
                     *       "secret": "whsec_0123456789abcdef0123456789abcdef0123456789ab"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
        };
    };
    show_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182",
                     *       "name": "CRM",
                     *       "url": "https://crm.example/hooks/convolog",
                     *       "events": [
                     *         "lead.created",
                     *         "message.received"
                     *       ],
                     *       "event_names": [],
                     *       "filters": [],
                     *       "rate_per_second": 20,
                     *       "agent_id": null,
                     *       "order": "ordered_by_conversation",
                     *       "signature": "ed25519",
                     *       "status": "paused",
                     *       "secrets": [
                     *         {
                     *           "id": "7b3e1b7e-f583-44a2-87b3-cd5a550dca0a",
                     *           "fingerprint": "442633dc26d5e641",
                     *           "expires_at": "2026-11-22T12:12:55Z"
                     *         },
                     *         {
                     *           "id": "39813520-02bc-452b-8e76-d96909fe002d",
                     *           "fingerprint": "f6fd5802e388759a",
                     *           "expires_at": null
                     *         }
                     *       ],
                     *       "health": {
                     *         "status": "healthy",
                     *         "reason": null,
                     *         "since": null,
                     *         "next_attempt_at": null
                     *       },
                     *       "created_at": "2026-11-22T11:12:55.31815Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    delete_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "rate_per_second": 20
                 *     }
                 */
                "application/json": components["schemas"]["WebhookChanges"];
            };
        };
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182",
                     *       "name": "CRM",
                     *       "url": "https://crm.example/hooks/convolog",
                     *       "events": [
                     *         "lead.created",
                     *         "message.received"
                     *       ],
                     *       "event_names": [],
                     *       "filters": [],
                     *       "rate_per_second": 20,
                     *       "agent_id": null,
                     *       "order": "ordered_by_conversation",
                     *       "signature": "ed25519",
                     *       "status": "active",
                     *       "secrets": [
                     *         {
                     *           "id": "7b3e1b7e-f583-44a2-87b3-cd5a550dca0a",
                     *           "fingerprint": "442633dc26d5e641",
                     *           "expires_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    rotate_webhook_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap_seconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["Overlap"];
            };
        };
        responses: {
            /** @description The subscription and its new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182",
                     *       "name": "CRM",
                     *       "url": "https://crm.example/hooks/convolog",
                     *       "events": [
                     *         "lead.created",
                     *         "message.received"
                     *       ],
                     *       "event_names": [],
                     *       "filters": [],
                     *       "rate_per_second": 20,
                     *       "agent_id": null,
                     *       "order": "ordered_by_conversation",
                     *       "signature": "ed25519",
                     *       "status": "active",
                     *       "secrets": [
                     *         {
                     *           "id": "7b3e1b7e-f583-44a2-87b3-cd5a550dca0a",
                     *           "fingerprint": "442633dc26d5e641",
                     *           "expires_at": "2026-11-22T12:12:55Z"
                     *         },
                     *         {
                     *           "id": "39813520-02bc-452b-8e76-d96909fe002d",
                     *           "fingerprint": "f6fd5802e388759a",
                     *           "expires_at": null
                     *         }
                     *       ],
                     *       "secret": "whsec_0123456789abcdef0123456789abcdef0123456789ab"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
        };
    };
    pause_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182",
                     *       "name": "CRM",
                     *       "url": "https://crm.example/hooks/convolog",
                     *       "events": [
                     *         "lead.created",
                     *         "message.received"
                     *       ],
                     *       "event_names": [],
                     *       "filters": [],
                     *       "rate_per_second": 20,
                     *       "agent_id": null,
                     *       "order": "ordered_by_conversation",
                     *       "signature": "ed25519",
                     *       "status": "paused",
                     *       "secrets": [
                     *         {
                     *           "id": "7b3e1b7e-f583-44a2-87b3-cd5a550dca0a",
                     *           "fingerprint": "442633dc26d5e641",
                     *           "expires_at": "2026-11-22T12:12:55Z"
                     *         },
                     *         {
                     *           "id": "39813520-02bc-452b-8e76-d96909fe002d",
                     *           "fingerprint": "f6fd5802e388759a",
                     *           "expires_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    resume_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The subscription. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d05e6fc-cfcf-40d4-b4d6-9b6b35f65182",
                     *       "name": "CRM",
                     *       "url": "https://crm.example/hooks/convolog",
                     *       "events": [
                     *         "lead.created",
                     *         "message.received"
                     *       ],
                     *       "event_names": [],
                     *       "filters": [],
                     *       "rate_per_second": 20,
                     *       "agent_id": null,
                     *       "order": "ordered_by_conversation",
                     *       "signature": "ed25519",
                     *       "status": "active",
                     *       "secrets": [
                     *         {
                     *           "id": "7b3e1b7e-f583-44a2-87b3-cd5a550dca0a",
                     *           "fingerprint": "442633dc26d5e641",
                     *           "expires_at": "2026-11-22T12:12:55Z"
                     *         },
                     *         {
                     *           "id": "39813520-02bc-452b-8e76-d96909fe002d",
                     *           "fingerprint": "f6fd5802e388759a",
                     *           "expires_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those with this status. */
                status?: ("pending" | "delivered" | "failed" | "cancelled") | null;
                /**
                 * @description Only events of these types, separated by commas: names of the catalogue or of everyday use, such
                 *     as `message.delivered`.
                 */
                type?: string | null;
                /** @description Only events recorded after this time (RFC 3339). */
                since?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "f49d0e2b-270d-47db-9d24-7dba100bab32",
                     *           "position": 740,
                     *           "type": "lead_opened",
                     *           "told_as": "lead.created",
                     *           "status": "pending",
                     *           "tries": 1,
                     *           "next_attempt_at": "2026-11-22T10:14:33.292283Z",
                     *           "last_attempt": {
                     *             "number": 1,
                     *             "at": "2026-11-22T10:14:28.193138Z",
                     *             "outcome": "refused",
                     *             "http_status": null,
                     *             "milliseconds": 3,
                     *             "redelivery_id": null
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
        };
    };
    show_delivery: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which subscription.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
                /**
                 * @description The position of the event.
                 * @example 740
                 */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "f49d0e2b-270d-47db-9d24-7dba100bab32",
                     *       "position": 740,
                     *       "type": "lead_opened",
                     *       "told_as": "lead.created",
                     *       "status": "pending",
                     *       "tries": 1,
                     *       "next_attempt_at": "2026-11-22T10:14:33.292283Z",
                     *       "last_attempt": {
                     *         "number": 1,
                     *         "at": "2026-11-22T10:14:28.193138Z",
                     *         "outcome": "refused",
                     *         "http_status": null,
                     *         "milliseconds": 3,
                     *         "redelivery_id": null
                     *       },
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "at": "2026-11-22T10:14:28.193138Z",
                     *           "outcome": "refused",
                     *           "http_status": null,
                     *           "milliseconds": 3,
                     *           "redelivery_id": null,
                     *           "answer": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryWithAttempts"];
                };
            };
        };
    };
    list_redeliveries: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9e75503a-e009-4247-87bf-5677382636f5",
                     *           "status": "running",
                     *           "what": "event",
                     *           "after_position": 739,
                     *           "upto_position": 740,
                     *           "events": 1,
                     *           "delivered": 0,
                     *           "failed": 0,
                     *           "position": 739,
                     *           "requested_at": "2026-11-22T10:14:28.614162Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["RedeliveryList"];
                };
            };
        };
    };
    request_redelivery: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "what": "event",
                 *       "position": 740
                 *     }
                 */
                "application/json": components["schemas"]["NewRedelivery"];
            };
        };
        responses: {
            /** @description The job, or what it would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9e75503a-e009-4247-87bf-5677382636f5",
                     *       "status": "running",
                     *       "what": "event",
                     *       "after_position": 739,
                     *       "upto_position": 740,
                     *       "events": 1,
                     *       "delivered": 0,
                     *       "failed": 0,
                     *       "position": 739,
                     *       "requested_at": "2026-11-22T10:14:28.614162Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Redelivery"];
                };
            };
        };
    };
    cancel_redelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which subscription.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
                /**
                 * @description Which redelivery.
                 * @example 9e75503a-e009-4247-87bf-5677382636f5
                 */
                redelivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is cancelled. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    probe_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "f94468f4-227c-4289-9933-a2add7615b09",
                     *       "outcome": "refused",
                     *       "http_status": null,
                     *       "milliseconds": 8,
                     *       "health": {
                     *         "status": "healthy",
                     *         "reason": null,
                     *         "since": null,
                     *         "next_attempt_at": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Probe"];
                };
            };
        };
    };
    show_webhook_keys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Whose.
                 * @example 08c6603c-2c87-4b3c-b349-b55a04940925
                 */
                workspace_id: string;
                /**
                 * @description Which one.
                 * @example 6813c20b-653a-4ac5-ae61-d03b09676b73
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "algorithm": "ed25519",
                     *       "keys": [
                     *         {
                     *           "public_key": "whpk_3n+QwE955jSxL9tsKfGPkannoONrFpCg7UIwXHSeUJE=",
                     *           "expires_at": "2026-11-22T11:14:28Z"
                     *         },
                     *         {
                     *           "public_key": "whpk_taQUVqKp3/rpjfMGMxp9sI9NVgeDWsPh2ZaqVPUDPMU=",
                     *           "expires_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookKeys"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those on this channel. */
                channel_id?: string | null;
                /** @description Only those with this contact, and with everybody merged into them. */
                contact_id?: string | null;
                /** @description Only those with this status. */
                status?: ("open" | "closed") | null;
                /** @description Only those that this member of the staff has; `none` for those that nobody has. */
                assignee?: string | null;
                /** @description Only those that wait for a person (`true`), or only those that do not. */
                handoff?: boolean | null;
                /** @description Only those with this tag. */
                tag?: string | null;
                /** @description Whether deleted ones are wanted; left out if not given. `any` goes with an order by creation. */
                deleted?: ("false" | "true" | "any") | null;
                /**
                 * @description How they are sorted; by activity if not given, and by `newest` with `as_of`.
                 * @example newest
                 */
                order?: ("activity" | "newest" | "oldest" | "waiting") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, order, channel_id, contact_id, status, assignee, handoff, tag, deleted. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of conversations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9164c60e-1c45-47c2-8e64-b4658dda2131",
                     *           "status": "open",
                     *           "contact": {
                     *             "id": "3c1dd749-3443-4fd7-8f8c-332db8b5cc56",
                     *             "name": "L. Fischer",
                     *             "username": null,
                     *             "phone": "4915550100302",
                     *             "erased": false
                     *           },
                     *           "agent_id": null,
                     *           "channel_id": "d14d9a64-dd85-4fc1-bcac-8fef43b70ff8",
                     *           "opened_at": "2026-11-22T10:14:28.923176Z",
                     *           "position": 768,
                     *           "last_position": 769,
                     *           "last_message_at": "2026-11-22T10:14:28Z",
                     *           "inbound_messages": 1,
                     *           "outbound_messages": 0,
                     *           "assignee": null,
                     *           "handoff": null,
                     *           "tags": [],
                     *           "title": null,
                     *           "notes": 0,
                     *           "closed_at": null,
                     *           "deleted_at": null,
                     *           "mode": "live"
                     *         },
                     *         {
                     *           "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *           "status": "open",
                     *           "contact": {
                     *             "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *             "name": "Lena Fischer",
                     *             "username": null,
                     *             "phone": "4915550100301",
                     *             "erased": false
                     *           },
                     *           "agent_id": null,
                     *           "channel_id": "d14d9a64-dd85-4fc1-bcac-8fef43b70ff8",
                     *           "opened_at": "2026-11-22T10:14:28.909324Z",
                     *           "position": 761,
                     *           "last_position": 762,
                     *           "last_message_at": "2026-11-22T10:14:28Z",
                     *           "inbound_messages": 1,
                     *           "outbound_messages": 0,
                     *           "assignee": null,
                     *           "handoff": null,
                     *           "tags": [],
                     *           "title": null,
                     *           "notes": 0,
                     *           "closed_at": null,
                     *           "deleted_at": null,
                     *           "mode": "live"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationViewList"];
                };
            };
        };
    };
    show_conversation: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "status": "open",
                     *       "contact": {
                     *         "id": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *         "name": "Jordan Lee",
                     *         "username": null,
                     *         "phone": "14155559876",
                     *         "erased": false
                     *       },
                     *       "agent_id": null,
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "opened_at": "2026-11-22T10:14:20.919365Z",
                     *       "position": 233,
                     *       "last_position": 733,
                     *       "last_message_at": "2026-11-22T10:14:27Z",
                     *       "inbound_messages": 1,
                     *       "outbound_messages": 2,
                     *       "assignee": null,
                     *       "handoff": null,
                     *       "tags": [
                     *         "vip"
                     *       ],
                     *       "title": null,
                     *       "notes": 0,
                     *       "closed_at": null,
                     *       "deleted_at": null,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
        };
    };
    delete_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "tags": [
                     *         "week-47"
                     *       ],
                     *       "deleted": true
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    list_messages: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description How they are sorted; the oldest first if not given. */
                order?: ("oldest" | "newest") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, order. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "4d60c85e-cffa-81b1-972a-5916ff7af8f8",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "inbound",
                     *           "type": "text",
                     *           "text": "Hello, I ordered a night guard last week. Is it ready?",
                     *           "status": "received",
                     *           "sent_at": "2026-11-22T10:13:53Z",
                     *           "ordered_at": "2026-11-22T10:13:53Z",
                     *           "recorded_at": "2026-11-22T11:12:53Z",
                     *           "position": 234,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [],
                     *           "errors": [],
                     *           "pricing": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         },
                     *         {
                     *           "id": "190ce852-9f66-8b77-9193-8333b66910f7",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "outbound",
                     *           "type": "text",
                     *           "text": "Hi Jordan, let me look that up for you.",
                     *           "status": "read",
                     *           "sent_at": "2026-11-22T10:14:53Z",
                     *           "ordered_at": "2026-11-22T10:14:53Z",
                     *           "recorded_at": "2026-11-22T11:12:53Z",
                     *           "position": 235,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [
                     *             {
                     *               "status": "sent",
                     *               "at": "2026-11-22T10:14:54Z"
                     *             },
                     *             {
                     *               "status": "delivered",
                     *               "at": "2026-11-22T10:14:56Z"
                     *             }
                     *           ],
                     *           "errors": [],
                     *           "pricing": {
                     *             "model": "PMP",
                     *             "category": "service",
                     *             "type": "free_customer_service",
                     *             "billable": false
                     *           },
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["MessageViewList"];
                };
            };
        };
    };
    send_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 1ecdbfac-c355-452c-84be-7d07d525ade4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "text",
                 *       "text": "We look forward to your visit."
                 *     }
                 */
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description The message, queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "06dd2ad5-f5d3-4366-9b53-20a5fee4e2be",
                     *       "conversation_id": "1ecdbfac-c355-452c-84be-7d07d525ade4",
                     *       "direction": "outbound",
                     *       "type": "text",
                     *       "text": "We look forward to your visit.",
                     *       "status": "queued",
                     *       "requested_at": "2026-11-22T15:16:09Z",
                     *       "waiting_for": "earlier_message"
                     *     }
                     */
                    "application/json": components["schemas"]["QueuedMessage"];
                };
            };
        };
    };
    cancel_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which conversation.
                 * @example c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3
                 */
                id: string;
                /**
                 * @description Which message.
                 * @example d6c87b48-5b16-46c6-b380-ce8503f0f69d
                 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It will not be sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "d6c87b48-5b16-46c6-b380-ce8503f0f69d",
                     *       "conversation_id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "status": "cancelled"
                     *     }
                     */
                    "application/json": components["schemas"]["CancelledMessage"];
                };
            };
        };
    };
    show_message_media: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which conversation.
                 * @example 49e473f8-3515-4ad3-84df-1821a9a670ae
                 */
                id: string;
                /**
                 * @description Which message.
                 * @example 143e07c7-d632-8a6b-9902-97b050b723b5
                 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    mark_as_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "typing": true
                 *     }
                 */
                "application/json": components["schemas"]["ReadMark"];
            };
        };
        responses: {
            /** @description What came of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *       "message_id": "4d60c85e-cffa-81b1-972a-5916ff7af8f8",
                     *       "typing": true,
                     *       "outcome": "told",
                     *       "http_status": null
                     *     }
                     */
                    "application/json": components["schemas"]["MarkedMessage"];
                };
            };
        };
    };
    list_media: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "6f51a6e1-0165-4b06-a472-4263948ead4e",
                     *           "mime_type": "text/plain",
                     *           "size": 50,
                     *           "filename": "aftercare.txt",
                     *           "sha256": "f8766b4a2cc85b985b48df8ea411c827fc4765d612d7b34935cb4e382bdb4dd3",
                     *           "link": null,
                     *           "sendable_as": [
                     *             "document"
                     *           ],
                     *           "created_at": "2026-11-22T11:12:55.756566Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["MediaFileList"];
                };
            };
        };
    };
    add_media: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
                "audio/aac": string;
                "audio/amr": string;
                "audio/mpeg": string;
                "audio/mp4": string;
                "audio/ogg": string;
                "video/mp4": string;
                "video/3gpp": string;
                "application/pdf": string;
                /**
                 * @example After a filling
                 *
                 *     Please do not eat for two hours.
                 */
                "text/plain": string;
                "application/msword": string;
                "application/vnd.ms-excel": string;
                "application/vnd.ms-powerpoint": string;
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "application/vnd.openxmlformats-officedocument.presentationml.presentation": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description The file, which was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaFile"];
                };
            };
            /** @description The file. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6f51a6e1-0165-4b06-a472-4263948ead4e",
                     *       "mime_type": "text/plain",
                     *       "size": 50,
                     *       "filename": "aftercare.txt",
                     *       "sha256": "f8766b4a2cc85b985b48df8ea411c827fc4765d612d7b34935cb4e382bdb4dd3",
                     *       "link": null,
                     *       "sendable_as": [
                     *         "document"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MediaFile"];
                };
            };
        };
    };
    add_media_by_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "link": "https://files.riverside.example/price-list.pdf"
                 *     }
                 */
                "application/json": components["schemas"]["MediaLink"];
            };
        };
        responses: {
            /** @description The file, which was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaFile"];
                };
            };
            /** @description The file. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaFile"];
                };
            };
        };
    };
    show_media: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6f51a6e1-0165-4b06-a472-4263948ead4e
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6f51a6e1-0165-4b06-a472-4263948ead4e",
                     *       "mime_type": "text/plain",
                     *       "size": 50,
                     *       "filename": "aftercare.txt",
                     *       "sha256": "f8766b4a2cc85b985b48df8ea411c827fc4765d612d7b34935cb4e382bdb4dd3",
                     *       "link": null,
                     *       "sendable_as": [
                     *         "document"
                     *       ],
                     *       "created_at": "2026-11-22T11:12:55.756566Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MediaFile"];
                };
            };
        };
    };
    remove_media: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6f51a6e1-0165-4b06-a472-4263948ead4e
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    show_media_content: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6f51a6e1-0165-4b06-a472-4263948ead4e
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    list_canned_replies: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /**
                 * @description Only those whose shortcut begins so: what has been typed of it.
                 * @example ho
                 */
                prefix?: string | null;
                /** @description Only those with this tag. */
                tag?: string | null;
                /** @description Only those written in this language. */
                language?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of canned replies. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "e564ccca-9e8c-43fa-a7d8-7a3ad819e34a",
                     *           "shortcut": "hours",
                     *           "text": "We are open from 9 to 18.",
                     *           "placeholders": [],
                     *           "language": "en",
                     *           "tags": [
                     *             "front-desk"
                     *           ],
                     *           "version": 1,
                     *           "created_at": "2026-11-22T11:12:55.743001Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["CannedReplyList"];
                };
            };
        };
    };
    add_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "shortcut": "hours",
                 *       "text": "We are open from 9 to 18.",
                 *       "language": "en",
                 *       "tags": [
                 *         "front-desk"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewCannedReply"];
            };
        };
        responses: {
            /** @description The canned reply. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "e564ccca-9e8c-43fa-a7d8-7a3ad819e34a",
                     *       "shortcut": "hours",
                     *       "text": "We are open from 9 to 18.",
                     *       "placeholders": [],
                     *       "language": "en",
                     *       "tags": [
                     *         "front-desk"
                     *       ],
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
        };
    };
    show_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example e564ccca-9e8c-43fa-a7d8-7a3ad819e34a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The canned reply. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "e564ccca-9e8c-43fa-a7d8-7a3ad819e34a",
                     *       "shortcut": "hours",
                     *       "text": "We are open from 9 to 19.",
                     *       "placeholders": [],
                     *       "language": "en",
                     *       "tags": [
                     *         "front-desk"
                     *       ],
                     *       "version": 2,
                     *       "created_at": "2026-11-22T11:12:55.743001Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
        };
    };
    remove_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example e564ccca-9e8c-43fa-a7d8-7a3ad819e34a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example e564ccca-9e8c-43fa-a7d8-7a3ad819e34a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "text": "We are open from 9 to 19."
                 *     }
                 */
                "application/json": components["schemas"]["ChangedCannedReply"];
            };
        };
        responses: {
            /** @description The canned reply. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "e564ccca-9e8c-43fa-a7d8-7a3ad819e34a",
                     *       "shortcut": "hours",
                     *       "text": "We are open from 9 to 19.",
                     *       "placeholders": [],
                     *       "language": "en",
                     *       "tags": [
                     *         "front-desk"
                     *       ],
                     *       "version": 2
                     *     }
                     */
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
        };
    };
    hand_off_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "requested"
                 *     }
                 */
                "application/json": components["schemas"]["HandOffBecause"];
            };
        };
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": null,
                     *       "tags": [],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    hand_back_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "tags": [],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    list_conversation_events: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "position": 233,
                     *           "id": "8d148006-7925-443d-94d2-5176c5366421",
                     *           "stream": "conversation/c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *           "version": 1,
                     *           "type": "conversation_opened",
                     *           "at": "2026-11-22T10:14:20.919365Z",
                     *           "actor": {
                     *             "kind": "platform",
                     *             "id": "20dabf58-be40-4d2d-a3b7-5f42bb80f422",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "c9759260-23c6-4a00-a22f-953099c3f799",
                     *           "correlation_id": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "channel": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *             "contact": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87"
                     *           }
                     *         },
                     *         {
                     *           "position": 234,
                     *           "id": "a12d4af3-0e39-4be8-8069-7a6984dd4139",
                     *           "stream": "conversation/c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *           "version": 2,
                     *           "type": "message_received",
                     *           "at": "2026-11-22T10:14:20.919365Z",
                     *           "actor": {
                     *             "kind": "platform",
                     *             "id": "20dabf58-be40-4d2d-a3b7-5f42bb80f422",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "c9759260-23c6-4a00-a22f-953099c3f799",
                     *           "correlation_id": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "message": "d12d7047-5fbe-8ad2-b8e8-e375e26c548b",
                     *             "direction": "inbound",
                     *             "kind": "text",
                     *             "sent_at": 1795338919,
                     *             "rank": 70,
                     *             "fragment": "f6dd29d165da637159a6f0120bb6a2362c5feaf4facd577a812d18c9ebb144ca",
                     *             "content": {
                     *               "message": {
                     *                 "platform_id": "wamid.HBgDwqGTCeMI69rkvyYIodlRf7MhyQM",
                     *                 "text": "Hello, I ordered a night guard last week. Is it ready?",
                     *                 "fragment": "{\"from\":\"14155559876\",\"id\":\"wamid.HBgDwqGTCeMI69rkvyYIodlRf7MhyQM\",\"timestamp\":\"1795338919\",\"type\":\"text\",\"text\":{\"body\":\"Hello, I ordered a night guard last week. Is it ready?\"}}",
                     *                 "alongside": [
                     *                   "{\"profile\":{\"name\":\"Jordan Lee\"},\"wa_id\":\"14155559876\"}"
                     *                 ]
                     *               }
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventList"];
                };
            };
        };
    };
    show_timeline: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description How they are sorted; the oldest first if not given. */
                order?: ("oldest" | "newest") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, order. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages and acts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "message": {
                     *             "id": "4d60c85e-cffa-81b1-972a-5916ff7af8f8",
                     *             "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *             "direction": "inbound",
                     *             "type": "text",
                     *             "text": "Hello, I ordered a night guard last week. Is it ready?",
                     *             "status": "received",
                     *             "sent_at": "2026-11-22T10:13:53Z",
                     *             "ordered_at": "2026-11-22T10:13:53Z",
                     *             "recorded_at": "2026-11-22T11:12:53Z",
                     *             "position": 234,
                     *             "reply_to": null,
                     *             "media": null,
                     *             "canned_reply": null,
                     *             "reactions": [],
                     *             "edited": false,
                     *             "edited_at": null,
                     *             "revoked": false,
                     *             "revoked_at": null,
                     *             "statuses": [],
                     *             "errors": [],
                     *             "pricing": null,
                     *             "mode": "live",
                     *             "origin": "live",
                     *             "referral": false,
                     *             "group": false,
                     *             "erased": false,
                     *             "unreadable": false
                     *           }
                     *         },
                     *         {
                     *           "message": {
                     *             "id": "190ce852-9f66-8b77-9193-8333b66910f7",
                     *             "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *             "direction": "outbound",
                     *             "type": "text",
                     *             "text": "Hi Jordan, let me look that up for you.",
                     *             "status": "read",
                     *             "sent_at": "2026-11-22T10:14:53Z",
                     *             "ordered_at": "2026-11-22T10:14:53Z",
                     *             "recorded_at": "2026-11-22T11:12:53Z",
                     *             "position": 235,
                     *             "reply_to": null,
                     *             "media": null,
                     *             "canned_reply": null,
                     *             "reactions": [],
                     *             "edited": false,
                     *             "edited_at": null,
                     *             "revoked": false,
                     *             "revoked_at": null,
                     *             "statuses": [
                     *               {
                     *                 "status": "sent",
                     *                 "at": "2026-11-22T10:14:54Z"
                     *               },
                     *               {
                     *                 "status": "delivered",
                     *                 "at": "2026-11-22T10:14:56Z"
                     *               }
                     *             ],
                     *             "errors": [],
                     *             "pricing": {
                     *               "model": "PMP",
                     *               "category": "service",
                     *               "type": "free_customer_service",
                     *               "billable": false
                     *             },
                     *             "mode": "live",
                     *             "origin": "live",
                     *             "referral": false,
                     *             "group": false,
                     *             "erased": false,
                     *             "unreadable": false
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEntryList"];
                };
            };
        };
    };
    claim_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "tags": [],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    assign_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "person_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a"
                 *     }
                 */
                "application/json": components["schemas"]["Somebody"];
            };
        };
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "tags": [],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    release_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": null,
                     *       "tags": [],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    close_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "closed",
                     *       "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "tags": [],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    reopen_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "tags": [],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    tag_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tags": [
                 *         "vip",
                 *         "recall"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Tags"];
            };
        };
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": null,
                     *       "tags": [
                     *         "recall",
                     *         "vip"
                     *       ],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    untag_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tags": [
                 *         "recall"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Tags"];
            };
        };
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": null,
                     *       "tags": [
                     *         "vip"
                     *       ],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    add_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Prefers the morning."
                 *     }
                 */
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description How the conversation stands, and the note's id. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": null,
                     *       "tags": [
                     *         "vip"
                     *       ],
                     *       "deleted": false,
                     *       "note_id": "0e84f275-9178-4d65-97b1-78629b6d1860"
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    set_title: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Check-up in spring"
                 *     }
                 */
                "application/json": components["schemas"]["NewTitle"];
            };
        };
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": null,
                     *       "tags": [
                     *         "vip"
                     *       ],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    restore_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 6606a449-cf6b-4bbb-9797-3e433b7666a1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the conversation stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *       "changed": true,
                     *       "status": "open",
                     *       "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "tags": [
                     *         "week-47"
                     *       ],
                     *       "deleted": false
                     *     }
                     */
                    "application/json": components["schemas"]["ActedOn"];
                };
            };
        };
    };
    act_on_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                 *         "6606a449-cf6b-4bbb-9797-3e433b7666a1"
                 *       ],
                 *       "action": "tag",
                 *       "tags": [
                 *         "week-47"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Wanted"];
            };
        };
        responses: {
            /** @description What became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *           "conversation": {
                     *             "id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *             "changed": true,
                     *             "status": "open",
                     *             "assignee_id": null,
                     *             "tags": [
                     *               "vip",
                     *               "week-47"
                     *             ],
                     *             "deleted": false
                     *           },
                     *           "error": null
                     *         },
                     *         {
                     *           "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *           "conversation": {
                     *             "id": "6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *             "changed": true,
                     *             "status": "open",
                     *             "assignee_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *             "tags": [
                     *               "week-47"
                     *             ],
                     *             "deleted": false
                     *           },
                     *           "error": null
                     *         }
                     *       ],
                     *       "done": 2,
                     *       "failed": 0
                     *     }
                     */
                    "application/json": components["schemas"]["BulkOutcome"];
                };
            };
        };
    };
    show_transcript: {
        parameters: {
            query?: {
                /** @description With what was told of each message, and when: what it said before an edit. */
                history?: boolean;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with history. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The transcript. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "log": "9830ad81-7cdc-4725-9df8-d38119f27717",
                     *       "position": 762,
                     *       "recorded_at": "2026-11-22T11:12:55.646132Z",
                     *       "as_of": null,
                     *       "erased_at": null,
                     *       "erased_by": null,
                     *       "tree": {
                     *         "size": 762,
                     *         "root": "691f3388d9cac79cfd6dfe69644df6aa1e62346316980382f25b221193f5ea4b"
                     *       },
                     *       "conversation": {
                     *         "id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *         "status": "open",
                     *         "contact": {
                     *           "id": "772284b1-57d4-4afc-a2ec-9cffdea55b50",
                     *           "name": "Jordan Lee",
                     *           "username": null,
                     *           "phone": "14155559876",
                     *           "erased": false
                     *         },
                     *         "agent_id": null,
                     *         "channel_id": "800303c9-2699-4bf5-a6ef-89bf88440045",
                     *         "opened_at": "2026-11-22T11:12:53.845033Z",
                     *         "position": 233,
                     *         "last_position": 761,
                     *         "last_message_at": "2026-11-22T11:12:55Z",
                     *         "inbound_messages": 1,
                     *         "outbound_messages": 4,
                     *         "assignee": null,
                     *         "handoff": {
                     *           "reason": "person_took_over",
                     *           "since": "2026-11-22T11:12:55Z"
                     *         },
                     *         "tags": [
                     *           "vip",
                     *           "week-47"
                     *         ],
                     *         "title": "Check-up in spring",
                     *         "notes": 1,
                     *         "closed_at": null,
                     *         "deleted_at": null,
                     *         "mode": "live"
                     *       },
                     *       "messages": [
                     *         {
                     *           "id": "4d60c85e-cffa-81b1-972a-5916ff7af8f8",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "inbound",
                     *           "type": "text",
                     *           "text": "Hello, I ordered a night guard last week. Is it ready?",
                     *           "status": "received",
                     *           "sent_at": "2026-11-22T10:13:53Z",
                     *           "ordered_at": "2026-11-22T10:13:53Z",
                     *           "recorded_at": "2026-11-22T11:12:53Z",
                     *           "position": 234,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [],
                     *           "errors": [],
                     *           "pricing": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         },
                     *         {
                     *           "id": "190ce852-9f66-8b77-9193-8333b66910f7",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "outbound",
                     *           "type": "text",
                     *           "text": "Hi Jordan, let me look that up for you.",
                     *           "status": "read",
                     *           "sent_at": "2026-11-22T10:14:53Z",
                     *           "ordered_at": "2026-11-22T10:14:53Z",
                     *           "recorded_at": "2026-11-22T11:12:53Z",
                     *           "position": 235,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [
                     *             {
                     *               "status": "sent",
                     *               "at": "2026-11-22T10:14:54Z"
                     *             },
                     *             {
                     *               "status": "delivered",
                     *               "at": "2026-11-22T10:14:56Z"
                     *             }
                     *           ],
                     *           "errors": [],
                     *           "pricing": {
                     *             "model": "PMP",
                     *             "category": "service",
                     *             "type": "free_customer_service",
                     *             "billable": false
                     *           },
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         }
                     *       ],
                     *       "acts": [
                     *         {
                     *           "id": "87eef839-c491-4ae1-8737-bd5e08206b2d",
                     *           "type": "conversation_tagged",
                     *           "at": "2026-11-22T11:12:55.00459Z",
                     *           "position": 652,
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "946de643-51af-401e-8f62-065ea6102083",
                     *             "on_behalf_of": null
                     *           },
                     *           "actor_name": null,
                     *           "assignee": null,
                     *           "old_assignee": null,
                     *           "tags": [
                     *             "vip"
                     *           ],
                     *           "old_tags": [],
                     *           "text": null,
                     *           "note_id": null,
                     *           "message_id": null,
                     *           "reason": null,
                     *           "reply": null,
                     *           "erased": false,
                     *           "unreadable": false
                     *         },
                     *         {
                     *           "id": "b9d6a2d8-2277-4bd3-902d-3b7eaa821474",
                     *           "type": "handoff_triggered",
                     *           "at": "2026-11-22T11:12:55.578452Z",
                     *           "position": 746,
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "bf6d7a6d-ab86-4673-8490-2c3d50645435",
                     *             "on_behalf_of": null
                     *           },
                     *           "actor_name": null,
                     *           "assignee": null,
                     *           "old_assignee": null,
                     *           "tags": null,
                     *           "old_tags": null,
                     *           "text": null,
                     *           "note_id": null,
                     *           "message_id": null,
                     *           "reason": "person_took_over",
                     *           "reply": null,
                     *           "erased": false,
                     *           "unreadable": false
                     *         }
                     *       ],
                     *       "history": null
                     *     }
                     */
                    "application/json": components["schemas"]["Transcript"];
                };
            };
        };
    };
    show_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recording. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "conversation": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *       "number": "204511000000101",
                     *       "account": "104511000000101",
                     *       "began": "2026-11-22T11:12:53.838337Z",
                     *       "happened": [
                     *         {
                     *           "at": "2026-11-22T11:12:53.838337Z",
                     *           "post": {
                     *             "object": "whatsapp_business_account",
                     *             "entry": [
                     *               {
                     *                 "id": "104511000000101",
                     *                 "changes": [
                     *                   {
                     *                     "value": {
                     *                       "messaging_product": "whatsapp",
                     *                       "metadata": {
                     *                         "display_phone_number": "15550100101",
                     *                         "phone_number_id": "204511000000101"
                     *                       },
                     *                       "statuses": [
                     *                         {
                     *                           "id": "wamid.HBgxdvrKR1EAueglFGLEpp0RevsP4Ix",
                     *                           "status": "sent",
                     *                           "timestamp": "1795342494",
                     *                           "recipient_id": "14155559876",
                     *                           "pricing": {
                     *                             "billable": false,
                     *                             "pricing_model": "PMP",
                     *                             "type": "free_customer_service",
                     *                             "category": "service"
                     *                           }
                     *                         }
                     *                       ]
                     *                     },
                     *                     "field": "messages"
                     *                   },
                     *                   {
                     *                     "value": {
                     *                       "messaging_product": "whatsapp",
                     *                       "metadata": {
                     *                         "display_phone_number": "15550100101",
                     *                         "phone_number_id": "204511000000101"
                     *                       },
                     *                       "statuses": [
                     *                         {
                     *                           "id": "wamid.HBgxdvrKR1EAueglFGLEpp0RevsP4Ix",
                     *                           "status": "delivered",
                     *                           "timestamp": "1795342496",
                     *                           "recipient_id": "14155559876",
                     *                           "pricing": {
                     *                             "billable": false,
                     *                             "pricing_model": "PMP",
                     *                             "type": "free_customer_service",
                     *                             "category": "service"
                     *                           }
                     *                         }
                     *                       ]
                     *                     },
                     *                     "field": "messages"
                     *                   }
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         {
                     *           "at": "2026-11-22T11:12:53.845033Z",
                     *           "post": {
                     *             "object": "whatsapp_business_account",
                     *             "entry": [
                     *               {
                     *                 "id": "104511000000101",
                     *                 "changes": [
                     *                   {
                     *                     "value": {
                     *                       "messaging_product": "whatsapp",
                     *                       "metadata": {
                     *                         "display_phone_number": "15550100101",
                     *                         "phone_number_id": "204511000000101"
                     *                       },
                     *                       "contacts": [
                     *                         {
                     *                           "profile": {
                     *                             "name": "Jordan Lee"
                     *                           },
                     *                           "wa_id": "14155559876"
                     *                         }
                     *                       ],
                     *                       "messages": [
                     *                         {
                     *                           "from": "14155559876",
                     *                           "id": "wamid.HBgDwqGTCeMI69rkvyYIodlRf7MhyQM",
                     *                           "timestamp": "1795342433",
                     *                           "type": "text",
                     *                           "text": {
                     *                             "body": "Hello, I ordered a night guard last week. Is it ready?"
                     *                           }
                     *                         }
                     *                       ]
                     *                     },
                     *                     "field": "messages"
                     *                   },
                     *                   {
                     *                     "value": {
                     *                       "messaging_product": "whatsapp",
                     *                       "metadata": {
                     *                         "display_phone_number": "15550100101",
                     *                         "phone_number_id": "204511000000101"
                     *                       },
                     *                       "message_echoes": [
                     *                         {
                     *                           "from": "15550100101",
                     *                           "to": "14155559876",
                     *                           "id": "wamid.HBgxdvrKR1EAueglFGLEpp0RevsP4Ix",
                     *                           "timestamp": "1795342493",
                     *                           "type": "text",
                     *                           "text": {
                     *                             "body": "Hi Jordan, let me look that up for you."
                     *                           }
                     *                         }
                     *                       ]
                     *                     },
                     *                     "field": "smb_message_echoes"
                     *                   }
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "messages": [
                     *         {
                     *           "id": "4d60c85e-cffa-81b1-972a-5916ff7af8f8",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "inbound",
                     *           "type": "text",
                     *           "text": "Hello, I ordered a night guard last week. Is it ready?",
                     *           "status": "received",
                     *           "sent_at": "2026-11-22T10:13:53Z",
                     *           "ordered_at": "2026-11-22T10:13:53Z",
                     *           "recorded_at": "2026-11-22T11:12:53Z",
                     *           "position": 234,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [],
                     *           "errors": [],
                     *           "pricing": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         },
                     *         {
                     *           "id": "190ce852-9f66-8b77-9193-8333b66910f7",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "outbound",
                     *           "type": "text",
                     *           "text": "Hi Jordan, let me look that up for you.",
                     *           "status": "read",
                     *           "sent_at": "2026-11-22T10:14:53Z",
                     *           "ordered_at": "2026-11-22T10:14:53Z",
                     *           "recorded_at": "2026-11-22T11:12:53Z",
                     *           "position": 235,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [
                     *             {
                     *               "status": "sent",
                     *               "at": "2026-11-22T10:14:54Z"
                     *             },
                     *             {
                     *               "status": "delivered",
                     *               "at": "2026-11-22T10:14:56Z"
                     *             }
                     *           ],
                     *           "errors": [],
                     *           "pricing": {
                     *             "model": "PMP",
                     *             "category": "service",
                     *             "type": "free_customer_service",
                     *             "billable": false
                     *           },
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Recording"];
                };
            };
        };
    };
    list_outstanding: {
        parameters: {
            query: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /**
                 * @description What they came to: `queued`, `undetermined` or `failed`.
                 * @example queued
                 */
                status: "queued" | "undetermined" | "failed";
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9b31a587-37b6-4df3-8678-d4a63a06f6fe",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "outbound",
                     *           "type": "text",
                     *           "text": "See you tomorrow!",
                     *           "status": "queued",
                     *           "sent_at": "2026-11-22T11:12:55Z",
                     *           "ordered_at": "2026-11-22T11:12:55Z",
                     *           "recorded_at": "2026-11-22T11:12:55Z",
                     *           "position": 747,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [],
                     *           "errors": [],
                     *           "pricing": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         },
                     *         {
                     *           "id": "3fd00862-fb07-4bc0-9a17-e9ab441e04e7",
                     *           "conversation_id": "74b620e9-f572-4b6d-8ffc-dd65d4dbdcd3",
                     *           "direction": "outbound",
                     *           "type": "text",
                     *           "text": "We look forward to your visit.",
                     *           "status": "queued",
                     *           "sent_at": "2026-11-22T11:12:55Z",
                     *           "ordered_at": "2026-11-22T11:12:55Z",
                     *           "recorded_at": "2026-11-22T11:12:55Z",
                     *           "position": 745,
                     *           "reply_to": null,
                     *           "media": null,
                     *           "canned_reply": null,
                     *           "reactions": [],
                     *           "edited": false,
                     *           "edited_at": null,
                     *           "revoked": false,
                     *           "revoked_at": null,
                     *           "statuses": [],
                     *           "errors": [],
                     *           "pricing": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "referral": false,
                     *           "group": false,
                     *           "erased": false,
                     *           "unreadable": false
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["MessageViewList"];
                };
            };
        };
    };
    list_broadcasts: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of broadcasts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "105e87ae-a168-4abc-8051-5cec328ca6ed",
                     *           "name": "Recall in spring",
                     *           "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *           "status": "draft",
                     *           "paused_because": null,
                     *           "type": "template",
                     *           "template": "seasonal_offer",
                     *           "marketing": null,
                     *           "per_minute": 60,
                     *           "parameters": [],
                     *           "send_at": null,
                     *           "sandbox": false,
                     *           "recipients": 0,
                     *           "created_at": "2026-11-22T10:14:30.318109Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["BroadcastList"];
                };
            };
        };
    };
    create_broadcast: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Recall in spring",
                 *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                 *       "message": {
                 *         "type": "template",
                 *         "template": {
                 *           "name": "seasonal_offer",
                 *           "language": {
                 *             "code": "en_US"
                 *           },
                 *           "components": [
                 *             {
                 *               "type": "body",
                 *               "parameters": [
                 *                 {
                 *                   "type": "text",
                 *                   "text": "20"
                 *                 }
                 *               ]
                 *             }
                 *           ]
                 *         }
                 *       },
                 *       "per_minute": 60
                 *     }
                 */
                "application/json": components["schemas"]["NewBroadcast"];
            };
        };
        responses: {
            /** @description The broadcast. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "105e87ae-a168-4abc-8051-5cec328ca6ed",
                     *       "name": "Recall in spring",
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "draft",
                     *       "paused_because": null,
                     *       "type": "template",
                     *       "template": "seasonal_offer",
                     *       "marketing": null,
                     *       "per_minute": 60,
                     *       "parameters": [],
                     *       "send_at": null,
                     *       "sandbox": false,
                     *       "recipients": 0
                     *     }
                     */
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
        };
    };
    show_broadcast: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The broadcast. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "105e87ae-a168-4abc-8051-5cec328ca6ed",
                     *       "name": "Recall in spring",
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "running",
                     *       "paused_because": null,
                     *       "type": "template",
                     *       "template": "seasonal_offer",
                     *       "marketing": null,
                     *       "per_minute": 60,
                     *       "parameters": [],
                     *       "send_at": "2026-11-22T12:14:30Z",
                     *       "sandbox": false,
                     *       "recipients": 2,
                     *       "created_at": "2026-11-22T10:14:30.318109Z",
                     *       "counts": {
                     *         "waiting": 2,
                     *         "queued": 0,
                     *         "unanswered": 0,
                     *         "accepted": 0,
                     *         "sent": 0,
                     *         "delivered": 0,
                     *         "read": 0,
                     *         "failed": 0,
                     *         "suppressed": 0,
                     *         "skipped": 0,
                     *         "cancelled": 0,
                     *         "undetermined": 0,
                     *         "failed_by_code": {},
                     *         "skipped_by_reason": {}
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
        };
    };
    list_recipients: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those who came to this. */
                outcome?: ("waiting" | "queued" | "accepted" | "sent" | "delivered" | "read" | "failed" | "suppressed" | "skipped" | "cancelled" | "undetermined" | "unanswered") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of recipients. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "number": 1,
                     *           "contact_id": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *           "outcome": "waiting",
                     *           "reason": null,
                     *           "codes": [],
                     *           "conversation_id": null,
                     *           "message_id": null
                     *         },
                     *         {
                     *           "number": 2,
                     *           "contact_id": "b45b600f-37e0-4d8d-99c9-42ed7dead196",
                     *           "outcome": "waiting",
                     *           "reason": null,
                     *           "codes": [],
                     *           "conversation_id": null,
                     *           "message_id": null
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["RecipientList"];
                };
            };
        };
    };
    add_recipients: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "recipients": [
                 *         {
                 *           "phone": "+14155559876"
                 *         },
                 *         {
                 *           "phone": "+447700900417"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewRecipients"];
            };
        };
        responses: {
            /** @description Who was added. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 2,
                     *       "repeated": 0,
                     *       "refused": []
                     *     }
                     */
                    "application/json": components["schemas"]["RecipientsAdded"];
                };
            };
        };
    };
    try_broadcast: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What would become of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sent": 2,
                     *       "unknown": 0,
                     *       "suppressed": 0,
                     *       "outside_window": 0,
                     *       "skipped_by_reason": {},
                     *       "stops": null
                     *     }
                     */
                    "application/json": components["schemas"]["BroadcastProspects"];
                };
            };
        };
    };
    start_broadcast: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "send_at": "2026-11-22T12:14:30.390616419Z"
                 *     }
                 */
                "application/json": components["schemas"]["When"];
            };
        };
        responses: {
            /** @description The broadcast. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "105e87ae-a168-4abc-8051-5cec328ca6ed",
                     *       "name": "Recall in spring",
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "running",
                     *       "paused_because": null,
                     *       "type": "template",
                     *       "template": "seasonal_offer",
                     *       "marketing": null,
                     *       "per_minute": 60,
                     *       "parameters": [],
                     *       "send_at": "2026-11-22T12:14:30Z",
                     *       "sandbox": false,
                     *       "recipients": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
        };
    };
    pause_broadcast: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The broadcast. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "105e87ae-a168-4abc-8051-5cec328ca6ed",
                     *       "name": "Recall in spring",
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "paused",
                     *       "paused_because": "asked",
                     *       "type": "template",
                     *       "template": "seasonal_offer",
                     *       "marketing": null,
                     *       "per_minute": 60,
                     *       "parameters": [],
                     *       "send_at": "2026-11-22T12:14:30Z",
                     *       "sandbox": false,
                     *       "recipients": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
        };
    };
    resume_broadcast: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The broadcast. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "105e87ae-a168-4abc-8051-5cec328ca6ed",
                     *       "name": "Recall in spring",
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "running",
                     *       "paused_because": null,
                     *       "type": "template",
                     *       "template": "seasonal_offer",
                     *       "marketing": null,
                     *       "per_minute": 60,
                     *       "parameters": [],
                     *       "send_at": "2026-11-22T12:14:30Z",
                     *       "sandbox": false,
                     *       "recipients": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
        };
    };
    cancel_broadcast: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 105e87ae-a168-4abc-8051-5cec328ca6ed
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The broadcast. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "105e87ae-a168-4abc-8051-5cec328ca6ed",
                     *       "name": "Recall in spring",
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "cancelled",
                     *       "paused_because": null,
                     *       "type": "template",
                     *       "template": "seasonal_offer",
                     *       "marketing": null,
                     *       "per_minute": 60,
                     *       "parameters": [],
                     *       "send_at": "2026-11-22T12:14:30Z",
                     *       "sandbox": false,
                     *       "recipients": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /**
                 * @description How they are sorted; the newest first if not given.
                 * @example newest
                 */
                order?: ("newest" | "oldest") | null;
                /** @description Only those who go by this phone number or went by it, or whose lead has it. */
                phone?: string | null;
                /** @description Only those whose lead has this e-mail address. */
                email?: string | null;
                /**
                 * @description Only those who opted out of this, by what is recorded on the contact itself: `marketing`, which
                 *     who opted out of everything did as well, or `all`.
                 */
                opted_out?: ("marketing" | "all") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, order. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of contacts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "3c1dd749-3443-4fd7-8f8c-332db8b5cc56",
                     *           "name": "L. Fischer",
                     *           "username": null,
                     *           "email": null,
                     *           "phone": "4915550100302",
                     *           "user_id": null,
                     *           "identities": [
                     *             {
                     *               "kind": "phone",
                     *               "value": "4915550100302",
                     *               "current": true
                     *             }
                     *           ],
                     *           "created_at": "2026-11-22T10:14:28.923176Z",
                     *           "position": 764,
                     *           "merged_into": null,
                     *           "absorbed": [],
                     *           "erased": null,
                     *           "legal_hold": null,
                     *           "opted_out": null,
                     *           "unreadable": false
                     *         },
                     *         {
                     *           "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *           "name": "Lena Fischer",
                     *           "username": null,
                     *           "email": null,
                     *           "phone": "4915550100301",
                     *           "user_id": null,
                     *           "identities": [
                     *             {
                     *               "kind": "phone",
                     *               "value": "4915550100301",
                     *               "current": true
                     *             }
                     *           ],
                     *           "created_at": "2026-11-22T10:14:28.909324Z",
                     *           "position": 757,
                     *           "merged_into": null,
                     *           "absorbed": [],
                     *           "erased": null,
                     *           "legal_hold": null,
                     *           "opted_out": null,
                     *           "unreadable": false
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ContactViewList"];
                };
            };
        };
    };
    show_contact: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *       "name": "Lena Fischer",
                     *       "username": null,
                     *       "email": null,
                     *       "phone": "4915550100301",
                     *       "user_id": null,
                     *       "identities": [
                     *         {
                     *           "kind": "phone",
                     *           "value": "4915550100301",
                     *           "current": true
                     *         }
                     *       ],
                     *       "created_at": "2026-11-22T10:14:28.909324Z",
                     *       "position": 757,
                     *       "merged_into": null,
                     *       "absorbed": [],
                     *       "erased": null,
                     *       "legal_hold": null,
                     *       "opted_out": null,
                     *       "unreadable": false
                     *     }
                     */
                    "application/json": components["schemas"]["ContactView"];
                };
            };
        };
    };
    merge_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "other": "3c1dd749-3443-4fd7-8f8c-332db8b5cc56"
                 *     }
                 */
                "application/json": components["schemas"]["OtherContact"];
            };
        };
        responses: {
            /** @description The two contacts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *       "other": "3c1dd749-3443-4fd7-8f8c-332db8b5cc56",
                     *       "merged": true
                     *     }
                     */
                    "application/json": components["schemas"]["TwoContacts"];
                };
            };
        };
    };
    unmerge_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "other": "3c1dd749-3443-4fd7-8f8c-332db8b5cc56"
                 *     }
                 */
                "application/json": components["schemas"]["OtherContact"];
            };
        };
        responses: {
            /** @description The two contacts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *       "other": "3c1dd749-3443-4fd7-8f8c-332db8b5cc56",
                     *       "merged": false
                     *     }
                     */
                    "application/json": components["schemas"]["TwoContacts"];
                };
            };
        };
    };
    preview_erasure: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Place by place. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *       "contacts": [
                     *         "ea9c5fe1-724f-4597-9517-65cba9caf676"
                     *       ],
                     *       "erased": [],
                     *       "legal_holds": [],
                     *       "shared_leads": [],
                     *       "streams": [
                     *         {
                     *           "stream": "contact/ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *           "events": 3
                     *         },
                     *         {
                     *           "stream": "conversation/6606a449-cf6b-4bbb-9797-3e433b7666a1",
                     *           "events": 1
                     *         }
                     *       ],
                     *       "kept_answers": 0,
                     *       "blobs": [],
                     *       "vault": {
                     *         "keys": 1,
                     *         "joint_keys": 0,
                     *         "identity_tokens": 1
                     *       },
                     *       "read_models": [
                     *         {
                     *           "model": "contacts",
                     *           "rows": 1,
                     *           "tokens": 1
                     *         }
                     *       ],
                     *       "search_documents": 2,
                     *       "quarantined": 0
                     *     }
                     */
                    "application/json": components["schemas"]["ErasurePreview"];
                };
            };
        };
    };
    delete_personal_data: {
        parameters: {
            query: {
                /**
                 * @description The workspace that the contact belongs to. The administrator must name it; a key acts in its
                 *     own.
                 */
                workspace_id?: string | null;
                /**
                 * @description Why: a closed list, because it stays in the clear for ever.
                 * @example test_data
                 */
                reason: "requested" | "consent_withdrawn" | "retention_over" | "test_data" | "other";
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 3c1dd749-3443-4fd7-8f8c-332db8b5cc56
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What can be certified. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *       "contacts": [
                     *         "3c1dd749-3443-4fd7-8f8c-332db8b5cc56"
                     *       ],
                     *       "leads": [
                     *         "a836389c-b28c-4d88-9647-34bae2bb7698"
                     *       ],
                     *       "reason": "test_data",
                     *       "by": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *       "by_kind": "key",
                     *       "keys_gone_at": "2026-11-22T10:14:30Z",
                     *       "indexes_rewritten_at": null,
                     *       "position": 822,
                     *       "vault_generation": 88,
                     *       "vault_epoch": 5,
                     *       "backups_gone_by": "2026-12-22T10:14:30Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
        };
    };
    erase_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "requested"
                 *     }
                 */
                "application/json": components["schemas"]["Why"];
            };
        };
        responses: {
            /** @description What can be certified. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *       "contacts": [
                     *         "ea9c5fe1-724f-4597-9517-65cba9caf676"
                     *       ],
                     *       "leads": [
                     *         "95254a75-2f40-4347-be41-c301124fb157"
                     *       ],
                     *       "reason": "requested",
                     *       "by": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *       "by_kind": "key",
                     *       "keys_gone_at": "2026-11-22T10:14:30Z",
                     *       "indexes_rewritten_at": null,
                     *       "position": 820,
                     *       "vault_generation": 87,
                     *       "vault_epoch": 4,
                     *       "backups_gone_by": "2026-12-22T10:14:30Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
        };
    };
    show_erasure: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *       "contacts": [
                     *         "ea9c5fe1-724f-4597-9517-65cba9caf676"
                     *       ],
                     *       "leads": [
                     *         "95254a75-2f40-4347-be41-c301124fb157"
                     *       ],
                     *       "reason": "requested",
                     *       "by": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *       "by_kind": "key",
                     *       "keys_gone_at": "2026-11-22T10:14:30Z",
                     *       "indexes_rewritten_at": null,
                     *       "position": 820,
                     *       "vault_generation": 87,
                     *       "vault_epoch": 4,
                     *       "backups_gone_by": "2026-12-22T10:14:30Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
        };
    };
    opt_out: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scope": "marketing",
                 *       "reason": "asked",
                 *       "note": "On the phone."
                 *     }
                 */
                "application/json": components["schemas"]["OptOutWanted"];
            };
        };
        responses: {
            /** @description It is recorded, or was so already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *       "scope": "marketing",
                     *       "changed": true
                     *     }
                     */
                    "application/json": components["schemas"]["PreferenceRecorded"];
                };
            };
        };
    };
    opt_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scope": "marketing",
                 *       "reason": "signed_up"
                 *     }
                 */
                "application/json": components["schemas"]["OptInWanted"];
            };
        };
        responses: {
            /** @description It is recorded, or was so already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *       "scope": "marketing",
                     *       "changed": true
                     *     }
                     */
                    "application/json": components["schemas"]["PreferenceRecorded"];
                };
            };
        };
    };
    list_preferences: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "6e6d3202-d8ea-44ed-ab7c-3e9633d5e34c",
                     *           "type": "opted_in",
                     *           "scope": "marketing",
                     *           "source": "operator",
                     *           "at": "2026-11-22T10:14:30Z",
                     *           "position": 816,
                     *           "contact_id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *           "message_id": null,
                     *           "code": null,
                     *           "reason": "signed_up",
                     *           "note": null,
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *             "on_behalf_of": null
                     *           },
                     *           "erased": false
                     *         },
                     *         {
                     *           "id": "6569a412-e8b3-456d-a6ce-5ac28a178f12",
                     *           "type": "opted_out",
                     *           "scope": "marketing",
                     *           "source": "operator",
                     *           "at": "2026-11-22T10:14:30Z",
                     *           "position": 815,
                     *           "contact_id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *           "message_id": null,
                     *           "code": null,
                     *           "reason": "asked",
                     *           "note": "On the phone.",
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *             "on_behalf_of": null
                     *           },
                     *           "erased": false
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["PreferenceChangeList"];
                };
            };
        };
    };
    place_legal_hold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "audit"
                 *     }
                 */
                "application/json": components["schemas"]["HoldWanted"];
            };
        };
        responses: {
            /** @description The contact is held. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *       "held": true
                     *     }
                     */
                    "application/json": components["schemas"]["HoldShown"];
                };
            };
        };
    };
    release_legal_hold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ea9c5fe1-724f-4597-9517-65cba9caf676
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contact is held no more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ea9c5fe1-724f-4597-9517-65cba9caf676",
                     *       "held": false
                     *     }
                     */
                    "application/json": components["schemas"]["HoldShown"];
                };
            };
        };
    };
    show_lead_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every rule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["LeadRulesList"];
                };
            };
        };
    };
    set_lead_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "learn": [
                 *         "name",
                 *         "email",
                 *         "need"
                 *       ],
                 *       "points": {
                 *         "email": 20,
                 *         "need": 30
                 *       },
                 *       "qualifies": [
                 *         {
                 *           "name": "reachable",
                 *           "fields": [
                 *             "email"
                 *           ],
                 *           "score_at_least": 20
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Wanted2"];
            };
        };
        responses: {
            /** @description The rules. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "agent_id": null,
                     *       "enabled": true,
                     *       "learn": [
                     *         "email",
                     *         "name"
                     *       ],
                     *       "currency": null,
                     *       "points": {
                     *         "email": 20,
                     *         "need": 30
                     *       },
                     *       "qualifies": [
                     *         {
                     *           "name": "reachable",
                     *           "fields": [
                     *             "email"
                     *           ],
                     *           "budget_at_least": null,
                     *           "score_at_least": 20
                     *         }
                     *       ],
                     *       "since": "2026-11-22T10:14:30Z"
                     *     }
                     */
                    "application/json": components["schemas"]["LeadRules"];
                };
            };
        };
    };
    list_leads: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those with this status. */
                status?: ("NEW" | "QUALIFIED" | "CONTACTED" | "WON" | "LOST") | null;
                /** @description Only those that this person looks after. */
                owner_id?: string | null;
                /** @description Only those that somebody looks after, or (`false`) nobody. */
                has_owner?: boolean | null;
                /** @description Only those from there. */
                source?: string | null;
                /** @description Only those with at least this score. */
                score_min?: number | null;
                /** @description Only those with at most this score, or none. */
                score_max?: number | null;
                /** @description Only those that are worth something in this currency. */
                currency?: string | null;
                /** @description Only those that are worth at least so much, in the smallest unit of `currency`. */
                value_min?: number | null;
                /** @description Only those that are worth at most so much, in the smallest unit of `currency`. */
                value_max?: number | null;
                /** @description Only those that came to their status at this time or later. */
                status_since_min?: string | null;
                /**
                 * @description Only those that came to their status at this time or earlier: a week ago, and it is those
                 *     that have stood still for a week.
                 */
                status_since_max?: string | null;
                /** @description Only those opened after this time. */
                created_after?: string | null;
                /** @description Only those opened before this time. */
                created_before?: string | null;
                /** @description Only those that are this contact, or one merged into them. */
                contact_id?: string | null;
                /** @description Only those with this phone number. */
                phone?: string | null;
                /** @description Only those with this e-mail address. */
                email?: string | null;
                /** @description Only the one to which another system gave this id. */
                external_id?: string | null;
                /**
                 * @description How they are sorted; by creation if not given.
                 * @example created
                 */
                sort?: ("created" | "score" | "value" | "time_in_stage" | "board") | null;
                /**
                 * @description Which end comes first: `usual` (the newest, the best, the largest, the longest, the top) or
                 *     `reversed`.
                 */
                order?: ("usual" | "reversed") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, sort, order, status, owner_id, has_owner, source, created_after, created_before, contact_id. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of leads. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "f16254ff-903b-432d-81e9-3aa693abc630",
                     *           "status": "NEW",
                     *           "status_since": "2026-11-22T10:14:30Z",
                     *           "status_reason": null,
                     *           "status_rule": null,
                     *           "name": "T. Vidal",
                     *           "phone": null,
                     *           "email": "vidal@example.com",
                     *           "company": null,
                     *           "note": null,
                     *           "fields": {},
                     *           "learned": [],
                     *           "score": null,
                     *           "score_reasons": [],
                     *           "score_explanation": null,
                     *           "score_by_rule": false,
                     *           "value": null,
                     *           "owner_id": null,
                     *           "source": "fair",
                     *           "opened_by": "command",
                     *           "channel_id": null,
                     *           "contact": null,
                     *           "external_id": null,
                     *           "created_at": "2026-11-22T10:14:30.850674Z",
                     *           "position": 827,
                     *           "last_position": 828,
                     *           "merged_into": null,
                     *           "absorbed": [],
                     *           "erased": null,
                     *           "unreadable": false,
                     *           "mode": "live"
                     *         },
                     *         {
                     *           "id": "4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *           "status": "NEW",
                     *           "status_since": "2026-11-22T10:14:30Z",
                     *           "status_reason": null,
                     *           "status_rule": null,
                     *           "name": "Tomás Vidal",
                     *           "phone": null,
                     *           "email": "tomas@example.com",
                     *           "company": "Vidal & Filhos",
                     *           "note": null,
                     *           "fields": {
                     *             "need": "implants"
                     *           },
                     *           "learned": [],
                     *           "score": null,
                     *           "score_reasons": [],
                     *           "score_explanation": null,
                     *           "score_by_rule": false,
                     *           "value": {
                     *             "amount": 240000,
                     *             "currency": "EUR"
                     *           },
                     *           "owner_id": null,
                     *           "source": "website",
                     *           "opened_by": "command",
                     *           "channel_id": null,
                     *           "contact": null,
                     *           "external_id": null,
                     *           "created_at": "2026-11-22T10:14:30.830327Z",
                     *           "position": 824,
                     *           "last_position": 826,
                     *           "merged_into": null,
                     *           "absorbed": [],
                     *           "erased": null,
                     *           "unreadable": false,
                     *           "mode": "live"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["LeadList"];
                };
            };
        };
    };
    create_lead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Ines Duarte",
                 *       "email": "ines@example.com",
                 *       "source": "website"
                 *     }
                 */
                "application/json": components["schemas"]["NewLead"];
            };
        };
        responses: {
            /** @description The lead. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8d49306c-afb3-4a0c-b768-bb4f457dd750",
                     *       "status": "NEW",
                     *       "name": "Ines Duarte",
                     *       "phone": null,
                     *       "email": "ines@example.com",
                     *       "company": null,
                     *       "note": null,
                     *       "fields": {},
                     *       "score": null,
                     *       "score_reasons": [],
                     *       "value": null,
                     *       "owner_id": null,
                     *       "source": "website",
                     *       "contact_id": null,
                     *       "external_id": null
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedLead"];
                };
            };
        };
    };
    import_leads: {
        parameters: {
            query?: {
                /**
                 * @description Only say what would happen.
                 * @example true
                 */
                dry_run?: boolean | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "leads": [
                 *         {
                 *           "name": "Rui Matos",
                 *           "email": "rui@example.com",
                 *           "external_id": "crm-90210"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["LeadImport"];
                "text/csv": string;
            };
        };
        responses: {
            /** @description What became of each row. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dry_run": true,
                     *       "opened": 1,
                     *       "existing": 0,
                     *       "failed": 0,
                     *       "blank": 0,
                     *       "rows": [
                     *         {
                     *           "line": 1,
                     *           "outcome": "opened"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
        };
    };
    show_lead: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 4cd6622c-8751-48bb-9253-3dc776e07ded
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lead. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *       "status": "NEW",
                     *       "status_since": "2026-11-22T10:14:30Z",
                     *       "status_reason": null,
                     *       "status_rule": null,
                     *       "name": "Tomás Vidal",
                     *       "phone": null,
                     *       "email": "tomas@example.com",
                     *       "company": "Vidal & Filhos",
                     *       "note": null,
                     *       "fields": {
                     *         "need": "implants"
                     *       },
                     *       "learned": [],
                     *       "score": null,
                     *       "score_reasons": [],
                     *       "score_explanation": null,
                     *       "score_by_rule": false,
                     *       "value": {
                     *         "amount": 240000,
                     *         "currency": "EUR"
                     *       },
                     *       "owner_id": null,
                     *       "source": "website",
                     *       "opened_by": "command",
                     *       "channel_id": null,
                     *       "contact": null,
                     *       "external_id": null,
                     *       "created_at": "2026-11-22T10:14:30.830327Z",
                     *       "position": 824,
                     *       "last_position": 826,
                     *       "merged_into": null,
                     *       "absorbed": [],
                     *       "erased": null,
                     *       "unreadable": false,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Lead"];
                };
            };
        };
    };
    change_lead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 4cd6622c-8751-48bb-9253-3dc776e07ded
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "score": 70,
                 *       "owner_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                 *       "note": "Asked twice."
                 *     }
                 */
                "application/json": components["schemas"]["ChangedLead"];
            };
        };
        responses: {
            /** @description The lead. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *       "status": "NEW",
                     *       "status_since": "2026-11-22T10:14:30Z",
                     *       "status_reason": null,
                     *       "status_rule": null,
                     *       "name": "Tomás Vidal",
                     *       "phone": null,
                     *       "email": "tomas@example.com",
                     *       "company": "Vidal & Filhos",
                     *       "note": "Asked twice.",
                     *       "fields": {
                     *         "need": "implants"
                     *       },
                     *       "learned": [],
                     *       "score": 70,
                     *       "score_reasons": [],
                     *       "score_explanation": null,
                     *       "score_by_rule": false,
                     *       "value": {
                     *         "amount": 240000,
                     *         "currency": "EUR"
                     *       },
                     *       "owner_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "source": "website",
                     *       "opened_by": "command",
                     *       "channel_id": null,
                     *       "contact": null,
                     *       "external_id": null,
                     *       "created_at": "2026-11-22T10:14:30.830327Z",
                     *       "position": 824,
                     *       "last_position": 831,
                     *       "merged_into": null,
                     *       "absorbed": [],
                     *       "erased": null,
                     *       "unreadable": false,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Lead"];
                };
            };
        };
    };
    list_lead_events: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 4cd6622c-8751-48bb-9253-3dc776e07ded
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events, in the order of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "position": 824,
                     *           "id": "6b0f3fae-dece-454f-82b1-5ce73751c716",
                     *           "stream": "lead/4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *           "version": 1,
                     *           "type": "lead_opened",
                     *           "at": "2026-11-22T10:14:30.830327Z",
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "c41aedbb-d328-4277-954a-77a340560012",
                     *           "correlation_id": "c8e78684-50ff-4d20-8d51-a28c8be7750f",
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "subject": "4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *             "opened_by": "command",
                     *             "source": "website",
                     *             "at": 1795342470,
                     *             "rank": "7ff99f2541c6c0ea4cd6622c8"
                     *           }
                     *         },
                     *         {
                     *           "position": 825,
                     *           "id": "8e717e11-afe9-4fb7-924f-37e7d12ab29c",
                     *           "stream": "lead/4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *           "version": 2,
                     *           "type": "lead_fields_changed",
                     *           "at": "2026-11-22T10:14:30.830327Z",
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "c41aedbb-d328-4277-954a-77a340560012",
                     *           "correlation_id": "c8e78684-50ff-4d20-8d51-a28c8be7750f",
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "set": [
                     *               "company",
                     *               "email"
                     *             ],
                     *             "email": "ce77b544-04ab-72eb-4910-53f0dbcc95eb",
                     *             "content": {
                     *               "lead": {
                     *                 "fields": {
                     *                   "company": "Vidal & Filhos",
                     *                   "email": "tomas@example.com",
                     *                   "name": "Tomás Vidal",
                     *                   "need": "implants"
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventList"];
                };
            };
        };
    };
    change_lead_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 4cd6622c-8751-48bb-9253-3dc776e07ded
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "QUALIFIED"
                 *     }
                 */
                "application/json": components["schemas"]["ChangedLeadStatus"];
            };
        };
        responses: {
            /** @description The lead. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *       "status": "QUALIFIED",
                     *       "status_since": "2026-11-22T10:14:30Z",
                     *       "status_reason": null,
                     *       "status_rule": null,
                     *       "name": "Tomás Vidal",
                     *       "phone": null,
                     *       "email": "tomas@example.com",
                     *       "company": "Vidal & Filhos",
                     *       "note": "Asked twice.",
                     *       "fields": {
                     *         "need": "implants"
                     *       },
                     *       "learned": [],
                     *       "score": 70,
                     *       "score_reasons": [],
                     *       "score_explanation": null,
                     *       "score_by_rule": false,
                     *       "value": {
                     *         "amount": 240000,
                     *         "currency": "EUR"
                     *       },
                     *       "owner_id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "source": "website",
                     *       "opened_by": "command",
                     *       "channel_id": null,
                     *       "contact": null,
                     *       "external_id": null,
                     *       "created_at": "2026-11-22T10:14:30.830327Z",
                     *       "position": 824,
                     *       "last_position": 832,
                     *       "merged_into": null,
                     *       "absorbed": [],
                     *       "erased": null,
                     *       "unreadable": false,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Lead"];
                };
            };
        };
    };
    merge_leads: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 4cd6622c-8751-48bb-9253-3dc776e07ded
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "other": "f16254ff-903b-432d-81e9-3aa693abc630"
                 *     }
                 */
                "application/json": components["schemas"]["OtherLead"];
            };
        };
        responses: {
            /** @description The two leads. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "4cd6622c-8751-48bb-9253-3dc776e07ded",
                     *       "other": "f16254ff-903b-432d-81e9-3aa693abc630",
                     *       "merged": true
                     *     }
                     */
                    "application/json": components["schemas"]["MergedLeads"];
                };
            };
        };
    };
    move_lead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 89707dfc-bb65-4cbe-9f0c-e5df94347a53
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "after": "2312414d-cc43-4d6f-864a-807ee56061eb"
                 *     }
                 */
                "application/json": components["schemas"]["MovedLead"];
            };
        };
        responses: {
            /** @description The lead. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "89707dfc-bb65-4cbe-9f0c-e5df94347a53",
                     *       "status": "NEW",
                     *       "status_since": "2026-11-22T10:14:30Z",
                     *       "status_reason": null,
                     *       "status_rule": null,
                     *       "name": "Paula Reis",
                     *       "phone": null,
                     *       "email": "paula@example.com",
                     *       "company": null,
                     *       "note": null,
                     *       "fields": {},
                     *       "learned": [],
                     *       "score": null,
                     *       "score_reasons": [],
                     *       "score_explanation": null,
                     *       "score_by_rule": false,
                     *       "value": null,
                     *       "owner_id": null,
                     *       "source": "fair",
                     *       "opened_by": "command",
                     *       "channel_id": null,
                     *       "contact": null,
                     *       "external_id": null,
                     *       "created_at": "2026-11-22T10:14:30.966886Z",
                     *       "position": 836,
                     *       "last_position": 837,
                     *       "merged_into": null,
                     *       "absorbed": [],
                     *       "erased": null,
                     *       "unreadable": false,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Lead"];
                };
            };
        };
    };
    delete_lead_data: {
        parameters: {
            query: {
                /**
                 * @description Why: a closed list, because it stays in the clear for ever.
                 * @example requested
                 */
                reason: "requested" | "consent_withdrawn" | "retention_over" | "test_data" | "other";
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 89707dfc-bb65-4cbe-9f0c-e5df94347a53
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What can be certified. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *       "contacts": [],
                     *       "leads": [
                     *         "89707dfc-bb65-4cbe-9f0c-e5df94347a53"
                     *       ],
                     *       "reason": "requested",
                     *       "by": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *       "by_kind": "key",
                     *       "keys_gone_at": "2026-11-22T10:14:31Z",
                     *       "indexes_rewritten_at": null,
                     *       "position": 841,
                     *       "vault_generation": 97,
                     *       "vault_epoch": 6,
                     *       "backups_gone_by": "2026-12-22T10:14:31Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
        };
    };
    show_lead_erasure: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 89707dfc-bb65-4cbe-9f0c-e5df94347a53
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workspace_id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *       "contacts": [],
                     *       "leads": [
                     *         "89707dfc-bb65-4cbe-9f0c-e5df94347a53"
                     *       ],
                     *       "reason": "requested",
                     *       "by": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *       "by_kind": "key",
                     *       "keys_gone_at": "2026-11-22T10:14:31Z",
                     *       "indexes_rewritten_at": null,
                     *       "position": 841,
                     *       "vault_generation": 97,
                     *       "vault_epoch": 6,
                     *       "backups_gone_by": "2026-12-22T10:14:31Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
        };
    };
    show_pipeline: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pipeline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stages": [
                     *         {
                     *           "status": "NEW",
                     *           "count": 5,
                     *           "value": [],
                     *           "entered": 11,
                     *           "reached": 11,
                     *           "left": 6,
                     *           "mean_seconds": 2,
                     *           "moves": {
                     *             "QUALIFIED": 6
                     *           },
                     *           "conversion": 1
                     *         },
                     *         {
                     *           "status": "QUALIFIED",
                     *           "count": 3,
                     *           "value": [
                     *             {
                     *               "amount": 247000,
                     *               "currency": "EUR"
                     *             }
                     *           ],
                     *           "entered": 6,
                     *           "reached": 6,
                     *           "left": 3,
                     *           "mean_seconds": 0,
                     *           "moves": {
                     *             "CONTACTED": 3
                     *           },
                     *           "conversion": 1
                     *         }
                     *       ],
                     *       "opened": 11,
                     *       "won": 1,
                     *       "conversion": 0.0909,
                     *       "merged": 0,
                     *       "targets": [
                     *         {
                     *           "status": "WON",
                     *           "period": "2026-11",
                     *           "starts_at": "2026-11-01T00:00:00Z",
                     *           "ends_at": "2026-12-01T00:00:00Z",
                     *           "count": 12,
                     *           "value": null,
                     *           "reached": 1,
                     *           "reached_value": [
                     *             {
                     *               "amount": 4000,
                     *               "currency": "EUR"
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "status": "WON",
                     *           "period": "2026-Q4",
                     *           "starts_at": "2026-10-01T00:00:00Z",
                     *           "ends_at": "2027-01-01T00:00:00Z",
                     *           "count": 5,
                     *           "value": {
                     *             "amount": 250000,
                     *             "currency": "EUR"
                     *           },
                     *           "reached": 1,
                     *           "reached_value": [
                     *             {
                     *               "amount": 4000,
                     *               "currency": "EUR"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "counted_until": null
                     *     }
                     */
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    set_target: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "WON",
                 *       "period": "2026-11",
                 *       "count": 12
                 *     }
                 */
                "application/json": components["schemas"]["NewTarget"];
            };
        };
        responses: {
            /** @description The target. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "WON",
                     *       "period": "2026-11",
                     *       "count": 12,
                     *       "value": null
                     *     }
                     */
                    "application/json": components["schemas"]["TargetSet"];
                };
            };
        };
    };
    list_services: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of services. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "07d5b83f-fa09-4437-98ed-93888ee13e24",
                     *           "name": "Consultation",
                     *           "staff_id": null,
                     *           "duration_minutes": 30,
                     *           "buffer_before_minutes": 0,
                     *           "buffer_after_minutes": 15,
                     *           "step_minutes": 30,
                     *           "time_zone": "UTC",
                     *           "weekly": [
                     *             {
                     *               "day": 1,
                     *               "opens": 540,
                     *               "closes": 1020
                     *             },
                     *             {
                     *               "day": 2,
                     *               "opens": 540,
                     *               "closes": 1020
                     *             }
                     *           ],
                     *           "exceptions": [],
                     *           "notice_minutes": 120,
                     *           "horizon_days": 60,
                     *           "remind_minutes": 60,
                     *           "active": true,
                     *           "created_at": "2026-11-22T10:14:23.708437Z"
                     *         },
                     *         {
                     *           "id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *           "name": "Check-up",
                     *           "staff_id": null,
                     *           "duration_minutes": 30,
                     *           "buffer_before_minutes": 0,
                     *           "buffer_after_minutes": 10,
                     *           "step_minutes": 30,
                     *           "time_zone": "UTC",
                     *           "weekly": [
                     *             {
                     *               "day": 1,
                     *               "opens": 540,
                     *               "closes": 1020
                     *             },
                     *             {
                     *               "day": 2,
                     *               "opens": 540,
                     *               "closes": 1020
                     *             }
                     *           ],
                     *           "exceptions": [],
                     *           "notice_minutes": 60,
                     *           "horizon_days": 60,
                     *           "remind_minutes": 120,
                     *           "active": true,
                     *           "created_at": "2026-11-22T10:14:31.021744Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ServiceList"];
                };
            };
        };
    };
    create_service: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Check-up",
                 *       "duration_minutes": 30,
                 *       "buffer_after_minutes": 10,
                 *       "weekly": [
                 *         {
                 *           "day": 1,
                 *           "opens": 540,
                 *           "closes": 1020
                 *         },
                 *         {
                 *           "day": 2,
                 *           "opens": 540,
                 *           "closes": 1020
                 *         },
                 *         {
                 *           "day": 3,
                 *           "opens": 540,
                 *           "closes": 1020
                 *         },
                 *         {
                 *           "day": 4,
                 *           "opens": 540,
                 *           "closes": 1020
                 *         },
                 *         {
                 *           "day": 5,
                 *           "opens": 540,
                 *           "closes": 1020
                 *         }
                 *       ],
                 *       "notice_minutes": 60,
                 *       "remind_minutes": 120
                 *     }
                 */
                "application/json": components["schemas"]["ServiceSettings"];
            };
        };
        responses: {
            /** @description The service. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *       "name": "Check-up",
                     *       "staff_id": null,
                     *       "duration_minutes": 30,
                     *       "buffer_before_minutes": 0,
                     *       "buffer_after_minutes": 10,
                     *       "step_minutes": 30,
                     *       "time_zone": "UTC",
                     *       "weekly": [
                     *         {
                     *           "day": 1,
                     *           "opens": 540,
                     *           "closes": 1020
                     *         },
                     *         {
                     *           "day": 2,
                     *           "opens": 540,
                     *           "closes": 1020
                     *         }
                     *       ],
                     *       "exceptions": [],
                     *       "notice_minutes": 60,
                     *       "horizon_days": 60,
                     *       "remind_minutes": 120,
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    show_service: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 11b291af-85d5-4865-8f0f-4f6d30bc9531
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *       "name": "Check-up",
                     *       "staff_id": null,
                     *       "duration_minutes": 30,
                     *       "buffer_before_minutes": 0,
                     *       "buffer_after_minutes": 10,
                     *       "step_minutes": 30,
                     *       "time_zone": "UTC",
                     *       "weekly": [
                     *         {
                     *           "day": 1,
                     *           "opens": 540,
                     *           "closes": 1020
                     *         },
                     *         {
                     *           "day": 2,
                     *           "opens": 540,
                     *           "closes": 1020
                     *         }
                     *       ],
                     *       "exceptions": [],
                     *       "notice_minutes": 60,
                     *       "horizon_days": 60,
                     *       "remind_minutes": 120,
                     *       "active": true,
                     *       "created_at": "2026-11-22T10:14:31.021744Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    update_service: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 11b291af-85d5-4865-8f0f-4f6d30bc9531
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "notice_minutes": 0
                 *     }
                 */
                "application/json": components["schemas"]["ServiceSettings"];
            };
        };
        responses: {
            /** @description The service. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *       "name": "Check-up",
                     *       "staff_id": null,
                     *       "duration_minutes": 30,
                     *       "buffer_before_minutes": 0,
                     *       "buffer_after_minutes": 10,
                     *       "step_minutes": 30,
                     *       "time_zone": "UTC",
                     *       "weekly": [
                     *         {
                     *           "day": 1,
                     *           "opens": 540,
                     *           "closes": 1020
                     *         },
                     *         {
                     *           "day": 2,
                     *           "opens": 540,
                     *           "closes": 1020
                     *         }
                     *       ],
                     *       "exceptions": [],
                     *       "notice_minutes": 0,
                     *       "horizon_days": 60,
                     *       "remind_minutes": 120,
                     *       "active": true
                     *     }
                     */
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    show_slots: {
        parameters: {
            query?: {
                /**
                 * @description Those that begin at this time or later: a time (RFC 3339), or a day such as `2026-11-23`,
                 *     which stands for its first moment. Now if not given.
                 */
                from?: string | null;
                /** @description Those that begin before this time, at most 31 days after `from`; a week after it if not given. */
                to?: string | null;
                /** @description The time zone in which days are meant and times are shown (IANA); the service's if not given. */
                time_zone?: string | null;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 11b291af-85d5-4865-8f0f-4f6d30bc9531
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The times, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_zone": "UTC",
                     *       "from": "2026-11-22T10:14:31Z",
                     *       "to": "2026-11-29T10:14:31Z",
                     *       "data": [
                     *         {
                     *           "starts_at": "2026-11-23T09:00:00Z",
                     *           "ends_at": "2026-11-23T09:30:00Z",
                     *           "local": "2026-11-23T09:00:00+00:00"
                     *         },
                     *         {
                     *           "starts_at": "2026-11-23T09:30:00Z",
                     *           "ends_at": "2026-11-23T10:00:00Z",
                     *           "local": "2026-11-23T09:30:00+00:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Slots"];
                };
            };
        };
    };
    list_appointments: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those of this service. */
                service_id?: string | null;
                /** @description Only those with this contact, or one merged into them. */
                contact_id?: string | null;
                /** @description Only those that stand like this. */
                status?: ("booked" | "cancelled" | "completed" | "missed") | null;
                /** @description Only those that begin at this time or later. */
                from?: string | null;
                /** @description Only those that begin before this time. */
                to?: string | null;
                /** @description How they are sorted; by the time they begin if not given. */
                sort?: ("starts_at" | "created") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, sort, service_id, contact_id, status, from, to. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of appointments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "e4b9ae05-4763-4933-a938-4cf927989557",
                     *           "status": "booked",
                     *           "service_id": "07d5b83f-fa09-4437-98ed-93888ee13e24",
                     *           "staff_id": null,
                     *           "starts_at": "2026-11-23T09:00:00Z",
                     *           "ends_at": "2026-11-23T09:30:00Z",
                     *           "blocked_from": "2026-11-23T09:00:00Z",
                     *           "blocked_until": "2026-11-23T09:45:00Z",
                     *           "remind_at": "2026-11-23T08:00:00Z",
                     *           "contact_id": "0b0689df-3a00-408a-9c53-6640e042651d",
                     *           "lead_id": null,
                     *           "conversation_id": "8a73dd4c-f106-44e6-a412-c78e551c9077",
                     *           "title": "First consultation",
                     *           "note": null,
                     *           "cancel_reason": null,
                     *           "erased": false,
                     *           "unreadable": false,
                     *           "created_at": "2026-11-22T10:14:23.764937Z",
                     *           "position": 561,
                     *           "last_position": 561,
                     *           "mode": "live"
                     *         },
                     *         {
                     *           "id": "2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1",
                     *           "status": "booked",
                     *           "service_id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *           "staff_id": null,
                     *           "starts_at": "2026-11-23T09:00:00Z",
                     *           "ends_at": "2026-11-23T09:30:00Z",
                     *           "blocked_from": "2026-11-23T09:00:00Z",
                     *           "blocked_until": "2026-11-23T09:40:00Z",
                     *           "remind_at": "2026-11-23T07:00:00Z",
                     *           "contact_id": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *           "lead_id": null,
                     *           "conversation_id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *           "title": "Check-up",
                     *           "note": null,
                     *           "cancel_reason": null,
                     *           "erased": false,
                     *           "unreadable": false,
                     *           "created_at": "2026-11-22T10:14:31.130283Z",
                     *           "position": 845,
                     *           "last_position": 845,
                     *           "mode": "live"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["AppointmentList"];
                };
            };
        };
    };
    book_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "service_id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                 *       "starts_at": "2026-11-23T09:00:00Z",
                 *       "conversation_id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                 *       "title": "Check-up"
                 *     }
                 */
                "application/json": components["schemas"]["NewAppointment"];
            };
        };
        responses: {
            /** @description The appointment. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1",
                     *       "status": "booked",
                     *       "service_id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *       "staff_id": null,
                     *       "starts_at": "2026-11-23T09:00:00Z",
                     *       "ends_at": "2026-11-23T09:30:00Z",
                     *       "remind_at": "2026-11-23T07:00:00Z",
                     *       "contact_id": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *       "lead_id": null,
                     *       "conversation_id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "title": "Check-up",
                     *       "note": null
                     *     }
                     */
                    "application/json": components["schemas"]["BookedAppointment"];
                };
            };
        };
    };
    show_appointment: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1",
                     *       "status": "booked",
                     *       "service_id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *       "staff_id": null,
                     *       "starts_at": "2026-11-23T10:30:00Z",
                     *       "ends_at": "2026-11-23T11:00:00Z",
                     *       "blocked_from": "2026-11-23T10:30:00Z",
                     *       "blocked_until": "2026-11-23T11:10:00Z",
                     *       "remind_at": "2026-11-23T08:30:00Z",
                     *       "contact_id": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *       "lead_id": null,
                     *       "conversation_id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "title": "Check-up",
                     *       "note": null,
                     *       "cancel_reason": null,
                     *       "erased": false,
                     *       "unreadable": false,
                     *       "created_at": "2026-11-22T10:14:31.130283Z",
                     *       "position": 845,
                     *       "last_position": 847,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Appointment"];
                };
            };
        };
    };
    list_appointment_events: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events, in the order of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "position": 845,
                     *           "id": "66bbaf46-c498-433b-8e94-ba94d73e0eef",
                     *           "stream": "appointment/2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1",
                     *           "version": 1,
                     *           "type": "appointment_booked",
                     *           "at": "2026-11-22T10:14:31.130283Z",
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "728e5807-54e6-4e58-8d4d-48999bf60d71",
                     *           "correlation_id": "35175589-6450-4784-befa-aa090411c5b6",
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "what": {
                     *               "service": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *               "staff": null
                     *             },
                     *             "with": {
                     *               "subject": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *               "contact": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *               "lead": null,
                     *               "conversation": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3"
                     *             },
                     *             "times": {
                     *               "starts_at": 1795424400,
                     *               "ends_at": 1795426200,
                     *               "blocked_from": 1795424400,
                     *               "blocked_until": 1795426800
                     *             },
                     *             "remind_at": 1795417200,
                     *             "content": {
                     *               "appointment": {
                     *                 "title": "Check-up"
                     *               }
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "position": 847,
                     *           "id": "eec10f0b-ce69-4283-a39c-0cc40f8a1021",
                     *           "stream": "appointment/2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1",
                     *           "version": 2,
                     *           "type": "appointment_moved",
                     *           "at": "2026-11-22T10:14:31.18369Z",
                     *           "actor": {
                     *             "kind": "key",
                     *             "id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "58278e6a-df90-4827-a875-77d42f4935e7",
                     *           "correlation_id": "addf5511-c9bc-4a12-87df-8655b9dbba33",
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "old_what": {
                     *               "service": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *               "staff": null
                     *             },
                     *             "what": {
                     *               "service": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *               "staff": null
                     *             },
                     *             "with": {
                     *               "subject": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *               "contact": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *               "lead": null,
                     *               "conversation": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3"
                     *             },
                     *             "old_times": {
                     *               "starts_at": 1795424400,
                     *               "ends_at": 1795426200,
                     *               "blocked_from": 1795424400,
                     *               "blocked_until": 1795426800
                     *             },
                     *             "times": {
                     *               "starts_at": 1795429800,
                     *               "ends_at": 1795431600,
                     *               "blocked_from": 1795429800,
                     *               "blocked_until": 1795432200
                     *             },
                     *             "remind_at": 1795422600
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventList"];
                };
            };
        };
    };
    download_appointment: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
        };
    };
    move_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "starts_at": "2026-11-23T10:30:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["MovedAppointment"];
            };
        };
        responses: {
            /** @description The appointment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1",
                     *       "status": "booked",
                     *       "service_id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *       "staff_id": null,
                     *       "starts_at": "2026-11-23T10:30:00Z",
                     *       "ends_at": "2026-11-23T11:00:00Z",
                     *       "blocked_from": "2026-11-23T10:30:00Z",
                     *       "blocked_until": "2026-11-23T11:10:00Z",
                     *       "remind_at": "2026-11-23T08:30:00Z",
                     *       "contact_id": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *       "lead_id": null,
                     *       "conversation_id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "title": "Check-up",
                     *       "note": null,
                     *       "cancel_reason": null,
                     *       "erased": false,
                     *       "unreadable": false,
                     *       "created_at": "2026-11-22T10:14:31.130283Z",
                     *       "position": 845,
                     *       "last_position": 847,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Appointment"];
                };
            };
        };
    };
    cancel_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The patient is ill."
                 *     }
                 */
                "application/json": components["schemas"]["CancelledAppointment"];
            };
        };
        responses: {
            /** @description The appointment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "2ace18e9-b23c-494b-b0b7-9c17bd0a0ee1",
                     *       "status": "cancelled",
                     *       "service_id": "11b291af-85d5-4865-8f0f-4f6d30bc9531",
                     *       "staff_id": null,
                     *       "starts_at": "2026-11-23T10:30:00Z",
                     *       "ends_at": "2026-11-23T11:00:00Z",
                     *       "blocked_from": "2026-11-23T10:30:00Z",
                     *       "blocked_until": "2026-11-23T11:10:00Z",
                     *       "remind_at": null,
                     *       "contact_id": "f814cb8c-9d4f-4f08-9da3-e6ae22dc4f87",
                     *       "lead_id": null,
                     *       "conversation_id": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *       "title": "Check-up",
                     *       "note": null,
                     *       "cancel_reason": "The patient is ill.",
                     *       "erased": false,
                     *       "unreadable": false,
                     *       "created_at": "2026-11-22T10:14:31.130283Z",
                     *       "position": 845,
                     *       "last_position": 848,
                     *       "mode": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Appointment"];
                };
            };
        };
    };
    complete_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ddf9b903-082a-401a-b46a-c59187068071
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
        };
    };
    miss_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ddf9b903-082a-401a-b46a-c59187068071
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
        };
    };
    list_documents: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those that this agent may answer from: its own and those for every agent. */
                agent_id?: string | null;
                /** @description How they are sorted; the newest first if not given. */
                order?: ("newest" | "oldest") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, agent_id, order. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "50970e5b-4ec5-4b02-b323-de91bf4ff0b2",
                     *           "title": "Parking",
                     *           "format": "markdown",
                     *           "language": "en",
                     *           "language_detected": true,
                     *           "agent_id": null,
                     *           "version": 1,
                     *           "characters": 59,
                     *           "passage_count": 1,
                     *           "created_at": "2026-11-22T10:14:31.320312Z",
                     *           "updated_at": "2026-11-22T10:14:31.320312Z",
                     *           "position": 851,
                     *           "source": null,
                     *           "unreadable": false
                     *         },
                     *         {
                     *           "id": "25ca9073-8550-4d48-b41b-b2b37027c101",
                     *           "title": "Summer 2026 Pricing",
                     *           "format": "text",
                     *           "language": "en",
                     *           "language_detected": true,
                     *           "agent_id": "97ce412e-806a-48a6-bd73-c67dfe3d5687",
                     *           "version": 1,
                     *           "characters": 62,
                     *           "passage_count": 1,
                     *           "created_at": "2026-11-22T10:14:26.985942Z",
                     *           "updated_at": "2026-11-22T10:14:26.985942Z",
                     *           "position": 697,
                     *           "source": null,
                     *           "unreadable": false
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentSummaryList"];
                };
            };
        };
    };
    add_document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Parking",
                 *       "content": "# Parking\n\nTwo places behind the house are free for patients.",
                 *       "format": "markdown"
                 *     }
                 */
                "application/json": components["schemas"]["NewDocument"];
            };
        };
        responses: {
            /** @description The document. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "50970e5b-4ec5-4b02-b323-de91bf4ff0b2",
                     *       "title": "Parking",
                     *       "format": "markdown",
                     *       "language": "en",
                     *       "language_detected": true,
                     *       "agent_id": null,
                     *       "characters": 59,
                     *       "passage_count": 1
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentWritten"];
                };
            };
        };
    };
    search_knowledge: {
        parameters: {
            query: {
                /**
                 * @description Words, `"phrases"`, `begin*`, `mispelt~`, `+must`, `-must not`.
                 * @example emergency opening hours
                 */
                q: string;
                /** @description Only what this agent may answer from: its own documents and those for every agent. */
                agent_id?: string | null;
                /** @description Only of this document. */
                document_id?: string | null;
                /** @description Only in this language, a code of ISO 639 such as `pt`. */
                language?: string | null;
                /** @description How many at most; 10 if not given. */
                limit?: number | null;
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The passages, the best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "document_id": "a0dcc0ad-105e-4a10-9e5c-29bb5bdb037c",
                     *           "version": 1,
                     *           "position": 47,
                     *           "passage": 2,
                     *           "title": "Opening hours and emergencies",
                     *           "headings": [
                     *             "Emergencies"
                     *           ],
                     *           "text": "For a broken tooth, heavy bleeding or pain that painkillers do not stop, call us at any hour. During opening hours we see emergencies on the same day. At night and on weekends the line is answered by the dentist on duty, who decides with you whether it can wait until the morning.",
                     *           "start": 129,
                     *           "end": 409,
                     *           "language": "en",
                     *           "agent_id": null,
                     *           "score": 9.896138,
                     *           "snippet": {
                     *             "text": "or pain that painkillers do not stop, call us at any hour. During opening hours we see emergencies on the same day. At night and on weekends the line is answered by the dentist on duty, who decides with you whether it can wait until the",
                     *             "offset": 35,
                     *             "highlights": [
                     *               {
                     *                 "start": 53,
                     *                 "end": 57
                     *               },
                     *               {
                     *                 "start": 66,
                     *                 "end": 73
                     *               }
                     *             ],
                     *             "html": "or pain that painkillers do not stop, call us at any <mark>hour</mark>. During <mark>opening</mark> <mark>hours</mark> we see <mark>emergencies</mark> on the same day. At night and on weekends the line is answered by the dentist on duty, who decides with you whether it can wait until the"
                     *           }
                     *         },
                     *         {
                     *           "document_id": "a0dcc0ad-105e-4a10-9e5c-29bb5bdb037c",
                     *           "version": 1,
                     *           "position": 47,
                     *           "passage": 1,
                     *           "title": "Opening hours and emergencies",
                     *           "headings": [
                     *             "Opening hours"
                     *           ],
                     *           "text": "Monday to Thursday from 8:00 to 18:00, Friday from 8:00 to 14:00. We are closed on public holidays.",
                     *           "start": 15,
                     *           "end": 114,
                     *           "language": "en",
                     *           "agent_id": null,
                     *           "score": 5.8648076,
                     *           "snippet": {
                     *             "text": "Monday to Thursday from 8:00 to 18:00, Friday from 8:00 to 14:00. We are closed on public holidays.",
                     *             "offset": 0,
                     *             "highlights": [],
                     *             "html": "Monday to Thursday from 8:00 to 18:00, Friday from 8:00 to 14:00. We are closed on public holidays."
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null,
                     *       "left_out": []
                     *     }
                     */
                    "application/json": components["schemas"]["FoundPassage"];
                };
            };
        };
    };
    upload_file: {
        parameters: {
            query: {
                /**
                 * @description What the file is called, such as `menu.pdf`. A file of the same name, for the same agent, is
                 *     the next version of it.
                 * @example aftercare.md
                 */
                name: string;
                /** @description What its document is to be called; what the file says of itself if not given. */
                title?: string | null;
                /** @description The language, a code of ISO 639 such as `pt`; worked out from the text if not given. */
                language?: string | null;
                /** @description The agent that alone may answer from it; every agent may if not given. */
                agent_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": string;
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                "text/html": string;
                /**
                 * @example # After a filling
                 *
                 *     Please do not eat for two hours.
                 */
                "text/markdown": string;
                "text/plain": string;
            };
        };
        responses: {
            /** @description The import, which waits for its turn. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "888f0551-2871-45b4-b1d6-3fd4cfbc85f0",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["ImportAsked"];
                };
            };
        };
    };
    crawl_site: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://docs.example",
                 *       "depth": 1,
                 *       "pages": 20
                 *     }
                 */
                "application/json": components["schemas"]["NewCrawl"];
            };
        };
        responses: {
            /** @description The import, which waits for its turn. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "d7ec9c6c-defd-48aa-8484-d7e68d718cdc",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["ImportAsked"];
                };
            };
        };
    };
    list_imports: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of imports. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "888f0551-2871-45b4-b1d6-3fd4cfbc85f0",
                     *           "kind": "file",
                     *           "state": "ready",
                     *           "reason": null,
                     *           "source": "aftercare.md",
                     *           "agent_id": null,
                     *           "language": null,
                     *           "format": "markdown",
                     *           "bytes": 52,
                     *           "depth": null,
                     *           "pages": null,
                     *           "again_of": null,
                     *           "progress": {
                     *             "found": 1,
                     *             "done": 1,
                     *             "added": 1,
                     *             "updated": 0,
                     *             "unchanged": 0,
                     *             "removed": 0,
                     *             "skipped": 0,
                     *             "failed": 0
                     *           },
                     *           "limited": false,
                     *           "created_at": "2026-11-22T10:14:31.42038Z",
                     *           "begun_at": "2026-11-22T10:14:31.427245Z",
                     *           "ended_at": "2026-11-22T10:14:31.443405Z"
                     *         },
                     *         {
                     *           "id": "c64507d3-f701-4d2a-b452-a8e0d4b7f6a7",
                     *           "kind": "site",
                     *           "state": "failed",
                     *           "reason": "unreachable",
                     *           "source": "https://docs.example",
                     *           "agent_id": null,
                     *           "language": null,
                     *           "format": null,
                     *           "bytes": null,
                     *           "depth": 1,
                     *           "pages": 100,
                     *           "again_of": null,
                     *           "progress": {
                     *             "found": 1,
                     *             "done": 1,
                     *             "added": 0,
                     *             "updated": 0,
                     *             "unchanged": 0,
                     *             "removed": 0,
                     *             "skipped": 0,
                     *             "failed": 1
                     *           },
                     *           "limited": false,
                     *           "created_at": "2026-11-22T10:14:26.877087Z",
                     *           "begun_at": "2026-11-22T10:14:26.910239Z",
                     *           "ended_at": "2026-11-22T10:14:26.925653Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ImportList"];
                };
            };
        };
    };
    show_import: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 888f0551-2871-45b4-b1d6-3fd4cfbc85f0
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "888f0551-2871-45b4-b1d6-3fd4cfbc85f0",
                     *       "kind": "file",
                     *       "state": "ready",
                     *       "reason": null,
                     *       "source": "aftercare.md",
                     *       "agent_id": null,
                     *       "language": null,
                     *       "format": "markdown",
                     *       "bytes": 52,
                     *       "depth": null,
                     *       "pages": null,
                     *       "again_of": null,
                     *       "progress": {
                     *         "found": 1,
                     *         "done": 1,
                     *         "added": 1,
                     *         "updated": 0,
                     *         "unchanged": 0,
                     *         "removed": 0,
                     *         "skipped": 0,
                     *         "failed": 0
                     *       },
                     *       "limited": false,
                     *       "created_at": "2026-11-22T10:14:31.42038Z",
                     *       "begun_at": "2026-11-22T10:14:31.427245Z",
                     *       "ended_at": "2026-11-22T10:14:31.443405Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Import"];
                };
            };
        };
    };
    list_import_pages: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 888f0551-2871-45b4-b1d6-3fd4cfbc85f0
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of pages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "number": 1,
                     *           "address": "aftercare.md",
                     *           "state": "added",
                     *           "reason": null,
                     *           "document_id": "c285569e-ff37-49b8-bb9c-626c117cb9c3",
                     *           "status": null,
                     *           "bytes": 52,
                     *           "at": "2026-11-22T10:14:31.441841Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ImportPageList"];
                };
            };
        };
    };
    cancel_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example d7ec9c6c-defd-48aa-8484-d7e68d718cdc
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import, which failed with the reason `cancelled`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "d7ec9c6c-defd-48aa-8484-d7e68d718cdc",
                     *       "state": "failed"
                     *     }
                     */
                    "application/json": components["schemas"]["ImportAsked"];
                };
            };
        };
    };
    import_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example d7ec9c6c-defd-48aa-8484-d7e68d718cdc
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new import, which waits for its turn. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "511356e9-455d-4f5a-8819-15bdf2f5b701",
                     *       "state": "pending"
                     *     }
                     */
                    "application/json": components["schemas"]["ImportAsked"];
                };
            };
        };
    };
    show_document: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 50970e5b-4ec5-4b02-b323-de91bf4ff0b2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "50970e5b-4ec5-4b02-b323-de91bf4ff0b2",
                     *       "title": "Parking",
                     *       "format": "markdown",
                     *       "language": "en",
                     *       "language_detected": true,
                     *       "agent_id": null,
                     *       "version": 1,
                     *       "characters": 59,
                     *       "passage_count": 1,
                     *       "created_at": "2026-11-22T10:14:31.320312Z",
                     *       "updated_at": "2026-11-22T10:14:31.320312Z",
                     *       "position": 851,
                     *       "source": null,
                     *       "unreadable": false,
                     *       "content": "# Parking\n\nTwo places behind the house are free for patients.",
                     *       "text": "Parking\n\nTwo places behind the house are free for patients.",
                     *       "passages": [
                     *         {
                     *           "headings": [
                     *             "Parking"
                     *           ],
                     *           "start": 9,
                     *           "end": 59
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentView"];
                };
            };
        };
    };
    remove_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 50970e5b-4ec5-4b02-b323-de91bf4ff0b2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 50970e5b-4ec5-4b02-b323-de91bf4ff0b2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "content": "# Parking\n\nThree places behind the house are free for patients."
                 *     }
                 */
                "application/json": components["schemas"]["ChangedDocument"];
            };
        };
        responses: {
            /** @description The version that stands now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "50970e5b-4ec5-4b02-b323-de91bf4ff0b2",
                     *       "title": "Parking",
                     *       "format": "markdown",
                     *       "language": "en",
                     *       "language_detected": true,
                     *       "agent_id": null,
                     *       "characters": 61,
                     *       "passage_count": 1
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentWritten"];
                };
            };
        };
    };
    list_document_versions: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 50970e5b-4ec5-4b02-b323-de91bf4ff0b2
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "50970e5b-4ec5-4b02-b323-de91bf4ff0b2",
                     *           "title": "Parking",
                     *           "format": "markdown",
                     *           "language": "en",
                     *           "language_detected": true,
                     *           "agent_id": null,
                     *           "version": 2,
                     *           "characters": 61,
                     *           "passage_count": 1,
                     *           "created_at": "2026-11-22T10:14:31.320312Z",
                     *           "updated_at": "2026-11-22T10:14:31.390207Z",
                     *           "position": 852,
                     *           "source": null,
                     *           "unreadable": false,
                     *           "content": "# Parking\n\nThree places behind the house are free for patients.",
                     *           "text": "Parking\n\nThree places behind the house are free for patients.",
                     *           "passages": [
                     *             {
                     *               "headings": [
                     *                 "Parking"
                     *               ],
                     *               "start": 9,
                     *               "end": 61
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "id": "50970e5b-4ec5-4b02-b323-de91bf4ff0b2",
                     *           "title": "Parking",
                     *           "format": "markdown",
                     *           "language": "en",
                     *           "language_detected": true,
                     *           "agent_id": null,
                     *           "version": 1,
                     *           "characters": 59,
                     *           "passage_count": 1,
                     *           "created_at": "2026-11-22T10:14:31.320312Z",
                     *           "updated_at": "2026-11-22T10:14:31.320312Z",
                     *           "position": 851,
                     *           "source": null,
                     *           "unreadable": false,
                     *           "content": "# Parking\n\nTwo places behind the house are free for patients.",
                     *           "text": "Parking\n\nTwo places behind the house are free for patients.",
                     *           "passages": [
                     *             {
                     *               "headings": [
                     *                 "Parking"
                     *               ],
                     *               "start": 9,
                     *               "end": 59
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["DocumentViewList"];
                };
            };
        };
    };
    search_messages: {
        parameters: {
            query: {
                /**
                 * @description Words, all of which are needed; `"phrases"`, `begin*`, `mispelt~`, `OR`, `-must not`.
                 * @example thursday
                 */
                q: string;
                /** @description Only of this conversation. */
                conversation_id?: string | null;
                /** @description Only on this channel. */
                channel_id?: string | null;
                /** @description Only with this contact, whoever they were merged with. */
                contact_id?: string | null;
                /** @description Only what this side wrote. */
                direction?: ("inbound" | "outbound") | null;
                /** @description Only what was said at this time or later. */
                since?: string | null;
                /** @description Only what was said before this time. */
                before?: string | null;
                /** @description How many at most; 10 if not given. */
                limit?: number | null;
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages, the best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "score": 3.2233856,
                     *           "snippet": {
                     *             "text": "Thursday 15:30",
                     *             "offset": 0,
                     *             "highlights": [
                     *               {
                     *                 "start": 0,
                     *                 "end": 8
                     *               }
                     *             ],
                     *             "html": "<mark>Thursday</mark> 15:30"
                     *           },
                     *           "message": {
                     *             "id": "5b22e1d8-fb61-8944-aac2-76baa3783ffb",
                     *             "conversation_id": "49e473f8-3515-4ad3-84df-1821a9a670ae",
                     *             "direction": "inbound",
                     *             "type": "button_reply",
                     *             "text": "Thursday 15:30",
                     *             "status": "received",
                     *             "sent_at": "2026-11-20T07:35:53Z",
                     *             "ordered_at": "2026-11-20T07:35:53Z",
                     *             "recorded_at": "2026-11-22T11:12:53Z",
                     *             "position": 89,
                     *             "reply_to": "aa2ead8d-eca8-89e4-9f3d-0d1ef4d6dabb",
                     *             "media": null,
                     *             "canned_reply": null,
                     *             "reactions": [],
                     *             "edited": false,
                     *             "edited_at": null,
                     *             "revoked": false,
                     *             "revoked_at": null,
                     *             "statuses": [],
                     *             "errors": [],
                     *             "pricing": null,
                     *             "mode": "live",
                     *             "origin": "live",
                     *             "referral": false,
                     *             "group": false,
                     *             "erased": false,
                     *             "unreadable": false
                     *           }
                     *         },
                     *         {
                     *           "score": 3.109124,
                     *           "snippet": {
                     *             "text": "Thank you. Dr. Okafor has time on Thursday. Which suits you?\n• Thursday 9:00\n• Thursday 15:30",
                     *             "offset": 0,
                     *             "highlights": [
                     *               {
                     *                 "start": 34,
                     *                 "end": 42
                     *               },
                     *               {
                     *                 "start": 65,
                     *                 "end": 73
                     *               }
                     *             ],
                     *             "html": "Thank you. Dr. Okafor has time on <mark>Thursday</mark>. Which suits you?\n• <mark>Thursday</mark> 9:00\n• <mark>Thursday</mark> 15:30"
                     *           },
                     *           "message": {
                     *             "id": "aa2ead8d-eca8-89e4-9f3d-0d1ef4d6dabb",
                     *             "conversation_id": "49e473f8-3515-4ad3-84df-1821a9a670ae",
                     *             "direction": "outbound",
                     *             "type": "button",
                     *             "text": "Thank you. Dr. Okafor has time on Thursday. Which suits you?\n• Thursday 9:00\n• Thursday 15:30",
                     *             "status": "read",
                     *             "sent_at": "2026-11-20T07:33:53Z",
                     *             "ordered_at": "2026-11-20T07:33:53Z",
                     *             "recorded_at": "2026-11-22T11:12:53Z",
                     *             "position": 79,
                     *             "reply_to": null,
                     *             "media": null,
                     *             "canned_reply": null,
                     *             "reactions": [
                     *               {
                     *                 "emoji": "🙏",
                     *                 "direction": "inbound",
                     *                 "at": "2026-11-20T07:36:53Z"
                     *               }
                     *             ],
                     *             "edited": false,
                     *             "edited_at": null,
                     *             "revoked": false,
                     *             "revoked_at": null,
                     *             "statuses": [
                     *               {
                     *                 "status": "sent",
                     *                 "at": "2026-11-20T07:33:54Z"
                     *               },
                     *               {
                     *                 "status": "delivered",
                     *                 "at": "2026-11-20T07:33:56Z"
                     *               }
                     *             ],
                     *             "errors": [],
                     *             "pricing": {
                     *               "model": "PMP",
                     *               "category": "service",
                     *               "type": "free_customer_service",
                     *               "billable": false
                     *             },
                     *             "mode": "live",
                     *             "origin": "live",
                     *             "referral": false,
                     *             "group": false,
                     *             "erased": false,
                     *             "unreadable": false
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null,
                     *       "left_out": []
                     *     }
                     */
                    "application/json": components["schemas"]["FoundFoundMessage"];
                };
            };
        };
    };
    search_contacts: {
        parameters: {
            query: {
                /**
                 * @description Words of the name, all of which are needed; each may be unfinished.
                 * @example priya
                 */
                q: string;
                /** @description How many at most; 10 if not given. */
                limit?: number | null;
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contacts, the best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "score": 2.8122883,
                     *           "contact": {
                     *             "id": "b45b600f-37e0-4d8d-99c9-42ed7dead196",
                     *             "name": "Priya Natarajan",
                     *             "username": "priya.reads",
                     *             "email": null,
                     *             "phone": "447700900417",
                     *             "user_id": "GB.5521900334450007712",
                     *             "identities": [
                     *               {
                     *                 "kind": "phone",
                     *                 "value": "447700900417",
                     *                 "current": true
                     *               },
                     *               {
                     *                 "kind": "bsuid",
                     *                 "value": "GB.5521900334450007712",
                     *                 "current": true
                     *               }
                     *             ],
                     *             "created_at": "2026-11-22T10:14:20.883315Z",
                     *             "position": 210,
                     *             "merged_into": null,
                     *             "absorbed": [],
                     *             "erased": null,
                     *             "legal_hold": null,
                     *             "opted_out": null,
                     *             "unreadable": false
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null,
                     *       "left_out": []
                     *     }
                     */
                    "application/json": components["schemas"]["FoundFoundContact"];
                };
            };
        };
    };
    search_leads: {
        parameters: {
            query: {
                /**
                 * @description Words of the name, all of which are needed; each may be unfinished.
                 * @example priya
                 */
                q: string;
                /** @description How many at most; 10 if not given. */
                limit?: number | null;
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The leads, the best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "score": 2.8122883,
                     *           "lead": {
                     *             "id": "132db637-53f2-434a-941d-9247f92a75c8",
                     *             "status": "CONTACTED",
                     *             "status_since": "2026-11-22T10:14:23Z",
                     *             "status_reason": null,
                     *             "status_rule": null,
                     *             "name": "Priya Natarajan",
                     *             "phone": "447700900417",
                     *             "email": null,
                     *             "company": null,
                     *             "note": null,
                     *             "fields": {},
                     *             "learned": [],
                     *             "score": 50,
                     *             "score_reasons": [
                     *               "wrote_first"
                     *             ],
                     *             "score_explanation": null,
                     *             "score_by_rule": false,
                     *             "value": {
                     *               "amount": 8500,
                     *               "currency": "EUR"
                     *             },
                     *             "owner_id": null,
                     *             "source": "whatsapp",
                     *             "opened_by": "first_contact",
                     *             "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *             "contact": {
                     *               "id": "b45b600f-37e0-4d8d-99c9-42ed7dead196",
                     *               "name": "Priya Natarajan",
                     *               "username": "priya.reads",
                     *               "phone": "447700900417",
                     *               "erased": false
                     *             },
                     *             "external_id": null,
                     *             "created_at": "2026-11-22T10:14:20.883315Z",
                     *             "position": 213,
                     *             "last_position": 548,
                     *             "merged_into": null,
                     *             "absorbed": [],
                     *             "erased": null,
                     *             "unreadable": false,
                     *             "mode": "live"
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null,
                     *       "left_out": []
                     *     }
                     */
                    "application/json": components["schemas"]["FoundFoundLead"];
                };
            };
        };
    };
    list_templates: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those of the business account of this channel. */
                channel_id?: string | null;
                /** @description Only those of this name. */
                name?: string | null;
                /** @description Only those in this language, as the platform writes it: `en_US`, `de`. */
                language?: string | null;
                /** @description Only those of this category: `marketing`, `utility`, `authentication`. */
                category?: string | null;
                /** @description Only those with this status: `approved`, `pending`, `rejected`, `paused` …, or `deleted`. */
                status?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with page, limit, channel_id, name, language, category, status. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of templates. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "04d9e418-d2ce-8254-b5bd-c156b3a4259d",
                     *           "name": "seasonal_offer",
                     *           "language": "en_US",
                     *           "category": "marketing",
                     *           "status": "approved",
                     *           "reason": null,
                     *           "status_details": null,
                     *           "quality": null,
                     *           "sandbox": false,
                     *           "waba_id": "104511000000101",
                     *           "platform_id": "9342459986867001",
                     *           "sendable": true,
                     *           "parameters": {
                     *             "format": "positional",
                     *             "header_type": null,
                     *             "header": [],
                     *             "body": [
                     *               "1"
                     *             ],
                     *             "buttons": []
                     *           },
                     *           "components": [
                     *             {
                     *               "type": "BODY",
                     *               "text": "Until Sunday there are {{1}} percent off for you. Just reply.",
                     *               "example": {
                     *                 "body_text": [
                     *                   [
                     *                     "20"
                     *                   ]
                     *                 ]
                     *               }
                     *             }
                     *           ],
                     *           "created_at": "2026-11-22T10:14:23.675494Z",
                     *           "updated_at": "2026-11-22T10:14:24.742211Z",
                     *           "position": 621
                     *         },
                     *         {
                     *           "id": "2d8d63ab-6087-845c-a267-a130d53ad8bd",
                     *           "name": "appointment_reminder",
                     *           "language": "en_US",
                     *           "category": "utility",
                     *           "status": "approved",
                     *           "reason": null,
                     *           "status_details": null,
                     *           "quality": null,
                     *           "sandbox": false,
                     *           "waba_id": "104511000000101",
                     *           "platform_id": "9342459986867000",
                     *           "sendable": true,
                     *           "parameters": {
                     *             "format": "named",
                     *             "header_type": null,
                     *             "header": [],
                     *             "body": [
                     *               "name",
                     *               "day"
                     *             ],
                     *             "buttons": [
                     *               {
                     *                 "type": "quick_reply",
                     *                 "needs_value": false
                     *               },
                     *               {
                     *                 "type": "quick_reply",
                     *                 "needs_value": false
                     *               }
                     *             ]
                     *           },
                     *           "components": [
                     *             {
                     *               "type": "BODY",
                     *               "text": "Hello {{name}}, we expect you on {{day}}. Does that suit you?",
                     *               "example": {
                     *                 "body_text_named_params": [
                     *                   {
                     *                     "param_name": "name",
                     *                     "example": "Ana"
                     *                   },
                     *                   {
                     *                     "param_name": "day",
                     *                     "example": "Friday"
                     *                   }
                     *                 ]
                     *               }
                     *             },
                     *             {
                     *               "type": "BUTTONS",
                     *               "buttons": [
                     *                 {
                     *                   "type": "QUICK_REPLY",
                     *                   "text": "Yes"
                     *                 },
                     *                 {
                     *                   "type": "QUICK_REPLY",
                     *                   "text": "No"
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "created_at": "2026-11-22T10:14:23.666072Z",
                     *           "updated_at": "2026-11-22T10:14:24.708629Z",
                     *           "position": 614
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateViewList"];
                };
            };
        };
    };
    create_template: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                 *       "name": "recall_1795342471",
                 *       "language": "en_US",
                 *       "category": "marketing",
                 *       "components": [
                 *         {
                 *           "type": "BODY",
                 *           "text": "It is time for your check-up. Shall we find a day?"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewTemplate"];
            };
        };
        responses: {
            /** @description It will be made. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f026090-4ead-84c3-a66d-8bbd3c079e98",
                     *       "name": "recall_1795342471",
                     *       "language": "en_US",
                     *       "category": "marketing",
                     *       "status": "queued",
                     *       "deleting": false
                     *     }
                     */
                    "application/json": components["schemas"]["ChangingTemplate"];
                };
            };
        };
    };
    show_template_sync: {
        parameters: {
            query: {
                /**
                 * @description The channel whose business account is read.
                 * @example ad0f98b7-3b6d-4af4-8258-a438c3f5873e
                 */
                channel_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reading. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "pending",
                     *       "requested_at": "2026-11-22T10:14:31Z",
                     *       "finished_at": null,
                     *       "seen": 0,
                     *       "recorded": 0,
                     *       "gone": 0,
                     *       "http_status": null,
                     *       "code": null
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateSync"];
                };
            };
        };
    };
    sync_templates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e"
                 *     }
                 */
                "application/json": components["schemas"]["Through"];
            };
        };
        responses: {
            /** @description It is read; `GET /v1/templates/sync` says how that went. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "status": "pending",
                     *       "requested_at": "2026-11-22T10:14:31Z",
                     *       "finished_at": null,
                     *       "seen": 0,
                     *       "recorded": 0,
                     *       "gone": 0,
                     *       "http_status": null,
                     *       "code": null
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateSync"];
                };
            };
        };
    };
    show_template: {
        parameters: {
            query?: {
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with no other parameter. */
                as_of?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 04d9e418-d2ce-8254-b5bd-c156b3a4259d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The template. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "04d9e418-d2ce-8254-b5bd-c156b3a4259d",
                     *       "name": "seasonal_offer",
                     *       "language": "en_US",
                     *       "category": "marketing",
                     *       "status": "approved",
                     *       "reason": null,
                     *       "status_details": null,
                     *       "quality": null,
                     *       "sandbox": false,
                     *       "waba_id": "104511000000101",
                     *       "platform_id": "9342459986867001",
                     *       "sendable": true,
                     *       "parameters": {
                     *         "format": "positional",
                     *         "header_type": null,
                     *         "header": [],
                     *         "body": [
                     *           "1"
                     *         ],
                     *         "buttons": []
                     *       },
                     *       "components": [
                     *         {
                     *           "type": "BODY",
                     *           "text": "Until Sunday there are {{1}} percent off for you. Just reply.",
                     *           "example": {
                     *             "body_text": [
                     *               [
                     *                 "20"
                     *               ]
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "created_at": "2026-11-22T10:14:23.675494Z",
                     *       "updated_at": "2026-11-22T10:14:24.742211Z",
                     *       "position": 621
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateView"];
                };
            };
        };
    };
    delete_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 8f026090-4ead-84c3-a66d-8bbd3c079e98
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is being deleted, or gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f026090-4ead-84c3-a66d-8bbd3c079e98",
                     *       "name": "recall_1795342471",
                     *       "language": "en_US",
                     *       "category": "marketing",
                     *       "status": "pending",
                     *       "deleting": true
                     *     }
                     */
                    "application/json": components["schemas"]["ChangingTemplate"];
                };
            };
        };
    };
    list_template_groups: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of groups. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "e5fa9105-418f-47d4-b049-103d0833c7de",
                     *           "name": "Reminders",
                     *           "members": [
                     *             "04d9e418-d2ce-8254-b5bd-c156b3a4259d"
                     *           ],
                     *           "created_at": "2026-11-22T10:14:31.781971Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateGroupList"];
                };
            };
        };
    };
    create_template_group: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Reminders",
                 *       "members": [
                 *         "04d9e418-d2ce-8254-b5bd-c156b3a4259d"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewTemplateGroup"];
            };
        };
        responses: {
            /** @description The group. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "e5fa9105-418f-47d4-b049-103d0833c7de",
                     *       "name": "Reminders",
                     *       "members": [
                     *         "04d9e418-d2ce-8254-b5bd-c156b3a4259d"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateGroup"];
                };
            };
        };
    };
    show_template_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example e5fa9105-418f-47d4-b049-103d0833c7de
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "e5fa9105-418f-47d4-b049-103d0833c7de",
                     *       "name": "Reminders",
                     *       "members": [
                     *         "04d9e418-d2ce-8254-b5bd-c156b3a4259d"
                     *       ],
                     *       "created_at": "2026-11-22T10:14:31.781971Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateGroup"];
                };
            };
        };
    };
    delete_template_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example e5fa9105-418f-47d4-b049-103d0833c7de
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_template_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example e5fa9105-418f-47d4-b049-103d0833c7de
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Reminders in English"
                 *     }
                 */
                "application/json": components["schemas"]["TemplateGroupChanges"];
            };
        };
        responses: {
            /** @description The group. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "e5fa9105-418f-47d4-b049-103d0833c7de",
                     *       "name": "Reminders in English",
                     *       "members": [
                     *         "04d9e418-d2ce-8254-b5bd-c156b3a4259d"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TemplateGroup"];
                };
            };
        };
    };
    list_workspaces: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of workspaces. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *           "name": "Riverside Dental",
                     *           "plan": "pro",
                     *           "created_at": "2026-11-22T10:14:18.6307Z"
                     *         },
                     *         {
                     *           "id": "7810ada8-c7f1-4ec6-9f95-09e5ace32d89",
                     *           "name": "Reforma & Lar",
                     *           "plan": "pro",
                     *           "created_at": "2026-11-22T10:14:19.001305Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["WorkspaceList"];
                };
            };
        };
    };
    create_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Riverside Dental North",
                 *       "plan": "pro"
                 *     }
                 */
                "application/json": components["schemas"]["NewWorkspace"];
            };
        };
        responses: {
            /** @description The workspace. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "abd6eedc-8f09-4f8a-9825-10f19b172b99",
                     *       "name": "Riverside Dental North",
                     *       "plan": "pro"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
        };
    };
    show_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 08c6603c-2c87-4b3c-b349-b55a04940925
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workspace. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "08c6603c-2c87-4b3c-b349-b55a04940925",
                     *       "name": "Riverside Dental",
                     *       "plan": "pro",
                     *       "created_at": "2026-11-22T10:14:18.6307Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
        };
    };
    change_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example abd6eedc-8f09-4f8a-9825-10f19b172b99
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "plan": "business"
                 *     }
                 */
                "application/json": components["schemas"]["ChangedWorkspace"];
            };
        };
        responses: {
            /** @description The workspace. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "abd6eedc-8f09-4f8a-9825-10f19b172b99",
                     *       "name": "Riverside Dental North",
                     *       "plan": "business",
                     *       "created_at": "2026-11-22T10:14:27.287061Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
        };
    };
    show_opt_out_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The words. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stop_words": [],
                     *       "start_words": [],
                     *       "scope": "marketing"
                     *     }
                     */
                    "application/json": components["schemas"]["OptOutSettings"];
                };
            };
        };
    };
    set_opt_out_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "stop_words": [
                 *         "stop",
                 *         "basta"
                 *       ],
                 *       "start_words": [
                 *         "start"
                 *       ],
                 *       "scope": "marketing"
                 *     }
                 */
                "application/json": components["schemas"]["OptOutSettings"];
            };
        };
        responses: {
            /** @description The words. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stop_words": [
                     *         "basta",
                     *         "stop"
                     *       ],
                     *       "start_words": [
                     *         "start"
                     *       ],
                     *       "scope": "marketing"
                     *     }
                     */
                    "application/json": components["schemas"]["OptOutSettings"];
                };
            };
        };
    };
    show_rate_cards: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "valid_from": "2026-01-01T00:00:00Z",
                     *           "currency": "USD",
                     *           "rates": [
                     *             {
                     *               "category": "marketing",
                     *               "market": "1",
                     *               "micros": 25000
                     *             },
                     *             {
                     *               "category": "utility",
                     *               "market": null,
                     *               "micros": 4000
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RateCards"];
                };
            };
        };
    };
    set_rate_card: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "valid_from": "2026-01-01T00:00:00Z",
                 *       "currency": "USD",
                 *       "rates": [
                 *         {
                 *           "category": "marketing",
                 *           "market": "1",
                 *           "micros": 25000
                 *         },
                 *         {
                 *           "category": "utility",
                 *           "micros": 4000
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RateCard"];
            };
        };
        responses: {
            /** @description The card. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "valid_from": "2026-01-01T00:00:00Z",
                     *       "currency": "USD",
                     *       "rates": [
                     *         {
                     *           "category": "marketing",
                     *           "market": "1",
                     *           "micros": 25000
                     *         },
                     *         {
                     *           "category": "utility",
                     *           "market": null,
                     *           "micros": 4000
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RateCard"];
                };
            };
        };
    };
    list_keys: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 08c6603c-2c87-4b3c-b349-b55a04940925
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *           "name": "Demo",
                     *           "prefix": "cl_live_b13842",
                     *           "mode": "live",
                     *           "surface": "native",
                     *           "scopes": [
                     *             "read",
                     *             "write"
                     *           ],
                     *           "person": null,
                     *           "expires_at": null,
                     *           "revoked": false,
                     *           "created_at": "2026-11-22T10:14:18.79576Z"
                     *         },
                     *         {
                     *           "id": "ca88ea20-09ce-4313-8578-a825d3adf9f4",
                     *           "name": "ConvoAI",
                     *           "prefix": "ck_live_AJ4dKP",
                     *           "mode": "live",
                     *           "surface": "convoai",
                     *           "scopes": [
                     *             "read",
                     *             "write"
                     *           ],
                     *           "person": null,
                     *           "expires_at": null,
                     *           "revoked": false,
                     *           "created_at": "2026-11-22T10:14:19.742892Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
        };
    };
    create_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 08c6603c-2c87-4b3c-b349-b55a04940925
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Reporting",
                 *       "scopes": [
                 *         "read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description The key, with `key` itself. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b7e6a372-796a-4c51-ae9b-98d2914b2cd5",
                     *       "name": "Reporting",
                     *       "prefix": "cl_live_2ed01f",
                     *       "mode": "live",
                     *       "surface": "native",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "person": null,
                     *       "expires_at": null,
                     *       "revoked": false,
                     *       "key": "cl_live_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which workspace.
                 * @example 08c6603c-2c87-4b3c-b349-b55a04940925
                 */
                id: string;
                /**
                 * @description Which key.
                 * @example b7e6a372-796a-4c51-ae9b-98d2914b2cd5
                 */
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does not work any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_usage: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description From the minute that begins at or after this time (RFC 3339); from the first call if not given. */
                from?: string | null;
                /**
                 * @description Up to, and without, the minute that begins at or after this time (RFC 3339); up to the newest
                 *     recorded minute if not given.
                 */
                to?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys with their calls. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "key_id": "184e1532-9d2a-4288-8fc6-957f8fcfda87",
                     *           "name": "Demo",
                     *           "prefix": "cl_live_b13842",
                     *           "calls": {
                     *             "read": 0,
                     *             "write": 0,
                     *             "stream": 0,
                     *             "heavy": 0,
                     *             "refused": 0
                     *           }
                     *         },
                     *         {
                     *           "key_id": "ca88ea20-09ce-4313-8578-a825d3adf9f4",
                     *           "name": "ConvoAI",
                     *           "prefix": "ck_live_AJ4dKP",
                     *           "calls": {
                     *             "read": 0,
                     *             "write": 0,
                     *             "stream": 0,
                     *             "heavy": 0,
                     *             "refused": 0
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["KeyUsageList"];
                };
            };
        };
    };
    show_costs: {
        parameters: {
            query?: {
                /**
                 * @description Messages whose price was first told at this time (RFC 3339) or later; 30 days before `to` if not
                 *     given.
                 */
                from?: string | null;
                /** @description And before this time (RFC 3339), at most 400 days after `from`; now if not given. */
                to?: string | null;
                /** @description What is put together; by category if not given. */
                by?: ("category" | "channel" | "day") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-10-23T10:14:27Z",
                     *       "to": "2026-11-22T10:14:27Z",
                     *       "by": "category",
                     *       "data": [
                     *         {
                     *           "key": "service",
                     *           "messages": 12,
                     *           "charged": 0,
                     *           "unrated": 0,
                     *           "amounts": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Costs"];
                };
            };
        };
    };
    list_message_costs: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /**
                 * @description Messages whose price was first told at this time (RFC 3339) or later; 30 days before `to` if not
                 *     given.
                 */
                from?: string | null;
                /** @description And before this time (RFC 3339), at most 400 days after `from`; now if not given. */
                to?: string | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "message_id": "a6dcada8-6fc3-8128-865d-173e9bae6739",
                     *           "conversation_id": "8a73dd4c-f106-44e6-a412-c78e551c9077",
                     *           "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *           "at": "2026-11-20T06:21:20Z",
                     *           "category": "service",
                     *           "market": "1",
                     *           "charged": false,
                     *           "amount": null
                     *         },
                     *         {
                     *           "message_id": "f7e59d3a-2efe-8a4e-871d-ea9612369276",
                     *           "conversation_id": "8a73dd4c-f106-44e6-a412-c78e551c9077",
                     *           "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *           "at": "2026-11-20T06:35:20Z",
                     *           "category": "service",
                     *           "market": "1",
                     *           "charged": false,
                     *           "amount": null
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["MessageCostList"];
                };
            };
        };
    };
    show_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "plan": "pro",
                     *       "limits": [
                     *         {
                     *           "name": "channels",
                     *           "used": 1,
                     *           "allowed": 20,
                     *           "resets_at": null
                     *         },
                     *         {
                     *           "name": "keys",
                     *           "used": 4,
                     *           "allowed": 100,
                     *           "resets_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Limits"];
                };
            };
        };
    };
    list_people: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of people. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *           "name": "Maya Stone",
                     *           "email": "maya@riverside.example",
                     *           "role": "operator",
                     *           "removed": false,
                     *           "created_at": "2026-11-22T10:14:27.660414Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["PersonList"];
                };
            };
        };
    };
    add_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Maya Stone",
                 *       "email": "maya@riverside.example",
                 *       "role": "operator"
                 *     }
                 */
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            /** @description The person. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "name": "Maya Stone",
                     *       "email": "maya@riverside.example",
                     *       "role": "operator",
                     *       "removed": false
                     *     }
                     */
                    "application/json": components["schemas"]["Person"];
                };
            };
        };
    };
    show_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example eb585e89-dfb3-4c31-975e-86e1fe295a8a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "eb585e89-dfb3-4c31-975e-86e1fe295a8a",
                     *       "name": "Maya Stone",
                     *       "email": "maya@riverside.example",
                     *       "role": "operator",
                     *       "removed": false,
                     *       "created_at": "2026-11-22T10:14:27.660414Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Person"];
                };
            };
        };
    };
    remove_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 137bc9b2-c84c-42d0-947a-ce3f5af86526
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They were removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_apps: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of apps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "20dabf58-be40-4d2d-a3b7-5f42bb80f422",
                     *           "name": "WhatsApp",
                     *           "graph_version": "v25.0",
                     *           "secrets": [
                     *             {
                     *               "id": "48e06e07-f5e4-4c70-8f66-94e5cea326fa",
                     *               "fingerprint": "e000aeada23df0f9"
                     *             }
                     *           ],
                     *           "created_at": "2026-11-22T10:14:18.958899Z"
                     *         },
                     *         {
                     *           "id": "ef341e62-ca95-474f-8f1a-f624f0ea3b31",
                     *           "name": "Second line",
                     *           "graph_version": "v25.0",
                     *           "secrets": [
                     *             {
                     *               "id": "95d15c17-af32-4878-b2bd-2c1fccec121c",
                     *               "fingerprint": "aa73ebf796be425d"
                     *             }
                     *           ],
                     *           "created_at": "2026-11-22T10:14:28.782799Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["AppList"];
                };
            };
        };
    };
    register_app: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Second line",
                 *       "app_secret": "the secret of an app in the examples",
                 *       "verify_token": "a word that the platform repeats"
                 *     }
                 */
                "application/json": components["schemas"]["Wanted3"];
            };
        };
        responses: {
            /** @description The app. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ef341e62-ca95-474f-8f1a-f624f0ea3b31",
                     *       "name": "Second line",
                     *       "graph_version": "v25.0",
                     *       "secrets": [
                     *         {
                     *           "id": "95d15c17-af32-4878-b2bd-2c1fccec121c",
                     *           "fingerprint": "aa73ebf796be425d"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["App"];
                };
            };
        };
    };
    show_app: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ef341e62-ca95-474f-8f1a-f624f0ea3b31
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The app. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ef341e62-ca95-474f-8f1a-f624f0ea3b31",
                     *       "name": "Second line",
                     *       "graph_version": "v25.0",
                     *       "secrets": [
                     *         {
                     *           "id": "95d15c17-af32-4878-b2bd-2c1fccec121c",
                     *           "fingerprint": "aa73ebf796be425d"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-22T10:14:28.782799Z"
                     *     }
                     */
                    "application/json": components["schemas"]["App"];
                };
            };
        };
    };
    change_app: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ef341e62-ca95-474f-8f1a-f624f0ea3b31
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "verify_token": "a word that the platform repeats"
                 *     }
                 */
                "application/json": components["schemas"]["ChangedApp"];
            };
        };
        responses: {
            /** @description The app. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ef341e62-ca95-474f-8f1a-f624f0ea3b31",
                     *       "name": "Second line",
                     *       "graph_version": "v25.0",
                     *       "secrets": [
                     *         {
                     *           "id": "95d15c17-af32-4878-b2bd-2c1fccec121c",
                     *           "fingerprint": "aa73ebf796be425d"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-22T10:14:28.782799Z"
                     *     }
                     */
                    "application/json": components["schemas"]["App"];
                };
            };
        };
    };
    add_app_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ef341e62-ca95-474f-8f1a-f624f0ea3b31
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "app_secret": "a newer secret of the same app"
                 *     }
                 */
                "application/json": components["schemas"]["NewSecret"];
            };
        };
        responses: {
            /** @description The secret's id. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "bf11e29b-c1b6-4395-9eb2-f7c529d84e54",
                     *       "fingerprint": "e12afe4faf287252"
                     *     }
                     */
                    "application/json": components["schemas"]["SecretShown"];
                };
            };
        };
    };
    retire_app_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which app.
                 * @example ef341e62-ca95-474f-8f1a-f624f0ea3b31
                 */
                id: string;
                /**
                 * @description Which secret.
                 * @example bf11e29b-c1b6-4395-9eb2-f7c529d84e54
                 */
                secret_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not accepted any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_channels: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of channels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "800303c9-2699-4bf5-a6ef-89bf88440045",
                     *           "type": "whatsapp",
                     *           "name": "WhatsApp",
                     *           "connected": true,
                     *           "phone_number_id": "204511000000101",
                     *           "waba_id": "104511000000101",
                     *           "display_phone_number": "+15550100101",
                     *           "app_id": "473ef2ce-1c95-4753-99bf-9e786590885d",
                     *           "installation_app": false,
                     *           "can_send": true,
                     *           "sending_stopped": false,
                     *           "read_marks": "typing",
                     *           "graph_url": "http://127.0.0.1:9000",
                     *           "limits": {
                     *             "messages_a_second": 80,
                     *             "tier": null,
                     *             "people_a_day": null,
                     *             "slowed_until": null
                     *           },
                     *           "created_at": "2026-11-22T11:12:53.007585Z"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ChannelList"];
                };
            };
        };
    };
    connect_channel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "whatsapp",
                 *       "name": "Second line",
                 *       "phone_number_id": "209900000000042",
                 *       "waba_id": "109900000000042",
                 *       "display_phone_number": "+15550100142",
                 *       "app_id": "d0d8d299-7f27-41b3-82ae-228e5f0c8c63"
                 *     }
                 */
                "application/json": components["schemas"]["NewChannel"];
            };
        };
        responses: {
            /** @description The channel. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "889c0883-d7cf-4b7f-9820-22b2675df581",
                     *       "type": "whatsapp",
                     *       "name": "Second line",
                     *       "connected": true,
                     *       "phone_number_id": "209900000000042",
                     *       "waba_id": "109900000000042",
                     *       "display_phone_number": "+15550100142",
                     *       "app_id": "d0d8d299-7f27-41b3-82ae-228e5f0c8c63",
                     *       "installation_app": false,
                     *       "can_send": false,
                     *       "sending_stopped": false,
                     *       "read_marks": "off",
                     *       "graph_url": "https://graph.facebook.com",
                     *       "limits": {
                     *         "messages_a_second": 80,
                     *         "tier": null,
                     *         "people_a_day": null,
                     *         "slowed_until": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    show_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 800303c9-2699-4bf5-a6ef-89bf88440045
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "800303c9-2699-4bf5-a6ef-89bf88440045",
                     *       "type": "whatsapp",
                     *       "name": "WhatsApp",
                     *       "connected": true,
                     *       "phone_number_id": "204511000000101",
                     *       "waba_id": "104511000000101",
                     *       "display_phone_number": "+15550100101",
                     *       "app_id": "473ef2ce-1c95-4753-99bf-9e786590885d",
                     *       "installation_app": false,
                     *       "can_send": true,
                     *       "sending_stopped": false,
                     *       "read_marks": "typing",
                     *       "graph_url": "http://127.0.0.1:9000",
                     *       "limits": {
                     *         "messages_a_second": 80,
                     *         "tier": null,
                     *         "people_a_day": null,
                     *         "slowed_until": null
                     *       },
                     *       "created_at": "2026-11-22T11:12:53.007585Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    disconnect_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example d14d9a64-dd85-4fc1-bcac-8fef43b70ff8
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is disconnected. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 889c0883-d7cf-4b7f-9820-22b2675df581
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "messages_a_second": 20,
                 *       "people_a_day": 1000
                 *     }
                 */
                "application/json": components["schemas"]["ChangedChannel"];
            };
        };
        responses: {
            /** @description The channel. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "889c0883-d7cf-4b7f-9820-22b2675df581",
                     *       "type": "whatsapp",
                     *       "name": "Second line",
                     *       "connected": true,
                     *       "phone_number_id": "209900000000042",
                     *       "waba_id": "109900000000042",
                     *       "display_phone_number": "+15550100142",
                     *       "app_id": "d0d8d299-7f27-41b3-82ae-228e5f0c8c63",
                     *       "installation_app": false,
                     *       "can_send": false,
                     *       "sending_stopped": false,
                     *       "read_marks": "off",
                     *       "graph_url": "https://graph.facebook.com",
                     *       "limits": {
                     *         "messages_a_second": 20,
                     *         "tier": "tier_1000",
                     *         "people_a_day": 1000,
                     *         "slowed_until": null
                     *       },
                     *       "created_at": "2026-11-22T11:12:55.5068Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    resume_sending: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example ad0f98b7-3b6d-4af4-8258-a438c3f5873e
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits is sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *       "sending_stopped": false
                     *     }
                     */
                    "application/json": components["schemas"]["Resumed"];
                };
            };
        };
    };
    show_volumes: {
        parameters: {
            query?: {
                /** @description From when on: a time, or a day (`2026-11-21`) of the timezone; seven days before `to` if not given. Rounded down to a whole point. */
                from?: string | null;
                /** @description Until when, not counted itself: a time, or a day of the timezone; now if not given, or the time of `as_of`. Rounded up to a whole point. */
                to?: string | null;
                /**
                 * @description How long a point of the series is; an hour if not given.
                 * @example day
                 */
                granularity?: ("hour" | "day") | null;
                /** @description Only this channel: of a conversation the one it is on, of a lead the one they wrote to. Contacts belong to none, so none are counted. */
                channel_id?: string | null;
                /** @description Only conversations that began where this agent was published. */
                agent_id?: string | null;
                /** @description Only what this member of the staff did. */
                operator_id?: string | null;
                /** @description Whose days: a name of the IANA database such as `Europe/Berlin`; `UTC` if not given. */
                timezone?: string | null;
                /** @description Which traffic; what is live if not given. They are never added up. */
                traffic?: ("live" | "test" | "imported") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with from, to, granularity, channel_id, agent_id, operator_id, timezone, traffic. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-15T00:00:00Z",
                     *       "to": "2026-11-23T00:00:00Z",
                     *       "granularity": "day",
                     *       "timezone": "UTC",
                     *       "traffic": "live",
                     *       "channel_id": null,
                     *       "agent_id": null,
                     *       "operator_id": null,
                     *       "totals": {
                     *         "inbound": 25,
                     *         "outbound": 16,
                     *         "requested": 4,
                     *         "conversations_opened": 8,
                     *         "conversations_closed": 1,
                     *         "conversations_reopened": 1,
                     *         "contacts_created": 8,
                     *         "sent": 15,
                     *         "delivered": 14,
                     *         "read": 13,
                     *         "failed": 1
                     *       },
                     *       "series": [
                     *         {
                     *           "at": "2026-11-15T00:00:00Z",
                     *           "inbound": 0,
                     *           "outbound": 0,
                     *           "requested": 0,
                     *           "conversations_opened": 0,
                     *           "conversations_closed": 0,
                     *           "conversations_reopened": 0,
                     *           "contacts_created": 0,
                     *           "sent": 0,
                     *           "delivered": 0,
                     *           "read": 0,
                     *           "failed": 0
                     *         },
                     *         {
                     *           "at": "2026-11-16T00:00:00Z",
                     *           "inbound": 0,
                     *           "outbound": 0,
                     *           "requested": 0,
                     *           "conversations_opened": 0,
                     *           "conversations_closed": 0,
                     *           "conversations_reopened": 0,
                     *           "contacts_created": 0,
                     *           "sent": 0,
                     *           "delivered": 0,
                     *           "read": 0,
                     *           "failed": 0
                     *         }
                     *       ],
                     *       "channels": [
                     *         {
                     *           "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *           "inbound": 23,
                     *           "outbound": 16,
                     *           "requested": 4,
                     *           "conversations_opened": 6,
                     *           "conversations_closed": 0,
                     *           "conversations_reopened": 0,
                     *           "contacts_created": 0,
                     *           "sent": 15,
                     *           "delivered": 14,
                     *           "read": 13,
                     *           "failed": 1
                     *         },
                     *         {
                     *           "channel_id": "d14d9a64-dd85-4fc1-bcac-8fef43b70ff8",
                     *           "inbound": 2,
                     *           "outbound": 0,
                     *           "requested": 0,
                     *           "conversations_opened": 2,
                     *           "conversations_closed": 1,
                     *           "conversations_reopened": 1,
                     *           "contacts_created": 0,
                     *           "sent": 0,
                     *           "delivered": 0,
                     *           "read": 0,
                     *           "failed": 0
                     *         }
                     *       ],
                     *       "agents": [],
                     *       "operators": []
                     *     }
                     */
                    "application/json": components["schemas"]["VolumesAnalysis"];
                };
            };
        };
    };
    show_response_times: {
        parameters: {
            query?: {
                /** @description From when on: a time, or a day (`2026-11-21`) of the timezone; seven days before `to` if not given. Rounded down to a whole point. */
                from?: string | null;
                /** @description Until when, not counted itself: a time, or a day of the timezone; now if not given, or the time of `as_of`. Rounded up to a whole point. */
                to?: string | null;
                /**
                 * @description How long a point of the series is; an hour if not given.
                 * @example day
                 */
                granularity?: ("hour" | "day") | null;
                /** @description Only this channel: of a conversation the one it is on, of a lead the one they wrote to. Contacts belong to none, so none are counted. */
                channel_id?: string | null;
                /** @description Only conversations that began where this agent was published. */
                agent_id?: string | null;
                /** @description Only what this member of the staff did. */
                operator_id?: string | null;
                /** @description Whose days: a name of the IANA database such as `Europe/Berlin`; `UTC` if not given. */
                timezone?: string | null;
                /** @description Which traffic; what is live if not given. They are never added up. */
                traffic?: ("live" | "test" | "imported") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with from, to, granularity, channel_id, agent_id, operator_id, timezone, traffic. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-15T00:00:00Z",
                     *       "to": "2026-11-23T00:00:00Z",
                     *       "granularity": "day",
                     *       "timezone": "UTC",
                     *       "traffic": "live",
                     *       "channel_id": null,
                     *       "agent_id": null,
                     *       "operator_id": null,
                     *       "totals": {
                     *         "answers": 12,
                     *         "mean_seconds": 3250,
                     *         "p50_seconds": 383,
                     *         "p90_seconds": 2047
                     *       },
                     *       "series": [
                     *         {
                     *           "at": "2026-11-15T00:00:00Z",
                     *           "answers": 0,
                     *           "mean_seconds": null,
                     *           "p50_seconds": null,
                     *           "p90_seconds": null
                     *         },
                     *         {
                     *           "at": "2026-11-16T00:00:00Z",
                     *           "answers": 0,
                     *           "mean_seconds": null,
                     *           "p50_seconds": null,
                     *           "p90_seconds": null
                     *         }
                     *       ],
                     *       "channels": [
                     *         {
                     *           "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *           "answers": 12,
                     *           "mean_seconds": 3250,
                     *           "p50_seconds": 383,
                     *           "p90_seconds": 2047
                     *         },
                     *         {
                     *           "channel_id": "d14d9a64-dd85-4fc1-bcac-8fef43b70ff8",
                     *           "answers": 0,
                     *           "mean_seconds": null,
                     *           "p50_seconds": null,
                     *           "p90_seconds": null
                     *         }
                     *       ],
                     *       "agents": [],
                     *       "operators": []
                     *     }
                     */
                    "application/json": components["schemas"]["ResponseTimesAnalysis"];
                };
            };
        };
    };
    show_conversion: {
        parameters: {
            query?: {
                /** @description From when on: a time, or a day (`2026-11-21`) of the timezone; seven days before `to` if not given. Rounded down to a whole point. */
                from?: string | null;
                /** @description Until when, not counted itself: a time, or a day of the timezone; now if not given, or the time of `as_of`. Rounded up to a whole point. */
                to?: string | null;
                /**
                 * @description How long a point of the series is; an hour if not given.
                 * @example day
                 */
                granularity?: ("hour" | "day") | null;
                /** @description Only this channel: of a conversation the one it is on, of a lead the one they wrote to. Contacts belong to none, so none are counted. */
                channel_id?: string | null;
                /** @description Only conversations that began where this agent was published. */
                agent_id?: string | null;
                /** @description Only what this member of the staff did. */
                operator_id?: string | null;
                /** @description Whose days: a name of the IANA database such as `Europe/Berlin`; `UTC` if not given. */
                timezone?: string | null;
                /** @description Which traffic; what is live if not given. They are never added up. */
                traffic?: ("live" | "test" | "imported") | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
                /** @description Shows things as they stood at this position or time (RFC 3339). Goes together with from, to, granularity, channel_id, agent_id, operator_id, timezone, traffic. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-15T00:00:00Z",
                     *       "to": "2026-11-23T00:00:00Z",
                     *       "granularity": "day",
                     *       "timezone": "UTC",
                     *       "traffic": "live",
                     *       "channel_id": null,
                     *       "agent_id": null,
                     *       "operator_id": null,
                     *       "totals": {
                     *         "opened": 13,
                     *         "won": 1,
                     *         "lost": 1,
                     *         "merged": 1,
                     *         "conversion": 0.0769,
                     *         "win_rate": 0.5,
                     *         "stages": [
                     *           {
                     *             "status": "NEW",
                     *             "entered": 13,
                     *             "reached": 13,
                     *             "left": 7
                     *           },
                     *           {
                     *             "status": "QUALIFIED",
                     *             "entered": 6,
                     *             "reached": 6,
                     *             "left": 3
                     *           }
                     *         ],
                     *         "transitions": [
                     *           {
                     *             "from": "NEW",
                     *             "to": "QUALIFIED",
                     *             "count": 6,
                     *             "rate": 1,
                     *             "mean_seconds": 2,
                     *             "p50_seconds": 3,
                     *             "p90_seconds": 3
                     *           },
                     *           {
                     *             "from": "QUALIFIED",
                     *             "to": "CONTACTED",
                     *             "count": 3,
                     *             "rate": 1,
                     *             "mean_seconds": 0,
                     *             "p50_seconds": 0,
                     *             "p90_seconds": 0
                     *           }
                     *         ]
                     *       },
                     *       "series": [
                     *         {
                     *           "at": "2026-11-15T00:00:00Z",
                     *           "opened": 0,
                     *           "won": 0,
                     *           "lost": 0,
                     *           "merged": 0,
                     *           "conversion": null,
                     *           "win_rate": null,
                     *           "stages": [],
                     *           "transitions": []
                     *         },
                     *         {
                     *           "at": "2026-11-16T00:00:00Z",
                     *           "opened": 0,
                     *           "won": 0,
                     *           "lost": 0,
                     *           "merged": 0,
                     *           "conversion": null,
                     *           "win_rate": null,
                     *           "stages": [],
                     *           "transitions": []
                     *         }
                     *       ],
                     *       "channels": [
                     *         {
                     *           "channel_id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *           "opened": 5,
                     *           "won": 1,
                     *           "lost": 1,
                     *           "merged": 0,
                     *           "conversion": 0.2,
                     *           "win_rate": 0.5,
                     *           "stages": [
                     *             {
                     *               "status": "NEW",
                     *               "entered": 5,
                     *               "reached": 5,
                     *               "left": 4
                     *             },
                     *             {
                     *               "status": "QUALIFIED",
                     *               "entered": 4,
                     *               "reached": 4,
                     *               "left": 3
                     *             }
                     *           ],
                     *           "transitions": [
                     *             {
                     *               "from": "NEW",
                     *               "to": "QUALIFIED",
                     *               "count": 4,
                     *               "rate": 1,
                     *               "mean_seconds": 3,
                     *               "p50_seconds": 3,
                     *               "p90_seconds": 3
                     *             },
                     *             {
                     *               "from": "QUALIFIED",
                     *               "to": "CONTACTED",
                     *               "count": 3,
                     *               "rate": 1,
                     *               "mean_seconds": 0,
                     *               "p50_seconds": 0,
                     *               "p90_seconds": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "channel_id": "d14d9a64-dd85-4fc1-bcac-8fef43b70ff8",
                     *           "opened": 2,
                     *           "won": 0,
                     *           "lost": 0,
                     *           "merged": 0,
                     *           "conversion": 0,
                     *           "win_rate": null,
                     *           "stages": [
                     *             {
                     *               "status": "NEW",
                     *               "entered": 2,
                     *               "reached": 2,
                     *               "left": 0
                     *             }
                     *           ],
                     *           "transitions": []
                     *         }
                     *       ],
                     *       "agents": [],
                     *       "operators": []
                     *     }
                     */
                    "application/json": components["schemas"]["ConversionAnalysis"];
                };
            };
        };
    };
    list_events: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only events after this position, instead of `page`; from the beginning if not given. */
                after?: number | null;
                /**
                 * @description Only these types, separated by commas.
                 * @example message_received
                 */
                type?: string | null;
                /** @description Only this stream: `kind/id`. */
                stream?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "position": 62,
                     *           "id": "85607246-cc14-417d-9a53-9c61b9cb8749",
                     *           "stream": "conversation/8a73dd4c-f106-44e6-a412-c78e551c9077",
                     *           "version": 2,
                     *           "type": "message_received",
                     *           "at": "2026-11-22T10:14:20.072408Z",
                     *           "actor": {
                     *             "kind": "platform",
                     *             "id": "20dabf58-be40-4d2d-a3b7-5f42bb80f422",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "2ce17aee-6f50-44f0-94bf-bfbcd7789272",
                     *           "correlation_id": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "message": "edf8bca6-a0e4-844b-aa25-2f2474d1098b",
                     *             "direction": "inbound",
                     *             "kind": "request_welcome",
                     *             "sent_at": 1795155319,
                     *             "rank": 70,
                     *             "fragment": "111f3c30cc480d24ffdd30eeec52945c26c1786190bad9163d3cabad943f6e24",
                     *             "content": {
                     *               "message": {
                     *                 "platform_id": "wamid.HBgVbZdZmPN0ifSR77PX3G3cquLjiSI",
                     *                 "fragment": "{\"from\":\"14155550163\",\"from_user_id\":\"US.1349120865530274001\",\"id\":\"wamid.HBgVbZdZmPN0ifSR77PX3G3cquLjiSI\",\"timestamp\":\"1795155319\",\"type\":\"request_welcome\"}",
                     *                 "alongside": [
                     *                   "{\"profile\":{\"name\":\"Tom Reyes\"},\"wa_id\":\"14155550163\",\"user_id\":\"US.1349120865530274001\"}"
                     *                 ]
                     *               }
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "position": 68,
                     *           "id": "146706b1-03d2-49e5-8c26-5d2c0249e70a",
                     *           "stream": "conversation/8a73dd4c-f106-44e6-a412-c78e551c9077",
                     *           "version": 3,
                     *           "type": "message_received",
                     *           "at": "2026-11-22T10:14:20.128419Z",
                     *           "actor": {
                     *             "kind": "platform",
                     *             "id": "20dabf58-be40-4d2d-a3b7-5f42bb80f422",
                     *             "on_behalf_of": null
                     *           },
                     *           "commit_id": "03020fcd-c9a6-44de-ad4e-a142c517b37d",
                     *           "correlation_id": null,
                     *           "mode": "live",
                     *           "origin": "live",
                     *           "data": {
                     *             "message": "a6dcada8-6fc3-8128-865d-173e9bae6739",
                     *             "direction": "outbound",
                     *             "kind": "text",
                     *             "sent_at": 1795155679,
                     *             "rank": 70,
                     *             "fragment": "befc0a77b58e183f10111cbd8ce846d9a95d3cac4d379201ee71cec591cbd202",
                     *             "reply_to": "3aa06f14-7869-8543-8811-dbb92abebe92",
                     *             "content": {
                     *               "message": {
                     *                 "platform_id": "wamid.HBgqzVcnlO7L2sVY1B/K4L83iJxwAq8",
                     *                 "text": "Good morning Tom, sorry to hear that. Is it sensitive to hot or cold? A photo helps, if you can manage one.",
                     *                 "fragment": "{\"context\":{\"from\":\"15550100101\",\"id\":\"wamid.HBg6Qd6ZSGuuIjormXJIhsl4mK34gEQ\"},\"from\":\"15550100101\",\"to\":\"14155550163\",\"to_user_id\":\"US.1349120865530274001\",\"id\":\"wamid.HBgqzVcnlO7L2sVY1B\\/K4L83iJxwAq8\",\"timestamp\":\"1795155679\",\"type\":\"text\",\"text\":{\"body\":\"Good morning Tom, sorry to hear that. Is it sensitive to hot or cold? A photo helps, if you can manage one.\"}}"
                     *               }
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventList"];
                };
            };
        };
    };
    stream_events: {
        parameters: {
            query?: {
                /**
                 * @description Only events after this position; only new ones if neither this nor `Last-Event-ID` is given.
                 * @example 0
                 */
                after?: number | null;
                /**
                 * @description Only these types, separated by commas.
                 * @example message_received
                 */
                type?: string | null;
                /** @description Only this stream: `kind/id`. */
                stream?: string | null;
                /**
                 * @description The answer ends after so many events; it goes on until the reader leaves if not given.
                 * @example 2
                 */
                limit?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, until the reader goes away or had as many as it wanted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    list_event_types: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of types. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "type": "workspace_created",
                     *           "number": 257,
                     *           "stream": "workspace",
                     *           "schema_version": 1,
                     *           "description": "A workspace was set up.",
                     *           "from": [],
                     *           "sealed": [],
                     *           "made_by": [
                     *             "CreateWorkspace"
                     *           ],
                     *           "webhooks": true,
                     *           "schema": {
                     *             "type": "object",
                     *             "properties": {
                     *               "name": {
                     *                 "type": "string",
                     *                 "description": "What its people call it."
                     *               },
                     *               "plan": {
                     *                 "type": "string",
                     *                 "description": "The plan, which sets limits."
                     *               }
                     *             },
                     *             "required": [
                     *               "name",
                     *               "plan"
                     *             ],
                     *             "description": "A workspace was set up.",
                     *             "title": "workspace_created",
                     *             "$schema": "https://json-schema.org/draft/2020-12/schema"
                     *           },
                     *           "delivered": {
                     *             "$schema": "https://json-schema.org/draft/2020-12/schema",
                     *             "title": "workspace_created",
                     *             "type": "object",
                     *             "properties": {
                     *               "type": {
                     *                 "const": "workspace_created"
                     *               },
                     *               "timestamp": {
                     *                 "description": "When the event was recorded.",
                     *                 "type": "string",
                     *                 "format": "date-time"
                     *               },
                     *               "data": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "object",
                     *                     "properties": {
                     *                       "position": {
                     *                         "type": "integer",
                     *                         "format": "uint64",
                     *                         "minimum": 0,
                     *                         "description": "Its place in the global order."
                     *                       },
                     *                       "id": {
                     *                         "type": "string",
                     *                         "format": "uuid",
                     *                         "description": "Its name for ever."
                     *                       },
                     *                       "stream": {
                     *                         "type": "string",
                     *                         "description": "The stream it belongs to: `kind/id`."
                     *                       },
                     *                       "version": {
                     *                         "type": "integer",
                     *                         "format": "uint64",
                     *                         "minimum": 0,
                     *                         "description": "Its number within the stream."
                     *                       },
                     *                       "type": {
                     *                         "enum": [
                     *                           "workspace_created"
                     *                         ]
                     *                       },
                     *                       "at": {
                     *                         "type": "string",
                     *                         "format": "date-time",
                     *                         "description": "When it was recorded."
                     *                       },
                     *                       "actor": {
                     *                         "type": "object",
                     *                         "properties": {
                     *                           "kind": {
                     *                             "type": "string",
                     *                             "description": "`system`, `administrator`, `person`, `key`, `platform`, `reactor`."
                     *                           },
                     *                           "id": {
                     *                             "type": "string",
                     *                             "format": "uuid",
                     *                             "description": "Which one."
                     *                           },
                     *                           "on_behalf_of": {
                     *                             "type": [
                     *                               "string",
                     *                               "null"
                     *                             ],
                     *                             "format": "uuid",
                     *                             "description": "The person for whom a key acted."
                     *                           }
                     *                         },
                     *                         "required": [
                     *                           "kind",
                     *                           "id"
                     *                         ],
                     *                         "description": "Who acted."
                     *                       },
                     *                       "commit_id": {
                     *                         "type": "string",
                     *                         "format": "uuid",
                     *                         "description": "The commit it came in: its events were recorded together."
                     *                       },
                     *                       "correlation_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The request or post that led to it."
                     *                       },
                     *                       "mode": {
                     *                         "type": "string",
                     *                         "description": "Live or test."
                     *                       },
                     *                       "origin": {
                     *                         "type": "string",
                     *                         "description": "`live`, or how it came to be here later: `history_import`, `log_import`."
                     *                       },
                     *                       "data": {
                     *                         "type": "object",
                     *                         "properties": {
                     *                           "name": {
                     *                             "type": "string",
                     *                             "description": "What its people call it."
                     *                           },
                     *                           "plan": {
                     *                             "type": "string",
                     *                             "description": "The plan, which sets limits."
                     *                           }
                     *                         },
                     *                         "required": [
                     *                           "name",
                     *                           "plan"
                     *                         ],
                     *                         "description": "A workspace was set up.",
                     *                         "title": "workspace_created"
                     *                       },
                     *                       "conversation_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The conversation that it is about; null if it is about none."
                     *                       },
                     *                       "contact_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The contact that it is about; null if it is about nobody, or nobody knows who they are."
                     *                       }
                     *                     },
                     *                     "required": [
                     *                       "position",
                     *                       "id"
                     *                     ],
                     *                     "description": "One event, as webhooks tell it.",
                     *                     "title": "ToldEvent"
                     *                   },
                     *                   {
                     *                     "description": "An event that is too large to be delivered: where it is to be read.",
                     *                     "type": "object",
                     *                     "properties": {
                     *                       "position": {
                     *                         "type": "integer"
                     *                       },
                     *                       "id": {
                     *                         "type": "string",
                     *                         "format": "uuid"
                     *                       },
                     *                       "stream": {
                     *                         "type": "string"
                     *                       },
                     *                       "type": {
                     *                         "type": "string"
                     *                       },
                     *                       "conversation_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid"
                     *                       },
                     *                       "contact_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid"
                     *                       },
                     *                       "too_large": {
                     *                         "const": true
                     *                       }
                     *                     },
                     *                     "required": [
                     *                       "position",
                     *                       "id"
                     *                     ]
                     *                   }
                     *                 ]
                     *               }
                     *             },
                     *             "required": [
                     *               "type",
                     *               "timestamp"
                     *             ]
                     *           }
                     *         },
                     *         {
                     *           "type": "workspace_renamed",
                     *           "number": 258,
                     *           "stream": "workspace",
                     *           "schema_version": 1,
                     *           "description": "It got another name.",
                     *           "from": [],
                     *           "sealed": [],
                     *           "made_by": [
                     *             "RenameWorkspace"
                     *           ],
                     *           "webhooks": true,
                     *           "schema": {
                     *             "type": "object",
                     *             "properties": {
                     *               "old_name": {
                     *                 "type": "string",
                     *                 "description": "The name before."
                     *               },
                     *               "name": {
                     *                 "type": "string",
                     *                 "description": "The name now."
                     *               }
                     *             },
                     *             "required": [
                     *               "old_name",
                     *               "name"
                     *             ],
                     *             "description": "It got another name.",
                     *             "title": "workspace_renamed",
                     *             "$schema": "https://json-schema.org/draft/2020-12/schema"
                     *           },
                     *           "delivered": {
                     *             "$schema": "https://json-schema.org/draft/2020-12/schema",
                     *             "title": "workspace_renamed",
                     *             "type": "object",
                     *             "properties": {
                     *               "type": {
                     *                 "const": "workspace_renamed"
                     *               },
                     *               "timestamp": {
                     *                 "description": "When the event was recorded.",
                     *                 "type": "string",
                     *                 "format": "date-time"
                     *               },
                     *               "data": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "object",
                     *                     "properties": {
                     *                       "position": {
                     *                         "type": "integer",
                     *                         "format": "uint64",
                     *                         "minimum": 0,
                     *                         "description": "Its place in the global order."
                     *                       },
                     *                       "id": {
                     *                         "type": "string",
                     *                         "format": "uuid",
                     *                         "description": "Its name for ever."
                     *                       },
                     *                       "stream": {
                     *                         "type": "string",
                     *                         "description": "The stream it belongs to: `kind/id`."
                     *                       },
                     *                       "version": {
                     *                         "type": "integer",
                     *                         "format": "uint64",
                     *                         "minimum": 0,
                     *                         "description": "Its number within the stream."
                     *                       },
                     *                       "type": {
                     *                         "enum": [
                     *                           "workspace_renamed"
                     *                         ]
                     *                       },
                     *                       "at": {
                     *                         "type": "string",
                     *                         "format": "date-time",
                     *                         "description": "When it was recorded."
                     *                       },
                     *                       "actor": {
                     *                         "type": "object",
                     *                         "properties": {
                     *                           "kind": {
                     *                             "type": "string",
                     *                             "description": "`system`, `administrator`, `person`, `key`, `platform`, `reactor`."
                     *                           },
                     *                           "id": {
                     *                             "type": "string",
                     *                             "format": "uuid",
                     *                             "description": "Which one."
                     *                           },
                     *                           "on_behalf_of": {
                     *                             "type": [
                     *                               "string",
                     *                               "null"
                     *                             ],
                     *                             "format": "uuid",
                     *                             "description": "The person for whom a key acted."
                     *                           }
                     *                         },
                     *                         "required": [
                     *                           "kind",
                     *                           "id"
                     *                         ],
                     *                         "description": "Who acted."
                     *                       },
                     *                       "commit_id": {
                     *                         "type": "string",
                     *                         "format": "uuid",
                     *                         "description": "The commit it came in: its events were recorded together."
                     *                       },
                     *                       "correlation_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The request or post that led to it."
                     *                       },
                     *                       "mode": {
                     *                         "type": "string",
                     *                         "description": "Live or test."
                     *                       },
                     *                       "origin": {
                     *                         "type": "string",
                     *                         "description": "`live`, or how it came to be here later: `history_import`, `log_import`."
                     *                       },
                     *                       "data": {
                     *                         "type": "object",
                     *                         "properties": {
                     *                           "old_name": {
                     *                             "type": "string",
                     *                             "description": "The name before."
                     *                           },
                     *                           "name": {
                     *                             "type": "string",
                     *                             "description": "The name now."
                     *                           }
                     *                         },
                     *                         "required": [
                     *                           "old_name",
                     *                           "name"
                     *                         ],
                     *                         "description": "It got another name.",
                     *                         "title": "workspace_renamed"
                     *                       },
                     *                       "conversation_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The conversation that it is about; null if it is about none."
                     *                       },
                     *                       "contact_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The contact that it is about; null if it is about nobody, or nobody knows who they are."
                     *                       }
                     *                     },
                     *                     "required": [
                     *                       "position",
                     *                       "id"
                     *                     ],
                     *                     "description": "One event, as webhooks tell it.",
                     *                     "title": "ToldEvent"
                     *                   },
                     *                   {
                     *                     "description": "An event that is too large to be delivered: where it is to be read.",
                     *                     "type": "object",
                     *                     "properties": {
                     *                       "position": {
                     *                         "type": "integer"
                     *                       },
                     *                       "id": {
                     *                         "type": "string",
                     *                         "format": "uuid"
                     *                       },
                     *                       "stream": {
                     *                         "type": "string"
                     *                       },
                     *                       "type": {
                     *                         "type": "string"
                     *                       },
                     *                       "conversation_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid"
                     *                       },
                     *                       "contact_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid"
                     *                       },
                     *                       "too_large": {
                     *                         "const": true
                     *                       }
                     *                     },
                     *                     "required": [
                     *                       "position",
                     *                       "id"
                     *                     ]
                     *                   }
                     *                 ]
                     *               }
                     *             },
                     *             "required": [
                     *               "type",
                     *               "timestamp"
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next_page": "t2057"
                     *     }
                     */
                    "application/json": components["schemas"]["EventTypeList"];
                };
            };
        };
    };
    show_event_type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name, such as `message_received` or `message.received`.
                 * @example message_received
                 */
                type: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The type. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "message_received",
                     *       "number": 2050,
                     *       "stream": "conversation",
                     *       "schema_version": 1,
                     *       "description": "A message reached us (from the contact, or as the echo of one that the business wrote elsewhere).",
                     *       "from": [],
                     *       "sealed": [
                     *         "message"
                     *       ],
                     *       "made_by": [
                     *         "intake"
                     *       ],
                     *       "webhooks": true,
                     *       "schema": {
                     *         "type": "object",
                     *         "properties": {
                     *           "message": {
                     *             "type": "string",
                     *             "format": "uuid",
                     *             "description": "Which message."
                     *           },
                     *           "direction": {
                     *             "oneOf": [
                     *               {
                     *                 "type": "string",
                     *                 "const": "inbound",
                     *                 "description": "The contact."
                     *               },
                     *               {
                     *                 "type": "string",
                     *                 "const": "outbound",
                     *                 "description": "The business."
                     *               }
                     *             ],
                     *             "description": "Who wrote it."
                     *           },
                     *           "kind": {
                     *             "type": "string",
                     *             "description": "The platform's type: `text`, `image`, `interactive` … unknown ones are kept as they are."
                     *           },
                     *           "sent_at": {
                     *             "type": [
                     *               "integer",
                     *               "null"
                     *             ],
                     *             "format": "int64",
                     *             "description": "The platform's time (seconds since 1970), if it could be read."
                     *           },
                     *           "rank": {
                     *             "type": "integer",
                     *             "format": "uint8",
                     *             "minimum": 0,
                     *             "maximum": 255,
                     *             "description": "How much this delivery of the message tells; the fullest one is shown."
                     *           },
                     *           "fragment": {
                     *             "type": "string",
                     *             "pattern": "^[0-9a-f]{64}$",
                     *             "description": "Keyed hash of the canonical element."
                     *           },
                     *           "reply_to": {
                     *             "type": [
                     *               "string",
                     *               "null"
                     *             ],
                     *             "format": "uuid",
                     *             "description": "The message it answers."
                     *           },
                     *           "errors": {
                     *             "type": "array",
                     *             "items": {
                     *               "type": "integer",
                     *               "format": "int64"
                     *             },
                     *             "description": "Error codes in it."
                     *           },
                     *           "referral": {
                     *             "type": "boolean",
                     *             "description": "It came from an advertisement or a post."
                     *           },
                     *           "group": {
                     *             "type": "boolean",
                     *             "description": "It was said in a group."
                     *           },
                     *           "history_status": {
                     *             "type": [
                     *               "string",
                     *               "null"
                     *             ],
                     *             "description": "Delivery status that came with it (history import)."
                     *           },
                     *           "word": {
                     *             "anyOf": [
                     *               {
                     *                 "oneOf": [
                     *                   {
                     *                     "type": "string",
                     *                     "const": "stop",
                     *                     "description": "Nothing more is wanted."
                     *                   },
                     *                   {
                     *                     "type": "string",
                     *                     "const": "start",
                     *                     "description": "It is wanted again."
                     *                   }
                     *                 ],
                     *                 "description": "What a word asks for."
                     *               },
                     *               {
                     *                 "type": "null"
                     *               }
                     *             ],
                     *             "description": "It consists of a word by which people opt out, or come back."
                     *           },
                     *           "media_until": {
                     *             "type": [
                     *               "integer",
                     *               "null"
                     *             ],
                     *             "format": "int64",
                     *             "description": "It has a file that can be fetched from the platform until then (seconds since 1970)."
                     *           },
                     *           "content": {
                     *             "description": "What is sealed, opened; a list where it is about several people. Missing where it was erased.",
                     *             "type": "object",
                     *             "properties": {
                     *               "message": {
                     *                 "anyOf": [
                     *                   {
                     *                     "type": "object",
                     *                     "properties": {
                     *                       "platform_id": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "description": "The platform's id of the message."
                     *                       },
                     *                       "text": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "description": "What a person reads: the body, the caption, the title of the button pressed, the emoji."
                     *                       },
                     *                       "media": {
                     *                         "type": [
                     *                           "object",
                     *                           "null"
                     *                         ],
                     *                         "properties": {
                     *                           "id": {
                     *                             "type": [
                     *                               "string",
                     *                               "null"
                     *                             ],
                     *                             "description": "The platform's id, with which the bytes can be fetched for a few days."
                     *                           },
                     *                           "mime_type": {
                     *                             "type": [
                     *                               "string",
                     *                               "null"
                     *                             ],
                     *                             "description": "The MIME type."
                     *                           },
                     *                           "sha256": {
                     *                             "type": [
                     *                               "string",
                     *                               "null"
                     *                             ],
                     *                             "description": "The platform's hash of the bytes, as sent: about a person as much as the file itself."
                     *                           },
                     *                           "filename": {
                     *                             "type": [
                     *                               "string",
                     *                               "null"
                     *                             ],
                     *                             "description": "The file's name."
                     *                           },
                     *                           "link": {
                     *                             "type": [
                     *                               "string",
                     *                               "null"
                     *                             ],
                     *                             "description": "The address at which it was read, if it was named by one."
                     *                           }
                     *                         },
                     *                         "description": "An attachment."
                     *                       },
                     *                       "fragment": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "description": "The platform's element, exactly as sent."
                     *                       },
                     *                       "alongside": {
                     *                         "type": "array",
                     *                         "items": {
                     *                           "description": "A text about a person, or a secret one.",
                     *                           "type": "string"
                     *                         },
                     *                         "description": "What belongs to it but stood elsewhere in the post (the element about the sender, the head of\nits thread), exactly as sent."
                     *                       }
                     *                     },
                     *                     "description": "The content of a message."
                     *                   },
                     *                   {
                     *                     "type": "array",
                     *                     "items": {
                     *                       "type": "object",
                     *                       "properties": {
                     *                         "platform_id": {
                     *                           "type": [
                     *                             "string",
                     *                             "null"
                     *                           ],
                     *                           "description": "The platform's id of the message."
                     *                         },
                     *                         "text": {
                     *                           "type": [
                     *                             "string",
                     *                             "null"
                     *                           ],
                     *                           "description": "What a person reads: the body, the caption, the title of the button pressed, the emoji."
                     *                         },
                     *                         "media": {
                     *                           "type": [
                     *                             "object",
                     *                             "null"
                     *                           ],
                     *                           "properties": {
                     *                             "id": {
                     *                               "type": [
                     *                                 "string",
                     *                                 "null"
                     *                               ],
                     *                               "description": "The platform's id, with which the bytes can be fetched for a few days."
                     *                             },
                     *                             "mime_type": {
                     *                               "type": [
                     *                                 "string",
                     *                                 "null"
                     *                               ],
                     *                               "description": "The MIME type."
                     *                             },
                     *                             "sha256": {
                     *                               "type": [
                     *                                 "string",
                     *                                 "null"
                     *                               ],
                     *                               "description": "The platform's hash of the bytes, as sent: about a person as much as the file itself."
                     *                             },
                     *                             "filename": {
                     *                               "type": [
                     *                                 "string",
                     *                                 "null"
                     *                               ],
                     *                               "description": "The file's name."
                     *                             },
                     *                             "link": {
                     *                               "type": [
                     *                                 "string",
                     *                                 "null"
                     *                               ],
                     *                               "description": "The address at which it was read, if it was named by one."
                     *                             }
                     *                           },
                     *                           "description": "An attachment."
                     *                         },
                     *                         "fragment": {
                     *                           "type": [
                     *                             "string",
                     *                             "null"
                     *                           ],
                     *                           "description": "The platform's element, exactly as sent."
                     *                         },
                     *                         "alongside": {
                     *                           "type": "array",
                     *                           "items": {
                     *                             "description": "A text about a person, or a secret one.",
                     *                             "type": "string"
                     *                           },
                     *                           "description": "What belongs to it but stood elsewhere in the post (the element about the sender, the head of\nits thread), exactly as sent."
                     *                         }
                     *                       },
                     *                       "description": "The content of a message."
                     *                     }
                     *                   }
                     *                 ]
                     *               }
                     *             }
                     *           },
                     *           "erased": {
                     *             "description": "What was sealed of a person was erased.",
                     *             "const": true
                     *           },
                     *           "unreadable": {
                     *             "description": "A sealed part could not be opened; the server's log says why.",
                     *             "const": true
                     *           }
                     *         },
                     *         "required": [
                     *           "message",
                     *           "direction"
                     *         ],
                     *         "description": "A message reached us (from the contact, or as the echo of one that the business wrote elsewhere).",
                     *         "title": "message_received",
                     *         "$schema": "https://json-schema.org/draft/2020-12/schema"
                     *       },
                     *       "delivered": {
                     *         "$schema": "https://json-schema.org/draft/2020-12/schema",
                     *         "title": "message_received",
                     *         "type": "object",
                     *         "properties": {
                     *           "type": {
                     *             "const": "message_received"
                     *           },
                     *           "timestamp": {
                     *             "description": "When the event was recorded.",
                     *             "type": "string",
                     *             "format": "date-time"
                     *           },
                     *           "data": {
                     *             "anyOf": [
                     *               {
                     *                 "type": "object",
                     *                 "properties": {
                     *                   "position": {
                     *                     "type": "integer",
                     *                     "format": "uint64",
                     *                     "minimum": 0,
                     *                     "description": "Its place in the global order."
                     *                   },
                     *                   "id": {
                     *                     "type": "string",
                     *                     "format": "uuid",
                     *                     "description": "Its name for ever."
                     *                   },
                     *                   "stream": {
                     *                     "type": "string",
                     *                     "description": "The stream it belongs to: `kind/id`."
                     *                   },
                     *                   "version": {
                     *                     "type": "integer",
                     *                     "format": "uint64",
                     *                     "minimum": 0,
                     *                     "description": "Its number within the stream."
                     *                   },
                     *                   "type": {
                     *                     "enum": [
                     *                       "message_received"
                     *                     ]
                     *                   },
                     *                   "at": {
                     *                     "type": "string",
                     *                     "format": "date-time",
                     *                     "description": "When it was recorded."
                     *                   },
                     *                   "actor": {
                     *                     "type": "object",
                     *                     "properties": {
                     *                       "kind": {
                     *                         "type": "string",
                     *                         "description": "`system`, `administrator`, `person`, `key`, `platform`, `reactor`."
                     *                       },
                     *                       "id": {
                     *                         "type": "string",
                     *                         "format": "uuid",
                     *                         "description": "Which one."
                     *                       },
                     *                       "on_behalf_of": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The person for whom a key acted."
                     *                       }
                     *                     },
                     *                     "required": [
                     *                       "kind",
                     *                       "id"
                     *                     ],
                     *                     "description": "Who acted."
                     *                   },
                     *                   "commit_id": {
                     *                     "type": "string",
                     *                     "format": "uuid",
                     *                     "description": "The commit it came in: its events were recorded together."
                     *                   },
                     *                   "correlation_id": {
                     *                     "type": [
                     *                       "string",
                     *                       "null"
                     *                     ],
                     *                     "format": "uuid",
                     *                     "description": "The request or post that led to it."
                     *                   },
                     *                   "mode": {
                     *                     "type": "string",
                     *                     "description": "Live or test."
                     *                   },
                     *                   "origin": {
                     *                     "type": "string",
                     *                     "description": "`live`, or how it came to be here later: `history_import`, `log_import`."
                     *                   },
                     *                   "data": {
                     *                     "type": "object",
                     *                     "properties": {
                     *                       "message": {
                     *                         "type": "string",
                     *                         "format": "uuid",
                     *                         "description": "Which message."
                     *                       },
                     *                       "direction": {
                     *                         "oneOf": [
                     *                           {
                     *                             "type": "string",
                     *                             "const": "inbound",
                     *                             "description": "The contact."
                     *                           },
                     *                           {
                     *                             "type": "string",
                     *                             "const": "outbound",
                     *                             "description": "The business."
                     *                           }
                     *                         ],
                     *                         "description": "Who wrote it."
                     *                       },
                     *                       "kind": {
                     *                         "type": "string",
                     *                         "description": "The platform's type: `text`, `image`, `interactive` … unknown ones are kept as they are."
                     *                       },
                     *                       "sent_at": {
                     *                         "type": [
                     *                           "integer",
                     *                           "null"
                     *                         ],
                     *                         "format": "int64",
                     *                         "description": "The platform's time (seconds since 1970), if it could be read."
                     *                       },
                     *                       "rank": {
                     *                         "type": "integer",
                     *                         "format": "uint8",
                     *                         "minimum": 0,
                     *                         "maximum": 255,
                     *                         "description": "How much this delivery of the message tells; the fullest one is shown."
                     *                       },
                     *                       "fragment": {
                     *                         "type": "string",
                     *                         "pattern": "^[0-9a-f]{64}$",
                     *                         "description": "Keyed hash of the canonical element."
                     *                       },
                     *                       "reply_to": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "format": "uuid",
                     *                         "description": "The message it answers."
                     *                       },
                     *                       "errors": {
                     *                         "type": "array",
                     *                         "items": {
                     *                           "type": "integer",
                     *                           "format": "int64"
                     *                         },
                     *                         "description": "Error codes in it."
                     *                       },
                     *                       "referral": {
                     *                         "type": "boolean",
                     *                         "description": "It came from an advertisement or a post."
                     *                       },
                     *                       "group": {
                     *                         "type": "boolean",
                     *                         "description": "It was said in a group."
                     *                       },
                     *                       "history_status": {
                     *                         "type": [
                     *                           "string",
                     *                           "null"
                     *                         ],
                     *                         "description": "Delivery status that came with it (history import)."
                     *                       },
                     *                       "word": {
                     *                         "anyOf": [
                     *                           {
                     *                             "oneOf": [
                     *                               {
                     *                                 "type": "string",
                     *                                 "const": "stop",
                     *                                 "description": "Nothing more is wanted."
                     *                               },
                     *                               {
                     *                                 "type": "string",
                     *                                 "const": "start",
                     *                                 "description": "It is wanted again."
                     *                               }
                     *                             ],
                     *                             "description": "What a word asks for."
                     *                           },
                     *                           {
                     *                             "type": "null"
                     *                           }
                     *                         ],
                     *                         "description": "It consists of a word by which people opt out, or come back."
                     *                       },
                     *                       "media_until": {
                     *                         "type": [
                     *                           "integer",
                     *                           "null"
                     *                         ],
                     *                         "format": "int64",
                     *                         "description": "It has a file that can be fetched from the platform until then (seconds since 1970)."
                     *                       },
                     *                       "content": {
                     *                         "description": "What is sealed, opened; a list where it is about several people. Missing where it was erased.",
                     *                         "type": "object",
                     *                         "properties": {
                     *                           "message": {
                     *                             "anyOf": [
                     *                               {
                     *                                 "type": "object",
                     *                                 "properties": {
                     *                                   "platform_id": {
                     *                                     "type": [
                     *                                       "string",
                     *                                       "null"
                     *                                     ],
                     *                                     "description": "The platform's id of the message."
                     *                                   },
                     *                                   "text": {
                     *                                     "type": [
                     *                                       "string",
                     *                                       "null"
                     *                                     ],
                     *                                     "description": "What a person reads: the body, the caption, the title of the button pressed, the emoji."
                     *                                   },
                     *                                   "media": {
                     *                                     "type": [
                     *                                       "object",
                     *                                       "null"
                     *                                     ],
                     *                                     "properties": {
                     *                                       "id": {
                     *                                         "type": [
                     *                                           "string",
                     *                                           "null"
                     *                                         ],
                     *                                         "description": "The platform's id, with which the bytes can be fetched for a few days."
                     *                                       },
                     *                                       "mime_type": {
                     *                                         "type": [
                     *                                           "string",
                     *                                           "null"
                     *                                         ],
                     *                                         "description": "The MIME type."
                     *                                       },
                     *                                       "sha256": {
                     *                                         "type": [
                     *                                           "string",
                     *                                           "null"
                     *                                         ],
                     *                                         "description": "The platform's hash of the bytes, as sent: about a person as much as the file itself."
                     *                                       },
                     *                                       "filename": {
                     *                                         "type": [
                     *                                           "string",
                     *                                           "null"
                     *                                         ],
                     *                                         "description": "The file's name."
                     *                                       },
                     *                                       "link": {
                     *                                         "type": [
                     *                                           "string",
                     *                                           "null"
                     *                                         ],
                     *                                         "description": "The address at which it was read, if it was named by one."
                     *                                       }
                     *                                     },
                     *                                     "description": "An attachment."
                     *                                   },
                     *                                   "fragment": {
                     *                                     "type": [
                     *                                       "string",
                     *                                       "null"
                     *                                     ],
                     *                                     "description": "The platform's element, exactly as sent."
                     *                                   },
                     *                                   "alongside": {
                     *                                     "type": "array",
                     *                                     "items": {
                     *                                       "description": "A text about a person, or a secret one.",
                     *                                       "type": "string"
                     *                                     },
                     *                                     "description": "What belongs to it but stood elsewhere in the post (the element about the sender, the head of\nits thread), exactly as sent."
                     *                                   }
                     *                                 },
                     *                                 "description": "The content of a message."
                     *                               },
                     *                               {
                     *                                 "type": "array",
                     *                                 "items": {
                     *                                   "type": "object",
                     *                                   "properties": {
                     *                                     "platform_id": {
                     *                                       "type": [
                     *                                         "string",
                     *                                         "null"
                     *                                       ],
                     *                                       "description": "The platform's id of the message."
                     *                                     },
                     *                                     "text": {
                     *                                       "type": [
                     *                                         "string",
                     *                                         "null"
                     *                                       ],
                     *                                       "description": "What a person reads: the body, the caption, the title of the button pressed, the emoji."
                     *                                     },
                     *                                     "media": {
                     *                                       "type": [
                     *                                         "object",
                     *                                         "null"
                     *                                       ],
                     *                                       "properties": {
                     *                                         "id": {
                     *                                           "type": [
                     *                                             "string",
                     *                                             "null"
                     *                                           ],
                     *                                           "description": "The platform's id, with which the bytes can be fetched for a few days."
                     *                                         },
                     *                                         "mime_type": {
                     *                                           "type": [
                     *                                             "string",
                     *                                             "null"
                     *                                           ],
                     *                                           "description": "The MIME type."
                     *                                         },
                     *                                         "sha256": {
                     *                                           "type": [
                     *                                             "string",
                     *                                             "null"
                     *                                           ],
                     *                                           "description": "The platform's hash of the bytes, as sent: about a person as much as the file itself."
                     *                                         },
                     *                                         "filename": {
                     *                                           "type": [
                     *                                             "string",
                     *                                             "null"
                     *                                           ],
                     *                                           "description": "The file's name."
                     *                                         },
                     *                                         "link": {
                     *                                           "type": [
                     *                                             "string",
                     *                                             "null"
                     *                                           ],
                     *                                           "description": "The address at which it was read, if it was named by one."
                     *                                         }
                     *                                       },
                     *                                       "description": "An attachment."
                     *                                     },
                     *                                     "fragment": {
                     *                                       "type": [
                     *                                         "string",
                     *                                         "null"
                     *                                       ],
                     *                                       "description": "The platform's element, exactly as sent."
                     *                                     },
                     *                                     "alongside": {
                     *                                       "type": "array",
                     *                                       "items": {
                     *                                         "description": "A text about a person, or a secret one.",
                     *                                         "type": "string"
                     *                                       },
                     *                                       "description": "What belongs to it but stood elsewhere in the post (the element about the sender, the head of\nits thread), exactly as sent."
                     *                                     }
                     *                                   },
                     *                                   "description": "The content of a message."
                     *                                 }
                     *                               }
                     *                             ]
                     *                           }
                     *                         }
                     *                       },
                     *                       "erased": {
                     *                         "description": "What was sealed of a person was erased.",
                     *                         "const": true
                     *                       },
                     *                       "unreadable": {
                     *                         "description": "A sealed part could not be opened; the server's log says why.",
                     *                         "const": true
                     *                       }
                     *                     },
                     *                     "required": [
                     *                       "message",
                     *                       "direction"
                     *                     ],
                     *                     "description": "A message reached us (from the contact, or as the echo of one that the business wrote elsewhere).",
                     *                     "title": "message_received"
                     *                   },
                     *                   "conversation_id": {
                     *                     "type": [
                     *                       "string",
                     *                       "null"
                     *                     ],
                     *                     "format": "uuid",
                     *                     "description": "The conversation that it is about; null if it is about none."
                     *                   },
                     *                   "contact_id": {
                     *                     "type": [
                     *                       "string",
                     *                       "null"
                     *                     ],
                     *                     "format": "uuid",
                     *                     "description": "The contact that it is about; null if it is about nobody, or nobody knows who they are."
                     *                   }
                     *                 },
                     *                 "required": [
                     *                   "position",
                     *                   "id"
                     *                 ],
                     *                 "description": "One event, as webhooks tell it.",
                     *                 "title": "ToldEvent"
                     *               },
                     *               {
                     *                 "description": "An event that is too large to be delivered: where it is to be read.",
                     *                 "type": "object",
                     *                 "properties": {
                     *                   "position": {
                     *                     "type": "integer"
                     *                   },
                     *                   "id": {
                     *                     "type": "string",
                     *                     "format": "uuid"
                     *                   },
                     *                   "stream": {
                     *                     "type": "string"
                     *                   },
                     *                   "type": {
                     *                     "type": "string"
                     *                   },
                     *                   "conversation_id": {
                     *                     "type": [
                     *                       "string",
                     *                       "null"
                     *                     ],
                     *                     "format": "uuid"
                     *                   },
                     *                   "contact_id": {
                     *                     "type": [
                     *                       "string",
                     *                       "null"
                     *                     ],
                     *                     "format": "uuid"
                     *                   },
                     *                   "too_large": {
                     *                     "const": true
                     *                   }
                     *                 },
                     *                 "required": [
                     *                   "position",
                     *                   "id"
                     *                 ]
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         "required": [
                     *           "type",
                     *           "timestamp"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["EventType"];
                };
            };
        };
    };
    show_installation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The installation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "armed": true,
                     *       "instance": "57c1346a2bb7ee3c1d43f85d840678dd7670c526716cafac4ce0a9b847fda23d",
                     *       "position": 882
                     *     }
                     */
                    "application/json": components["schemas"]["Installation"];
                };
            };
        };
    };
    arm_instance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The installation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "armed": true,
                     *       "instance": "57c1346a2bb7ee3c1d43f85d840678dd7670c526716cafac4ce0a9b847fda23d",
                     *       "position": 886
                     *     }
                     */
                    "application/json": components["schemas"]["Installation"];
                };
            };
        };
    };
    disarm_instance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "maintenance"
                 *     }
                 */
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The installation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "armed": false,
                     *       "instance": "57c1346a2bb7ee3c1d43f85d840678dd7670c526716cafac4ce0a9b847fda23d",
                     *       "position": 883
                     *     }
                     */
                    "application/json": components["schemas"]["Installation"];
                };
            };
        };
    };
    verify_installation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "clean": true,
                     *       "report": {
                     *         "log_id": "3f0def29-b437-438b-a2d1-a7a5744583fa",
                     *         "position": 890,
                     *         "log": {
                     *           "closed_volumes": 0,
                     *           "live_volumes": 1,
                     *           "blocks": 479,
                     *           "commits": 495,
                     *           "records": 890,
                     *           "record_bytes": 382617,
                     *           "stored_bytes": 363035,
                     *           "claims": 636,
                     *           "streams": 193,
                     *           "root": "13144202c0e839b15ef445c2e049d8286809d7c6a397e802028e67542665aae9",
                     *           "head": 890,
                     *           "vault_generation": 101,
                     *           "problem": null
                     *         },
                     *         "events": {
                     *           "read": 890,
                     *           "claims_held": 576,
                     *           "problem": null
                     *         },
                     *         "vault": {
                     *           "generation": 101,
                     *           "epoch": 7,
                     *           "opened": 557,
                     *           "erased": 8,
                     *           "unknown_key": 0,
                     *           "corrupt": 0,
                     *           "erasures": 3,
                     *           "problem": null
                     *         },
                     *         "blobs": {
                     *           "referenced": 0,
                     *           "bytes": 0,
                     *           "unreferenced": 0,
                     *           "problem": null
                     *         },
                     *         "models": [
                     *           {
                     *             "name": "conversations",
                     *             "state": "identical",
                     *             "position": 890,
                     *             "lines": 113,
                     *             "difference": null
                     *           },
                     *           {
                     *             "name": "transcripts",
                     *             "state": "identical",
                     *             "position": 890,
                     *             "lines": 203,
                     *             "difference": null
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Verification"];
                };
            };
        };
    };
    list_quarantine: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Waits until the answer includes this position: the `Convolog-Position` of a command. */
                at_least?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "3c7755f7-7f93-471c-ace5-58b65df3bde8",
                     *           "status": "waiting",
                     *           "reason": "number_unknown",
                     *           "app_id": "ef341e62-ca95-474f-8f1a-f624f0ea3b31",
                     *           "phone_number_id": "209900000000043",
                     *           "waba_id": "109900000000042",
                     *           "field": "messages",
                     *           "received_at": "2026-11-22T10:14:28.936464Z",
                     *           "body_sha256": "bf1d0336cfc6b93ab3f7214b8a7ef985e8c1c9b143cb22569d7b5f4c597f2295"
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["QuarantinedChangeList"];
                };
            };
        };
    };
    retry_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 3c7755f7-7f93-471c-ace5-58b65df3bde8
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The change as it stands after the try. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3c7755f7-7f93-471c-ace5-58b65df3bde8",
                     *       "status": "waiting",
                     *       "reason": "number_unknown",
                     *       "app_id": "ef341e62-ca95-474f-8f1a-f624f0ea3b31",
                     *       "phone_number_id": "209900000000043",
                     *       "waba_id": "109900000000042",
                     *       "field": "messages",
                     *       "received_at": "2026-11-22T10:14:28.936464Z",
                     *       "body_sha256": "bf1d0336cfc6b93ab3f7214b8a7ef985e8c1c9b143cb22569d7b5f4c597f2295"
                     *     }
                     */
                    "application/json": components["schemas"]["QuarantinedChange"];
                };
            };
        };
    };
    list_projections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every read model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "conversations",
                     *           "state": "live",
                     *           "position": 887,
                     *           "head": 887,
                     *           "lag": 0,
                     *           "lag_seconds": 0,
                     *           "generation": 1,
                     *           "parked_streams": 0,
                     *           "outdated": false,
                     *           "bytes": 254
                     *         },
                     *         {
                     *           "name": "transcripts",
                     *           "state": "live",
                     *           "position": 887,
                     *           "head": 887,
                     *           "lag": 0,
                     *           "lag_seconds": 0,
                     *           "generation": 1,
                     *           "parked_streams": 0,
                     *           "outdated": false,
                     *           "bytes": 254
                     *         }
                     *       ],
                     *       "next_page": null
                     *     }
                     */
                    "application/json": components["schemas"]["ModelStatusList"];
                };
            };
        };
    };
    show_projection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which read model.
                 * @example pipeline
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The read model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "pipeline",
                     *       "state": "live",
                     *       "position": 887,
                     *       "head": 887,
                     *       "lag": 0,
                     *       "lag_seconds": 0,
                     *       "generation": 1,
                     *       "beside": {
                     *         "generation": 2,
                     *         "state": "waiting",
                     *         "version": 1
                     *       },
                     *       "parked_streams": 0,
                     *       "outdated": false,
                     *       "bytes": 254,
                     *       "parked": []
                     *     }
                     */
                    "application/json": components["schemas"]["Projection"];
                };
            };
        };
    };
    rebuild_projection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which read model.
                 * @example pipeline
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "swap": "manual"
                 *     }
                 */
                "application/json": components["schemas"]["How"];
            };
        };
        responses: {
            /** @description It has begun. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "pipeline",
                     *       "status": "rebuilding"
                     *     }
                     */
                    "application/json": components["schemas"]["Begun"];
                };
            };
        };
    };
    cancel_rebuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which read model.
                 * @example pipeline
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is only the live one. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    compare_projection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which read model.
                 * @example pipeline
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HowFar"];
            };
        };
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "pipeline",
                     *       "result": "identical",
                     *       "position": 887,
                     *       "same": 26,
                     *       "different": 0,
                     *       "only_serving": 0,
                     *       "only_beside": 0,
                     *       "complete": true,
                     *       "first_difference": null
                     *     }
                     */
                    "application/json": components["schemas"]["Compared"];
                };
            };
        };
    };
    swap_projection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which read model.
                 * @example pipeline
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It catches up, and serves then. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "pipeline",
                     *       "status": "joining"
                     *     }
                     */
                    "application/json": components["schemas"]["Begun"];
                };
            };
        };
    };
    roll_back_projection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which read model.
                 * @example pipeline
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It catches up, and serves then. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "pipeline",
                     *       "status": "joining"
                     *     }
                     */
                    "application/json": components["schemas"]["Begun"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It lives. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "version": "0.1.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It should. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ready": true,
                     *       "reasons": [],
                     *       "head": 882,
                     *       "applied": 882
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures in Prometheus' text format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.1 document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
        };
    };
    postman: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A Postman collection, version 2.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "info": {
                     *         "name": "Convolog",
                     *         "description": "The conversation engine that can prove what was said.\n\n- Lists answer `{\"data\": […], \"next_page\": token | null}` and take `page` and `limit` (1 to 200, 50 if not given).\n- Every POST takes an `Idempotency-Key`: the same request under the same key is carried out once and answered alike.\n- A read shows everything that was acknowledged before it was asked (search: within a second). A command answers with the header `Convolog-Position`; a read with `at_least` set to it is refused rather than answered without what the command did.\n- `as_of` shows things as they stood at a position or a time.\n- Errors are `application/problem+json`; each `code` is explained at `/docs/errors`.\n- Every answer to a key says in `X-RateLimit-*` how many calls of its class the key may still make within the minute, unless the class has no limit; 429 says in `Retry-After` when to come back.\n- Times are RFC 3339 in UTC.",
                     *         "version": "0.1.0",
                     *         "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
                     *       },
                     *       "auth": {
                     *         "type": "bearer",
                     *         "bearer": [
                     *           {
                     *             "key": "token",
                     *             "value": "{{apiToken}}",
                     *             "type": "string"
                     *           }
                     *         ]
                     *       },
                     *       "variable": [
                     *         {
                     *           "key": "baseUrl",
                     *           "value": "http://127.0.0.1:9000",
                     *           "type": "string"
                     *         },
                     *         {
                     *           "key": "apiToken",
                     *           "value": "",
                     *           "type": "string"
                     *         }
                     *       ],
                     *       "item": [
                     *         {
                     *           "name": "Workspaces",
                     *           "item": [
                     *             {
                     *               "name": "List workspaces",
                     *               "event": [
                     *                 {
                     *                   "listen": "test",
                     *                   "script": {
                     *                     "type": "text/javascript",
                     *                     "exec": [
                     *                       "const at = (value, place) => place.split(\"/\").slice(1).reduce((inner, name) => inner?.[name], value);",
                     *                       "const answer = pm.response.code === 200 ? pm.response.json() : undefined;"
                     *                     ]
                     *                   }
                     *                 }
                     *               ],
                     *               "request": {
                     *                 "method": "GET",
                     *                 "description": "Every workspace of the installation, ordered by id.",
                     *                 "header": [],
                     *                 "url": {
                     *                   "raw": "{{baseUrl}}/v1/workspaces",
                     *                   "host": [
                     *                     "{{baseUrl}}"
                     *                   ],
                     *                   "path": [
                     *                     "v1",
                     *                     "workspaces"
                     *                   ]
                     *                 },
                     *                 "auth": {
                     *                   "type": "bearer",
                     *                   "bearer": [
                     *                     {
                     *                       "key": "token",
                     *                       "value": "{{adminToken}}",
                     *                       "type": "string"
                     *                     }
                     *                   ]
                     *                 }
                     *               },
                     *               "response": []
                     *             },
                     *             {
                     *               "name": "Set up a workspace",
                     *               "event": [
                     *                 {
                     *                   "listen": "test",
                     *                   "script": {
                     *                     "type": "text/javascript",
                     *                     "exec": [
                     *                       "const at = (value, place) => place.split(\"/\").slice(1).reduce((inner, name) => inner?.[name], value);",
                     *                       "const answer = pm.response.code === 201 ? pm.response.json() : undefined;"
                     *                     ]
                     *                   }
                     *                 }
                     *               ],
                     *               "request": {
                     *                 "method": "POST",
                     *                 "description": "A workspace is a tenant: people, keys, channels and conversations belong to one.",
                     *                 "header": [
                     *                   {
                     *                     "key": "Content-Type",
                     *                     "value": "application/json"
                     *                   }
                     *                 ],
                     *                 "url": {
                     *                   "raw": "{{baseUrl}}/v1/workspaces",
                     *                   "host": [
                     *                     "{{baseUrl}}"
                     *                   ],
                     *                   "path": [
                     *                     "v1",
                     *                     "workspaces"
                     *                   ]
                     *                 },
                     *                 "body": {
                     *                   "mode": "raw",
                     *                   "raw": "{\n  \"name\": \"Riverside Dental North\",\n  \"plan\": \"pro\"\n}",
                     *                   "options": {
                     *                     "raw": {
                     *                       "language": "json"
                     *                     }
                     *                   }
                     *                 },
                     *                 "auth": {
                     *                   "type": "bearer",
                     *                   "bearer": [
                     *                     {
                     *                       "key": "token",
                     *                       "value": "{{adminToken}}",
                     *                       "type": "string"
                     *                     }
                     *                   ]
                     *                 }
                     *               },
                     *               "response": []
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "name": "People",
                     *           "item": [
                     *             {
                     *               "name": "Add a person",
                     *               "event": [
                     *                 {
                     *                   "listen": "test",
                     *                   "script": {
                     *                     "type": "text/javascript",
                     *                     "exec": [
                     *                       "const at = (value, place) => place.split(\"/\").slice(1).reduce((inner, name) => inner?.[name], value);",
                     *                       "const answer = pm.response.code === 201 ? pm.response.json() : undefined;"
                     *                     ]
                     *                   }
                     *                 }
                     *               ],
                     *               "request": {
                     *                 "method": "POST",
                     *                 "description": "Somebody who works for the workspace. A key acts for them when a request names them in `Convolog-On-Behalf-Of`.",
                     *                 "header": [
                     *                   {
                     *                     "key": "Content-Type",
                     *                     "value": "application/json"
                     *                   }
                     *                 ],
                     *                 "url": {
                     *                   "raw": "{{baseUrl}}/v1/people",
                     *                   "host": [
                     *                     "{{baseUrl}}"
                     *                   ],
                     *                   "path": [
                     *                     "v1",
                     *                     "people"
                     *                   ]
                     *                 },
                     *                 "body": {
                     *                   "mode": "raw",
                     *                   "raw": "{\n  \"name\": \"Maya Stone\",\n  \"email\": \"maya@riverside.example\",\n  \"role\": \"operator\"\n}",
                     *                   "options": {
                     *                     "raw": {
                     *                       "language": "json"
                     *                     }
                     *                   }
                     *                 }
                     *               },
                     *               "response": []
                     *             },
                     *             {
                     *               "name": "List people",
                     *               "event": [
                     *                 {
                     *                   "listen": "test",
                     *                   "script": {
                     *                     "type": "text/javascript",
                     *                     "exec": [
                     *                       "pm.test(\"Answers 200\", () => pm.response.to.have.status(200));"
                     *                     ]
                     *                   }
                     *                 }
                     *               ],
                     *               "request": {
                     *                 "method": "GET",
                     *                 "description": "In the order in which they were added, those who left among them.",
                     *                 "header": [],
                     *                 "url": {
                     *                   "raw": "{{baseUrl}}/v1/people",
                     *                   "host": [
                     *                     "{{baseUrl}}"
                     *                   ],
                     *                   "path": [
                     *                     "v1",
                     *                     "people"
                     *                   ]
                     *                 }
                     *               },
                     *               "response": []
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "event": [
                     *         {
                     *           "listen": "prerequest",
                     *           "script": {
                     *             "type": "text/javascript",
                     *             "exec": [
                     *               "pm.collectionVariables.set(\"later\", new Date(Date.now() + 7200000).toISOString());",
                     *               "pm.collectionVariables.set(\"month\", new Date().toISOString().slice(0, 7));"
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Collection"];
                };
            };
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page that works without the internet. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    docs_errors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page that works without the internet. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    whatsapp_handshake: {
        parameters: {
            query: {
                /**
                 * @description Always `subscribe`.
                 * @example subscribe
                 */
                "hub.mode": "subscribe";
                /**
                 * @description The verify token that was typed into the platform's settings.
                 * @example a word that the platform repeats
                 */
                "hub.verify_token": string;
                /**
                 * @description To be repeated.
                 * @example 1158201444
                 */
                "hub.challenge": string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The challenge. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    whatsapp_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "object": "whatsapp_business_account",
                 *       "entry": [
                 *         {
                 *           "id": "109900000000042",
                 *           "changes": [
                 *             {
                 *               "field": "messages",
                 *               "value": {
                 *                 "messaging_product": "whatsapp",
                 *                 "metadata": {
                 *                   "display_phone_number": "15550100142",
                 *                   "phone_number_id": "209900000000042"
                 *                 },
                 *                 "contacts": [
                 *                   {
                 *                     "profile": {
                 *                       "name": "Lena Fischer"
                 *                     },
                 *                     "wa_id": "4915550100301"
                 *                   }
                 *                 ],
                 *                 "messages": [
                 *                   {
                 *                     "from": "4915550100301",
                 *                     "id": "wamid.8e35087a-079c-4afc-a2ca-7763a89c75b0",
                 *                     "timestamp": "1795342468",
                 *                     "type": "text",
                 *                     "text": {
                 *                       "body": "Is Saturday possible?"
                 *                     }
                 *                   }
                 *                 ]
                 *               }
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": unknown;
            };
        };
        responses: {
            /** @description It is on the disk. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": 1,
                     *       "repeated": 0,
                     *       "refused": 0,
                     *       "quarantined": 0
                     *     }
                     */
                    "application/json": components["schemas"]["PostTaken"];
                };
            };
        };
    };
}

/** The codes of refusals. */
export type Code =
  | "address_refused"
  | "administrator_required"
  | "already_exists"
  | "body_too_large"
  | "contended"
  | "erased"
  | "handshake_refused"
  | "idempotency_key_reused"
  | "insufficient_scope"
  | "internal"
  | "invalid_credentials"
  | "invalid_field"
  | "invalid_page"
  | "invalid_signature"
  | "legal_hold"
  | "link_unreadable"
  | "log_unavailable"
  | "malformed_body"
  | "missing_credentials"
  | "no_space"
  | "not_allowed_now"
  | "not_allowed_with_as_of"
  | "not_caught_up"
  | "not_found"
  | "opted_out"
  | "overloaded"
  | "owned_by_another"
  | "ownership_not_proved"
  | "plan_limit_reached"
  | "platform_limit_reached"
  | "platform_unavailable"
  | "rate_limited"
  | "role_forbids"
  | "sandbox_key"
  | "slot_taken"
  | "template_unavailable"
  | "timeout"
  | "unknown_field"
  | "unknown_parameter"
  | "window_closed"
  | "wrong_surface";

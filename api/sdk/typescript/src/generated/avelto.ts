// Generated from docs/surfaces/avelto.openapi.json; `npm run generate` writes it again.

export interface paths {
    "/api/v1/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List leads
         * @description Those that were merged into others are left out. `X-Total-Count` says how many there are, `Link` leads to the next page.
         */
        get: operations["leads"];
        put?: never;
        /**
         * Open a lead
         * @description It begins as NEW. Nobody is two leads: whoever has the phone number and is one already is refused with `already_exists`.
         */
        post: operations["create_lead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{id}/status": {
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
         * Move a lead to another stage
         * @description From any stage to any other.
         */
        patch: operations["change_lead_status"];
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description The one with the newest message first; deleted ones are left out. `X-Total-Count` says how many there are, `Link` leads to the next page.
         */
        get: operations["conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a conversation with everything that was said */
        get: operations["conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/operator-message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer as an operator
         * @description In a conversation that was handed off; in any other, `not_allowed_now`. It is delivered through the channel of the conversation.
         */
        post: operations["operator_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/bulk": {
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
         * @description Up to 200 at a time. Each is changed or passed over by itself.
         */
        post: operations["act_on_conversations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List agents
         * @description All of them, in the order in which they were made.
         */
        get: operations["agents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an agent
         * @description With what its newest version is told and set to.
         */
        get: operations["agent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List channels
         * @description Those that are connected, in the order in which they were made.
         */
        get: operations["channels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand a file over
         * @description The body is the file as it is, with its `Content-Type` (PDF, DOCX, HTML, Markdown or text); the header `X-Original-Name` says what it is called, percent-encoded where it is not ASCII. At most 10 MB. A file of the same name that says something else is the next version.
         */
        post: operations["upload_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/crawl": {
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
         * @description Pages of the same host, from this one on. `GET /api/v1/knowledge/jobs/{id}` says how far it has come.
         */
        post: operations["crawl_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how far a job has come */
        get: operations["knowledge_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Subscribe to events
         * @description A token hears of what it may read: of leads with `leads:read`, of conversations, messages, hand-offs and appointments with `conversations:read`, of everything with all that read. `X-Convo-Signature` is `t=<unix>,v1=<signature>`: the HMAC-SHA-256 of `<unix>.<body>` with the secret that this answer shows once, in hexadecimal.
         */
        post: operations["create_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List integrations
         * @description Every webhook of the workspace, in the order in which they were made.
         */
        get: operations["integrations"];
        put?: never;
        post?: never;
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
        /** @description An agent. */
        Agent: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What the staff calls it. */
            name: string;
            /** @description Whether it answers. */
            status: components["schemas"]["AgentStatus"];
            /** @description Who answers for it: `openai` (and whatever speaks like it), `anthropic`, `gemini`, or `built_in`. */
            modelProvider: string;
            /** @description The provider's name of the model; the provider's own name for its usual one. */
            modelName: string;
        };
        /** @description An agent with everything that it is told and set to. */
        AgentInFull: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What the staff calls it. */
            name: string;
            /** @description Whether it answers. */
            status: components["schemas"]["AgentStatus"];
            /** @description Who answers for it: `openai` (and whatever speaks like it), `anthropic`, `gemini`, or `built_in`. */
            modelProvider: string;
            /** @description The provider's name of the model; the provider's own name for its usual one. */
            modelName: string;
            /** @description What it is told about its work; empty if it is told nothing. */
            systemPrompt: string;
            /**
             * Format: double
             * @description How freely it answers.
             */
            temperature: number | null;
            /**
             * Format: uint32
             * @description Tokens of one answer.
             */
            maxTokens: number | null;
            /** @description The language it answers in; null for the customer's. */
            language: string | null;
        };
        /** @description Whether an agent answers. */
        AgentStatus: "DRAFT" | "PUBLISHED" | "PAUSED" | "ARCHIVED";
        /** @description What can be done. */
        BulkAction: "close" | "reopen" | "assign" | "tag" | "untag";
        /** @description What to do, and with which conversations. */
        BulkRequest: {
            /** @description Which conversations. */
            ids: string[];
            /** @description What to do. */
            action: components["schemas"]["BulkAction"];
            /**
             * Format: uuid
             * @description For `assign`: one of the staff.
             * @default null
             */
            operatorId?: string | null;
            /**
             * @description For `tag` and `untag`: the tags.
             * @default []
             */
            tagIds?: string[];
        };
        /** @description A lead that was changed. */
        ChangedLead: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description How far it has come: NEW, QUALIFIED, CONTACTED, WON, LOST. */
            status: components["schemas"]["LeadStatus"];
            /** @description What is known of them: `name`, `email`, `phone` and whatever else was given. */
            fields: {
                [key: string]: string;
            };
            /**
             * Format: uint8
             * @description How promising they are, 0 to 100.
             */
            score: number | null;
            /**
             * Format: uuid
             * @description The conversation that they have with the business.
             */
            conversationId: string | null;
            /** @description The id that another system gave them. */
            crmExternalId: string | null;
            /** @description When it was opened. */
            createdAt: string;
            /** @description When it came to its status. */
            updatedAt: string;
        };
        /** @description A channel. */
        Channel: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What kind of channel. */
            type: components["schemas"]["ChannelType"];
            /** @description What its people call it. */
            name: string;
            /**
             * Format: uuid
             * @description The agent that answers on it.
             */
            agentId: string | null;
            /** @description When it was first connected. */
            createdAt: string;
        };
        /** @description What kind of channel. */
        ChannelType: "WEBSITE" | "TELEGRAM" | "WHATSAPP" | "MESSENGER" | "VIBER" | "EMAIL" | "SLACK" | "DISCORD" | "SMS" | "VOICE";
        /** @description A conversation. */
        Conversation: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /**
             * Format: uuid
             * @description The agent that it began with; if there was none yet, the one that answers on its channel.
             */
            agentId: string | null;
            /**
             * Format: uuid
             * @description The channel it is had on.
             */
            channelId: string;
            /** @description Whether it goes on. */
            status: components["schemas"]["ConversationStatus"];
            /** @description When it began. */
            createdAt: string;
        };
        /** @description Whether a conversation goes on. */
        ConversationStatus: "OPEN" | "CLOSED";
        /** @description What became of them. */
        Counted: {
            /**
             * Format: uint64
             * @description How many were changed.
             */
            updated: number;
            /**
             * Format: uint64
             * @description How many were so already, could not be changed, or are not there.
             */
            skipped: number;
        };
        /** @description A site that is to be read. */
        Crawling: {
            /**
             * Format: uuid
             * @description Which job reads it.
             */
            id: string;
            /** @description Always CRAWL. */
            type: components["schemas"]["KnowledgeType"];
            /** @description Always PENDING. */
            status: components["schemas"]["KnowledgeStatus"];
            /** @description The first page. */
            url: string;
        };
        /** @description A webhook with its secret, which is shown this once. */
        CreatedWebhook: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What kind of integration. */
            type: components["schemas"]["IntegrationType"];
            /** @description Where events are posted. */
            url: string;
            /** @description The events that are told. */
            events: string[];
            /** @description The secret that signs; shown only now. Masked when the request is repeated. */
            signingSecret: string;
        };
        /** @description A failed request. */
        Error: {
            /**
             * Format: uint16
             * @description The status of the answer.
             */
            statusCode: number;
            /** @description The status in words. */
            error: string;
            /** @description What went wrong and what would help. */
            message: string;
            /** @description The stable code: branch on this. */
            code: string;
            /** @description The scope that the token lacks. */
            missingScope?: string | null;
            /** @description The member, parameter or header at fault. */
            field?: string | null;
            /** @description What would be taken instead. */
            allowed?: string[];
            /**
             * Format: uuid
             * @description Names this request in the server's log: share it with support.
             */
            requestId: string;
        };
        /** @description That a conversation waits for a person. */
        Handoff: {
            /** @description Why. */
            reason: string;
            /** @description Since when. */
            since: string;
        };
        /** @description An integration. */
        Integration: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What kind of integration. */
            type: components["schemas"]["IntegrationType"];
            /** @description Where events are posted; null if it cannot be opened any more. */
            url: string | null;
            /** @description The events that are told. */
            events: string[];
            /** @description How it is doing. */
            status: components["schemas"]["IntegrationStatus"];
            /** @description When it was made. */
            createdAt: string;
        };
        /** @description How an integration is doing. */
        IntegrationStatus: "CONNECTED" | "PAUSED" | "ERROR";
        /** @description What kind of integration. */
        IntegrationType: "WEBHOOK";
        /** @description A job that reads a file or a site. */
        KnowledgeJob: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description What is read. */
            type: components["schemas"]["KnowledgeType"];
            /** @description Where it stands. */
            status: components["schemas"]["KnowledgeStatus"];
            /** @description The first page of the site; missing for a file. */
            url?: string | null;
            /** @description What the file is called; missing for a site. */
            fileName?: string | null;
            /** @description Why it failed; null if it did not. */
            error: string | null;
            /**
             * Format: uint32
             * @description Pages, or parts of a file, that are known.
             */
            pagesFound: number;
            /**
             * Format: uint32
             * @description Those that are done.
             */
            pagesDone: number;
            /** @description When it was asked for. */
            createdAt: string;
            /** @description When it ended; null before. */
            finishedAt: string | null;
        };
        /** @description Where a job stands. */
        KnowledgeStatus: "PENDING" | "PROCESSING" | "READY" | "FAILED";
        /** @description What is read. */
        KnowledgeType: "UPLOAD" | "CRAWL";
        /** @description A lead. */
        Lead: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description How far it has come: NEW, QUALIFIED, CONTACTED, WON, LOST. */
            status: components["schemas"]["LeadStatus"];
            /** @description What is known of them: `name`, `email`, `phone` and whatever else was given. */
            fields: {
                [key: string]: string;
            };
            /**
             * Format: uint8
             * @description How promising they are, 0 to 100.
             */
            score: number | null;
            /**
             * Format: uuid
             * @description The conversation that they have with the business.
             */
            conversationId: string | null;
            /** @description The id that another system gave them. */
            crmExternalId: string | null;
            /** @description When it was opened. */
            createdAt: string;
        };
        /** @description How far a lead has come. */
        LeadStatus: "NEW" | "QUALIFIED" | "CONTACTED" | "WON" | "LOST";
        /** @description Something that was said. */
        Message: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /** @description Who said it. */
            role: components["schemas"]["Role"];
            /** @description What was said; of what has no text, its type in brackets; empty if it was erased. */
            content: string;
            /** @description When. */
            createdAt: string;
        };
        /** @description A site to be read. */
        NewCrawl: {
            /** @description The first page. */
            url: string;
            /**
             * Format: uint32
             * @description How many links from the first page a page may be away; 1 if not given.
             * @default 1
             */
            depth?: number;
        };
        /** @description A lead to be opened. */
        NewLead: {
            /** @description What is known of them: `name`, `email`, `phone` and any others in camelCase, each with a text. */
            fields: {
                [key: string]: string;
            };
            /**
             * @description Where they came from, in a word such as `external-form`; `api` if not given.
             * @default null
             */
            source?: string | null;
        };
        /** @description Where a lead is to come. */
        NewStatus: {
            /** @description The status. */
            status: components["schemas"]["LeadStatus"];
        };
        /** @description Where to, and what. */
        NewWebhook: {
            /** @description What kind of integration. */
            type: components["schemas"]["IntegrationType"];
            /** @description Where events are posted: an https address on the public internet. */
            url: string;
            /**
             * @description Names of events, such as `lead.created`, `lead.qualified`, `conversation.started`,
             *     `conversation.closed`, `message.received`, `handoff.triggered`, `appointment.booked`; all of a kind
             *     (`message.*`), or all (`*`).
             */
            events: string[];
        };
        /** @description A member of the staff. */
        Operator: {
            /**
             * Format: uuid
             * @description Who.
             */
            id: string;
            /** @description Their name. */
            name: string | null;
        };
        /** @description What to say. */
        OperatorMessage: {
            /** @description The text, exactly as it is to be read. */
            content: string;
        };
        /** @description Who said something. */
        Role: "USER" | "ASSISTANT";
        /** @description How a customer feels. */
        Sentiment: "POSITIVE" | "NEUTRAL" | "NEGATIVE";
        /** @description A conversation with everything that was said. */
        Transcript: {
            /**
             * Format: uuid
             * @description Which one.
             */
            id: string;
            /**
             * Format: uuid
             * @description The agent that it began with; if there was none yet, the one that answers on its channel.
             */
            agentId: string | null;
            /**
             * Format: uuid
             * @description The channel it is had on.
             */
            channelId: string;
            /** @description Whether it goes on. */
            status: components["schemas"]["ConversationStatus"];
            /** @description When it began. */
            createdAt: string;
            /** @description Everything that was said, the oldest first. */
            messages: components["schemas"]["Message"][];
            /**
             * @description How the customer feels by the words they chose, the last ones above all; null if they wrote
             *     nothing, or in a language of which nothing is known here.
             */
            sentiment: components["schemas"]["Sentiment"] | null;
            /** @description What it is about, in the words of the staff. */
            tags: string[];
            /** @description The member of the staff who has it. */
            assignedOperator: components["schemas"]["Operator"] | null;
            /** @description That it waits for a person: then an operator may write. */
            handoff: components["schemas"]["Handoff"] | null;
        };
        /** @description A file that was handed over. */
        Uploaded: {
            /**
             * Format: uuid
             * @description Which job reads it.
             */
            id: string;
            /** @description Always UPLOAD. */
            type: components["schemas"]["KnowledgeType"];
            /** @description Always PENDING. */
            status: components["schemas"]["KnowledgeStatus"];
            /** @description What the file is called. */
            fileName: string;
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
    leads: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /** @description How many items at most; 50 if not given. */
                limit?: number | null;
                /** @description Only those with this status. */
                status?: ("NEW" | "QUALIFIED" | "CONTACTED" | "WON" | "LOST") | null;
                /**
                 * @description How they are sorted; the newest first if not given.
                 * @example newest
                 */
                sort?: ("newest" | "score") | null;
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
                     * @example [
                     *       {
                     *         "id": "3caef87c-8e30-4e7b-9800-1fb2658999f8",
                     *         "status": "NEW",
                     *         "fields": {
                     *           "email": "anna@example.com",
                     *           "name": "Anna Nowak"
                     *         },
                     *         "score": null,
                     *         "conversationId": null,
                     *         "crmExternalId": null,
                     *         "createdAt": "2026-11-22T10:14:26.603Z"
                     *       },
                     *       {
                     *         "id": "531582be-6f36-4eef-8a9a-465b32d29821",
                     *         "status": "NEW",
                     *         "fields": {
                     *           "name": "Jordan Lee",
                     *           "phone": "14155559876"
                     *         },
                     *         "score": null,
                     *         "conversationId": "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3",
                     *         "crmExternalId": null,
                     *         "createdAt": "2026-11-22T10:14:20.919Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Lead"][];
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
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "fields": {
                 *         "name": "Anna Nowak",
                 *         "email": "anna@example.com"
                 *       },
                 *       "source": "external-form"
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
                     *       "id": "3caef87c-8e30-4e7b-9800-1fb2658999f8",
                     *       "status": "NEW",
                     *       "fields": {
                     *         "email": "anna@example.com",
                     *         "name": "Anna Nowak"
                     *       },
                     *       "score": null,
                     *       "conversationId": null,
                     *       "crmExternalId": null,
                     *       "createdAt": "2026-11-22T10:14:26.603Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Lead"];
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
                 * @example 3caef87c-8e30-4e7b-9800-1fb2658999f8
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
                "application/json": components["schemas"]["NewStatus"];
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
                     *       "id": "3caef87c-8e30-4e7b-9800-1fb2658999f8",
                     *       "status": "QUALIFIED",
                     *       "fields": {
                     *         "email": "anna@example.com",
                     *         "name": "Anna Nowak"
                     *       },
                     *       "score": null,
                     *       "conversationId": null,
                     *       "crmExternalId": null,
                     *       "createdAt": "2026-11-22T10:14:26.603Z",
                     *       "updatedAt": "2026-11-22T10:14:26.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedLead"];
                };
            };
        };
    };
    conversations: {
        parameters: {
            query?: {
                /** @description The `next_page` of the page before. */
                page?: string | null;
                /**
                 * @description How many items at most; 50 if not given.
                 * @example 50
                 */
                limit?: number | null;
                /** @description Only those of this agent. */
                agentId?: string | null;
                /** @description Only those on this channel. */
                channelId?: string | null;
                /**
                 * @description Only those with this status.
                 * @example OPEN
                 */
                status?: ("OPEN" | "CLOSED") | null;
                /** @description Only those with one of these tags, separated by commas. */
                tagIds?: string | null;
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
                     * @example [
                     *       {
                     *         "id": "1ecdbfac-c355-452c-84be-7d07d525ade4",
                     *         "agentId": "74b1e6ba-e353-4941-9561-3a264ce133bd",
                     *         "channelId": "9d465826-5fab-4c06-a996-58d4fab0cdfd",
                     *         "status": "OPEN",
                     *         "createdAt": "2026-11-22T15:16:08.652Z"
                     *       },
                     *       {
                     *         "id": "e33901bb-af4c-4c18-94b3-b09ea4c500de",
                     *         "agentId": "74b1e6ba-e353-4941-9561-3a264ce133bd",
                     *         "channelId": "9d465826-5fab-4c06-a996-58d4fab0cdfd",
                     *         "status": "OPEN",
                     *         "createdAt": "2026-11-22T15:16:08.638Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Conversation"][];
                };
            };
        };
    };
    conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example e33901bb-af4c-4c18-94b3-b09ea4c500de
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
                     *       "id": "e33901bb-af4c-4c18-94b3-b09ea4c500de",
                     *       "agentId": "74b1e6ba-e353-4941-9561-3a264ce133bd",
                     *       "channelId": "9d465826-5fab-4c06-a996-58d4fab0cdfd",
                     *       "status": "OPEN",
                     *       "createdAt": "2026-11-22T15:16:08.638Z",
                     *       "messages": [
                     *         {
                     *           "id": "69a06034-4a2c-80c4-8ce2-baa57686ee0a",
                     *           "role": "USER",
                     *           "content": "Hello, do you do whitening before a wedding? Mine is in five weeks 💍",
                     *           "createdAt": "2026-11-22T06:17:08.000Z"
                     *         },
                     *         {
                     *           "id": "2a9ea4e6-dddc-886e-a7e5-b613134878ab",
                     *           "role": "ASSISTANT",
                     *           "content": "Congratulations, Priya! Five weeks is enough. May we have a number to call you on?",
                     *           "createdAt": "2026-11-22T06:32:08.000Z"
                     *         }
                     *       ],
                     *       "sentiment": "POSITIVE",
                     *       "tags": [],
                     *       "assignedOperator": null,
                     *       "handoff": {
                     *         "reason": "requested",
                     *         "since": "2026-11-22T15:16:09.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Transcript"];
                };
            };
        };
    };
    operator_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example b31a42f7-5313-434d-87f7-28b6c958a277
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Hi! Happy to help. Which day suits you?"
                 *     }
                 */
                "application/json": components["schemas"]["OperatorMessage"];
            };
        };
        responses: {
            /** @description The message, queued. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "efd05149-0049-4b73-8d32-5ad2218ce4d2",
                     *       "role": "ASSISTANT",
                     *       "content": "Hi! Happy to help. Which day suits you?",
                     *       "createdAt": "2026-11-22T10:14:26.794Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Message"];
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
                 *         "c421ccf8-de7c-4dcd-b59e-b5ef7985d2a3"
                 *       ],
                 *       "action": "tag",
                 *       "tagIds": [
                 *         "vip"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            /** @description How many were changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "updated": 1,
                     *       "skipped": 0
                     *     }
                     */
                    "application/json": components["schemas"]["Counted"];
                };
            };
        };
    };
    agents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The agents. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "74b1e6ba-e353-4941-9561-3a264ce133bd",
                     *         "name": "Riverside Dental assistant",
                     *         "status": "PUBLISHED",
                     *         "modelProvider": "built_in",
                     *         "modelName": "built_in"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Agent"][];
                };
            };
        };
    };
    agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 74b1e6ba-e353-4941-9561-3a264ce133bd
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
                     *       "id": "74b1e6ba-e353-4941-9561-3a264ce133bd",
                     *       "name": "Riverside Dental assistant",
                     *       "status": "PUBLISHED",
                     *       "modelProvider": "built_in",
                     *       "modelName": "built_in",
                     *       "systemPrompt": "Answer from the documents, briefly and politely.",
                     *       "temperature": null,
                     *       "maxTokens": null,
                     *       "language": null
                     *     }
                     */
                    "application/json": components["schemas"]["AgentInFull"];
                };
            };
        };
    };
    channels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "ad0f98b7-3b6d-4af4-8258-a438c3f5873e",
                     *         "type": "WHATSAPP",
                     *         "name": "WhatsApp",
                     *         "agentId": "97ce412e-806a-48a6-bd73-c67dfe3d5687",
                     *         "createdAt": "2026-11-22T10:14:18.986Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Channel"][];
                };
            };
        };
    };
    upload_file: {
        parameters: {
            query?: never;
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
                 * @example # Parking
                 *
                 *     Two places behind the house are free for patients.
                 */
                "text/markdown": string;
                "text/plain": string;
            };
        };
        responses: {
            /** @description The job that reads it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "4a2d92e1-7098-4c2a-b4a2-bdd4fa4471ef",
                     *       "type": "UPLOAD",
                     *       "status": "PENDING",
                     *       "fileName": "parking.md"
                     *     }
                     */
                    "application/json": components["schemas"]["Uploaded"];
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
                 *       "depth": 1
                 *     }
                 */
                "application/json": components["schemas"]["NewCrawl"];
            };
        };
        responses: {
            /** @description The job that reads it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "c64507d3-f701-4d2a-b452-a8e0d4b7f6a7",
                     *       "type": "CRAWL",
                     *       "status": "PENDING",
                     *       "url": "https://docs.example"
                     *     }
                     */
                    "application/json": components["schemas"]["Crawling"];
                };
            };
        };
    };
    knowledge_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Which one.
                 * @example 4a2d92e1-7098-4c2a-b4a2-bdd4fa4471ef
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "4a2d92e1-7098-4c2a-b4a2-bdd4fa4471ef",
                     *       "type": "UPLOAD",
                     *       "status": "PENDING",
                     *       "fileName": "parking.md",
                     *       "error": null,
                     *       "pagesFound": 0,
                     *       "pagesDone": 0,
                     *       "createdAt": "2026-11-22T10:14:26.834Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["KnowledgeJob"];
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
                 *       "type": "WEBHOOK",
                 *       "url": "https://crm.example/hooks/convo",
                 *       "events": [
                 *         "lead.created",
                 *         "conversation.closed"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description The webhook and its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ddba22e9-301f-418c-ad16-8eb783d0f7f8",
                     *       "type": "WEBHOOK",
                     *       "url": "https://crm.example/hooks/convo",
                     *       "events": [
                     *         "lead.created",
                     *         "conversation.closed"
                     *       ],
                     *       "signingSecret": "wh_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
        };
    };
    integrations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The integrations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "ddba22e9-301f-418c-ad16-8eb783d0f7f8",
                     *         "type": "WEBHOOK",
                     *         "url": "https://crm.example/hooks/convo",
                     *         "events": [
                     *           "conversation.closed",
                     *           "lead.created"
                     *         ],
                     *         "status": "CONNECTED",
                     *         "createdAt": "2026-11-22T10:14:26.900Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Integration"][];
                };
            };
        };
    };
}

/** The codes of refusals. */
export type Code =
  | "address_refused"
  | "already_exists"
  | "body_too_large"
  | "contended"
  | "erased"
  | "idempotency_key_reused"
  | "insufficient_scope"
  | "internal"
  | "invalid_credentials"
  | "invalid_field"
  | "invalid_page"
  | "log_unavailable"
  | "malformed_body"
  | "missing_credentials"
  | "no_space"
  | "not_allowed_now"
  | "not_caught_up"
  | "not_found"
  | "opted_out"
  | "plan_limit_reached"
  | "rate_limited"
  | "role_forbids"
  | "timeout"
  | "unknown_field"
  | "unknown_parameter"
  | "unsupported_media_type"
  | "window_closed";

import Records

/// One path of the door with its operations.
struct OpenAPIPath {
    struct Operation {
        let method: String
        let id: String
        let summary: String
        /// Media type and schema of the body; a schema that is not in the document is nil.
        var body: [(type: String, schema: String?)] = []
        var parameters: [(name: String, place: String, description: String)] = []
        /// Status, meaning and media type; the type is empty for an answer whose body nobody reads.
        let answers: [(status: Int, meaning: String, type: String)]
        /// Of what a good answer holds, when it is in the document.
        var schema: String?
        var needsToken = false
        var isBodyOptional = false
    }

    let path: String
    let operations: [Operation]

    func write(to writer: inout JSONWriter) {
        writer.object(path) { writer in
            for operation in operations { writer.object(operation.method) { operation.write(to: &$0) } }
        }
    }
}

extension OpenAPIPath.Operation {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("operationId", id)
        writer.member("summary", summary)
        if needsToken {
            writer.array("security") { writer in
                writer.object { $0.array("token") { _ in } }
            }
        }
        if !parameters.isEmpty {
            writer.array("parameters") { writer in
                for parameter in parameters {
                    writer.object { writer in
                        writer.member("name", parameter.name)
                        writer.member("in", parameter.place)
                        writer.member("description", parameter.description)
                        if parameter.place == "path" {
                            writer.name("required")
                            writer.boolean(true)
                        }
                        writer.object("schema") { $0.member("type", "string") }
                    }
                }
            }
        }
        if !body.isEmpty {
            writer.object("requestBody") { writer in
                writer.name("required")
                writer.boolean(!isBodyOptional)
                writer.object("content") { writer in
                    for (type, schema) in body {
                        writer.object(type) { writer in
                            guard let schema else { return }
                            writer.object("schema") { $0.member("$ref", "#/components/schemas/\(schema)") }
                        }
                    }
                }
            }
        }
        writer.object("responses") { writer in
            for answer in answers {
                writer.object(String(answer.status)) { writer in
                    writer.member("description", answer.meaning)
                    if answer.type.isEmpty { return }
                    writer.object("content") { writer in
                        writer.object(answer.type) { writer in
                            let schema = answer.type == "application/problem+json" ? "Problem" : self.schema
                            guard let schema else { return }
                            writer.object("schema") { $0.member("$ref", "#/components/schemas/\(schema)") }
                        }
                    }
                }
            }
        }
    }
}

extension OpenAPIDocument {
    static let data = "application/json"
    static let problem = "application/problem+json"

    static let paths: [OpenAPIPath] = [
        OpenAPIPath(
            path: "/v1/commands",
            operations: [
                .init(
                    method: "get",
                    id: "listCommands",
                    summary: "Every command with its words, roles and the JSON Schema of its data.",
                    answers: [(200, "The catalogue.", data)]
                ),
                .init(
                    method: "post",
                    id: "sendCommand",
                    summary: "Sends one command, or one a line: then a verdict a line comes back, in order.",
                    body: [(data, "Command"), ("application/x-ndjson", nil)],
                    parameters: [
                        (
                            "Prefer", "header",
                            "wait=N: answer when the boards include the write, after N seconds at most."
                        ),
                        ("Accept-Language", "header", "zh or en, for what people read."),
                    ],
                    answers: [
                        (
                            200,
                            "The same id again: its first answer; or nothing was left to do; or the verdicts of a batch.",
                            data
                        ),
                        (201, "Appended.", data),
                        (400, "Not as described; `errors` point at the members.", problem),
                        (401, "No token, or one that is expired or not ours.", problem),
                        (403, "This actor may not do this here.", problem),
                        (404, "What the command is about is not there, or the log is not.", problem),
                        (409, "Others kept changing it first.", problem),
                        (413, "Too large.", problem),
                        (415, "Another content type.", problem),
                        (422, "A rule says no: `rule`, `reason`, `advice`.", problem),
                        (429, "Too many from this address; see Retry-After.", problem),
                        (
                            503, "Too much waits, or the log cannot be reached; send the same id after Retry-After.",
                            problem
                        ),
                    ],
                    needsToken: true
                ),
            ]
        ),
        OpenAPIPath(
            path: "/v1/boards",
            operations: [
                .init(
                    method: "get",
                    id: "listBoards",
                    summary: "The names of the boards.",
                    answers: [(200, "The names.", data)]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/boards/{board}",
            operations: [
                .init(
                    method: "get",
                    id: "readBoard",
                    summary: "A whole board at one position: now, or as it was.",
                    parameters: [
                        ("board", "path", "operations or whistles"),
                        (
                            "asKnownAt", "query",
                            "As it was known at this time: what the log held then. RFC 3339, or the town's time without a zone."
                        ),
                        (
                            "asTrueAt", "query",
                            "As it was true at this time: what had happened by then, whenever it became known. With asKnownAt: of that, what was known then."
                        ),
                        ("position", "query", "As it was when this event had come; not together with asKnownAt."),
                    ],
                    answers: [
                        (200, "The board; `past` says which one when it is not that of now.", data),
                        (400, "A time that is none, or yet to come; or parameters that exclude each other.", problem),
                        (404, "There is no such board or position, or nothing had happened by then.", problem),
                        (410, "That part of the log is archived.", problem),
                        (503, "The boards are being built, or too many look into the past.", problem),
                    ]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/boards/{board}/parked",
            operations: [
                .init(
                    method: "get",
                    id: "listParkedEvents",
                    summary: "The events that could not be read and are missing on a board, with what is wrong.",
                    parameters: [("board", "path", "operations or whistles")],
                    answers: [
                        (200, "How many there are, and the first of them.", data),
                        (404, "There is no such board.", problem), (503, "The boards are being built.", problem),
                    ]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/boards/{board}/events",
            operations: [
                .init(
                    method: "get",
                    id: "followBoard",
                    summary: "What changes on a board, as server-sent events `change` and `reset`; ids are positions.",
                    parameters: [
                        ("board", "path", "operations or whistles"),
                        (
                            "Last-Event-ID", "header",
                            "Go on after this position; without it the stream begins with a reset."
                        ),
                    ],
                    answers: [(200, "The stream.", "text/event-stream"), (503, "Too many watch.", problem)]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/matters/{matter}",
            operations: [
                .init(
                    method: "get",
                    id: "readMatter",
                    summary: "One matter with its events, clocks and filings.",
                    parameters: [("matter", "path", "The matter's id.")],
                    answers: [
                        (200, "The matter.", data), (404, "There is no such matter.", problem),
                        (410, "A part of the log that holds events of it is archived.", problem),
                    ]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/tasks/lease",
            operations: [
                .init(
                    method: "post",
                    id: "leaseTasks",
                    summary: "Says what was done and takes what is next, for the party of the token.",
                    body: [(data, "LeaseRequest")],
                    answers: [
                        (200, "Tasks, each with the token of its lease.", data), (400, "Not as described.", problem),
                        (401, "No token.", problem), (503, "The queue cannot be reached.", problem),
                    ],
                    schema: "LeaseAnswer",
                    needsToken: true
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/tasks/deliveries",
            operations: [
                .init(
                    method: "get",
                    id: "listDeliveries",
                    summary:
                        "The last webhooks to the party of the token, the newest first: what was answered, and whether the party is asked for now.",
                    parameters: [
                        ("party", "query", "For command and administrators: only those to this party."),
                        ("failed", "query", "true: only those that did not arrive."),
                        ("limit", "query", "At most so many, 1 to 1,000; 100 without it."),
                    ],
                    answers: [
                        (200, "Deliveries, and the circuits that are open.", data),
                        (400, "A limit that is none.", problem), (401, "No token.", problem),
                        (403, "Another party's, or a post that is not held any more.", problem),
                        (503, "The queue cannot be reached, or the posts are not known yet.", problem),
                    ],
                    schema: "Deliveries",
                    needsToken: true
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/logs/{log}/checkpoint",
            operations: [
                .init(
                    method: "get",
                    id: "readCheckpoint",
                    summary: "The newest signed checkpoint of the log's tree, as C2SP tlog-checkpoint.",
                    parameters: [("log", "path", "The log's name.")],
                    answers: [
                        (200, "The signed note.", "text/plain"), (404, "There is no such log.", problem),
                        (503, "Nothing is sealed yet.", problem),
                    ]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/logs/{log}/keys",
            operations: [
                .init(
                    method: "get",
                    id: "readCheckpointKeys",
                    summary:
                        "The verifier keys that have signed checkpoints, one a line. Compare them with what you know.",
                    parameters: [("log", "path", "The log's name.")],
                    answers: [(200, "The keys.", "text/plain"), (404, "There is no such log.", problem)]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/logs/{log}/tile/{level}/{tile}",
            operations: [
                .init(
                    method: "get",
                    id: "readTile",
                    summary:
                        "Hashes of the log's tree, or with `entries` as the level its entries, as C2SP tlog-tiles.",
                    parameters: [
                        ("log", "path", "The log's name."),
                        ("level", "path", "0 to 7, or entries; these take a token where boards do."),
                        (
                            "tile", "path",
                            "The tile's number in groups of three digits, as x001/067, with .p/ and a width if it is partial."
                        ),
                    ],
                    answers: [
                        (200, "The tile, or the bundle of entries.", "application/octet-stream"),
                        (401, "No token.", problem), (404, "The tree has no such tile.", problem),
                    ]
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/receipts/{command}",
            operations: [
                .init(
                    method: "get",
                    id: "readReceipt",
                    summary: "The proof that a command's events are in the log, to be kept.",
                    parameters: [("command", "path", "The command's id.")],
                    answers: [
                        (200, "The receipt.", data), (401, "No token.", problem),
                        (404, "The log does not know the command.", problem),
                        (503, "It is not sealed yet; ask again after Retry-After.", problem),
                    ],
                    schema: "Receipt"
                )
            ]
        ),
        OpenAPIPath(
            path: "/healthz",
            operations: [
                .init(
                    method: "get",
                    id: "health",
                    summary: "The process answers.",
                    answers: [(200, "It does.", "text/plain")]
                )
            ]
        ),
        OpenAPIPath(
            path: "/readyz",
            operations: [
                .init(
                    method: "get",
                    id: "readiness",
                    summary: "Whether the process can serve, and why not.",
                    answers: [(200, "It can.", data), (503, "It cannot; the checks say why.", data)]
                )
            ]
        ),
        OpenAPIPath(
            path: "/metrics",
            operations: [
                .init(
                    method: "get",
                    id: "metrics",
                    summary: "Figures for Prometheus.",
                    answers: [(200, "The figures.", "text/plain")]
                )
            ]
        ),
    ]
}

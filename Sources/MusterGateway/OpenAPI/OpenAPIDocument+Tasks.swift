import MusterDomain
import Records

/// What the systems of parties read: the tasks that they take, and those that are sent to them.
extension OpenAPIDocument {
    /// What is sent to a party whose channel is a webhook.
    static let webhooks: [OpenAPIPath] = [
        OpenAPIPath(
            path: "task",
            operations: [
                .init(
                    method: "post",
                    id: "receiveTask",
                    summary: "A task for the party, signed as Standard Webhooks describe.",
                    body: [(data, "TaskMessage")],
                    parameters: [
                        ("webhook-id", "header", "The same at each attempt: pass over what came before."),
                        ("webhook-timestamp", "header", "When it was sent, in seconds since 1970."),
                        ("webhook-signature", "header", "v1, and the signature; one for each secret in use."),
                    ],
                    answers: [
                        (204, "Taken. Every status of the two hundreds says so.", ""),
                        (410, "The task is given up. After any other answer it is sent again.", ""),
                    ]
                )
            ]
        )
    ]

    /// What `POST /v1/tasks/lease` answers.
    static func leaseAnswer(_ writer: inout JSONWriter) {
        object(
            of: [],
            and: [
                ("tasks", { list(of: leasedTask, and: [("payload", payload)], to: &$0) }),
                (
                    "refused",
                    { writer in
                        writer.member("description", "Said too late: others do these again, or they have ended.")
                        list(of: grant, to: &writer)
                    }
                ),
            ],
            to: &writer
        )
    }

    private static func list(of members: [Member], and large: [LargeMember] = [], to writer: inout JSONWriter) {
        writer.member("type", "array")
        writer.object("items") { object(of: members, and: large, to: &$0) }
    }

    private static let grant: [Member] = [
        ("id", "integer", "The task's number."), ("token", "integer", "Of the lease: say it with the number."),
    ]

    private static let leasedTask: [Member] =
        grant + [
            ("key", "string", "The same when the task comes again."), ("kind", "string", "What is asked."),
            ("priority", "integer", "Higher comes first."), ("attempt", "integer", "1 for the first."),
            ("enqueuedAt", "string", "Since when it waits."),
            ("leasedUntil", "string", "Handed out again after this, if nothing is said before."),
        ]

    /// The body of a webhook.
    static func taskMessage(_ writer: inout JSONWriter) {
        let members: [Member] = [
            ("type", "string", "The task's kind: what is asked."), ("timestamp", "string", "Since when it waits."),
            ("log", "string", "The log's name."), ("party", "string", "The party."),
        ]
        object(of: members, and: [("data", payload)], to: &writer)
    }

    private static func payload(_ writer: inout JSONWriter) {
        writer.member("$ref", "#/components/schemas/TaskPayload")
    }

    /// What a task holds.
    static func taskPayload(_ writer: inout JSONWriter) {
        writer.member(
            "description",
            """
            The member that is there names what the task is about: matter, directive, incident, measure, inquiry, notice, \
            report, directReport, request or household. A task that somebody scheduled or edited holds whatever they gave it.
            """
        )
        writer.array("anyOf") { writer in
            for sort in TaskContent.sorts {
                writer.object { $0.member("$ref", "#/components/schemas/\(sort.name)") }
            }
            writer.object { $0.member("description", "Whatever it was given.") }
        }
    }
}

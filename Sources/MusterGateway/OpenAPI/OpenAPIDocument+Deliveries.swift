import Records

extension OpenAPIDocument {
    /// What `GET /v1/tasks/deliveries` answers.
    static func deliveries(_ writer: inout JSONWriter) {
        writer.member("type", "object")
        writer.object("properties") { writer in
            list(
                "deliveries",
                "The newest first.",
                [
                    ("agency", "string", "The party."), ("task", "integer", "The task's number."),
                    ("message", "string", "The header webhook-id; the same at each attempt."),
                    ("attempt", "integer", "1 for the first; the same again after one that did not count."),
                    ("startedAt", "string", "When it was sent."), ("seconds", "number", "How long it took."),
                    ("status", "integer or null", "Of the answer; null when there was none."),
                    ("answerBytes", "integer", "How much of the answer was read."),
                    (
                        "outcome", "string",
                        "delivered; failed: tried again; returned: tried again when the party is asked again, and the attempt does not count; buried: a dead letter; unrecorded: sent again."
                    ),
                    ("note", "string or null", "What went wrong, or was odd."),
                ],
                to: &writer
            )
            list(
                "circuits",
                "The parties that are not asked for now.",
                [
                    ("agency", "string", "The party."), ("openSince", "string", "Since when."),
                    ("probeAt", "string", "When one task is tried."),
                    ("error", "string or null", "What the last attempt brought."),
                ],
                to: &writer
            )
        }
        writer.array("required") { writer in
            for name in ["deliveries", "circuits"] { writer.string(name) }
        }
    }

    private static func list(
        _ name: String,
        _ description: String,
        _ members: [Member],
        to writer: inout JSONWriter
    ) {
        writer.object(name) { writer in
            writer.member("type", "array")
            writer.member("description", description)
            writer.object("items") { object(of: members, to: &$0) }
        }
    }

    /// A member that is always there; its type is JSON's word, or two with `or` between them.
    typealias Member = (name: String, type: String, description: String)

    /// A member that is always there, and its schema.
    typealias LargeMember = (name: String, write: (inout JSONWriter) -> Void)

    /// The keywords of an object.
    static func object(of members: [Member], and large: [LargeMember] = [], to writer: inout JSONWriter) {
        writer.member("type", "object")
        writer.object("properties") { writer in
            for member in members {
                writer.object(member.name) { writer in
                    let types = member.type.split(separator: " or ")
                    if types.count == 1 {
                        writer.member("type", member.type)
                    } else {
                        writer.array("type") { writer in
                            for type in types { writer.string(type) }
                        }
                    }
                    writer.member("description", member.description)
                }
            }
            for member in large { writer.object(member.name, member.write) }
        }
        writer.array("required") { writer in
            for name in members.map(\.name) + large.map(\.name) { writer.string(name) }
        }
    }
}

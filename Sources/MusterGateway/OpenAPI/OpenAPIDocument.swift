import Evidence
import MusterDomain
import Records
import TaskQueue

/// The description of the HTTP door ([OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html)), written from the same
/// descriptions that decode commands.
package enum OpenAPIDocument {
    /// Compact JSON; member order is fixed.
    package static func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 65_536)
        writer.object { writer in
            writer.member("openapi", "3.1.0")
            writer.object("info") { writer in
                writer.member("title", "Muster")
                writer.member("version", "1")
                writer.member("summary", "Commands in, boards out, for one log.")
            }
            writer.object("paths") { writer in
                for path in paths + queuePaths { path.write(to: &writer) }
            }
            writer.object("webhooks") { writer in
                for path in webhooks { path.write(to: &writer) }
            }
            writer.object("components", components)
        }
        return writer.bytes
    }

    private static func components(_ writer: inout JSONWriter) {
        writer.object("securitySchemes") { writer in
            writer.object("token") { writer in
                writer.member("type", "http")
                writer.member("scheme", "bearer")
                writer.member("bearerFormat", "JWT")
            }
        }
        writer.object("schemas") { writer in
            for entry in CommandCatalogue.all {
                writer.name(entry.name)
                write(entry, to: &writer)
            }
            writer.object("Command") { writer in
                writer.array("oneOf") { writer in
                    for entry in CommandCatalogue.all {
                        writer.object { $0.member("$ref", "#/components/schemas/\(entry.name)") }
                    }
                }
            }
            writer.name("LeaseRequest")
            Schema.record(LeaseRequest.record.fields).writeJSONSchema(to: &writer)
            writer.object("LeaseAnswer", leaseAnswer)
            for sort in TaskContent.sorts {
                writer.name(sort.name)
                Schema.record(sort.fields).writeJSONSchema(to: &writer)
            }
            writer.object("TaskPayload", taskPayload)
            writer.object("TaskMessage", taskMessage)
            writer.name("LimitRequest")
            Schema.record(LimitRequest.record.fields).writeJSONSchema(to: &writer)
            writer.object("Deliveries", deliveries)
            writer.name("Receipt")
            Schema.record(Receipt.record.fields).writeJSONSchema(to: &writer)
            writer.object("Problem", problem)
        }
    }

    /// A command with everything around its data.
    private static func write(_ entry: CommandEntry, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", "object")
            writer.member("title", entry.words.en)
            writer.member("x-title-zh", entry.words.zh)
            writer.array("x-roles") { writer in
                for role in entry.roles { writer.string(role.rawValue) }
            }
            writer.object("properties") { writer in
                for field in CommandHead.record.fields {
                    writer.object(field.name) { writer in
                        writer.member("title", field.words.en)
                        writer.member("x-title-zh", field.words.zh)
                        switch field.name {
                        case "command": writer.member("const", entry.name)
                        case "data": Schema.record(entry.fields).writeKeywords(to: &writer)
                        default: field.schema.writeKeywords(to: &writer)
                        }
                    }
                }
            }
            writer.array("required") { writer in
                for field in CommandHead.record.fields where field.isRequired { writer.string(field.name) }
            }
            writer.name("additionalProperties")
            writer.boolean(false)
        }
    }

    private static func problem(_ writer: inout JSONWriter) {
        writer.member("type", "object")
        writer.member("description", "RFC 9457 problem details, in the language that was asked for.")
        writer.object("properties") { writer in
            for name in ["type", "title", "detail", "code", "rule", "reason", "advice", "requestId"] {
                writer.object(name) { $0.member("type", "string") }
            }
            for name in ["status", "retryAfterSeconds"] { writer.object(name) { $0.member("type", "integer") } }
            writer.object("errors") { writer in
                writer.member("type", "array")
                writer.object("items") { writer in
                    writer.member("type", "object")
                    writer.object("properties") { writer in
                        for name in ["pointer", "code", "detail"] {
                            writer.object(name) { $0.member("type", "string") }
                        }
                    }
                }
            }
        }
        writer.array("required") { writer in
            for name in ["type", "title", "status", "code", "requestId"] { writer.string(name) }
        }
    }
}

extension JSONWriter {
    mutating func object(_ members: (inout JSONWriter) -> Void) {
        beginObject()
        members(&self)
        endObject()
    }

    mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
        self.name(name)
        object(members)
    }

    mutating func array(_ name: String, _ elements: (inout JSONWriter) -> Void) {
        self.name(name)
        beginArray()
        elements(&self)
        endArray()
    }
}

import EventSourcing

/// What an attribute says.
enum ExportValue: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    /// A number with a point or an exponent, as JSON writes it.
    case number(String)
    case boolean(Bool)
    case time(Timestamp)
    /// A list or an object, as JSON text.
    case json(String)

    /// How it is written where everything is text.
    var text: String {
        switch self {
        case .text(let text), .number(let text), .json(let text): text
        case .integer(let value): String(value)
        case .boolean(let value): value ? "true" : "false"
        case .time(let time): time.exported
        }
    }
}

/// The kind of an attribute's values.
enum ExportKind: String, Hashable, Sendable {
    // The raw values are OCEL's words.
    case text = "string"
    case integer
    case number = "float"
    case boolean
    case time

    init(_ value: ExportValue) {
        self =
            switch value {
            case .text, .json: .text
            case .integer: .integer
            case .number: .number
            case .boolean: .boolean
            case .time: .time
            }
    }

    /// What values of both kinds are.
    func merged(with other: ExportKind) -> ExportKind {
        if self == other { return self }
        let numbers: Set<ExportKind> = [.integer, .number]
        return numbers.contains(self) && numbers.contains(other) ? .number : .text
    }
}

struct ExportAttribute: Hashable, Sendable {
    let name: String
    let value: ExportValue
    /// Whether it is the name of something that events share, which object-centric logs say by a relation.
    var isReference = false
}

/// One thing that has something to do with an event.
struct ExportReference: Hashable, Sendable {
    let type: String
    let id: String
    /// What it is to the event.
    let qualifier: String

    /// Its name among all things.
    var object: String { "\(type):\(id)" }
}

extension Timestamp {
    /// RFC 3339 in UTC, always with six digits of a second: readers that guess the form from the first time guess right.
    var exported: String {
        let text = rfc3339
        return text.utf8.count == 20 ? "\(text.dropLast()).000000Z" : text
    }
}

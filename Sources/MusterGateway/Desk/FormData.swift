import MusterDomain
import Records

/// Turns a form's fields into the JSON that the command's description reads, and nothing else: what is missing or wrong is
/// found by the description, so that a page and a program get the same words.
enum FormData {
    static func json(of fields: [FieldDescription], from form: FormFields) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for field in fields {
            let values = form.values(field.name).map(trimmed).filter { !$0.isEmpty }
            if case .list(let element, _, _) = field.schema {
                let entries = values.flatMap {
                    $0.split(whereSeparator: { $0.isNewline || $0 == "," }).map { trimmed(String($0)) }
                }
                guard !entries.isEmpty else { continue }
                writer.name(field.name)
                writer.beginArray()
                for entry in entries { write(entry, as: element, to: &writer) }
                writer.endArray()
            } else if let value = values.first {
                writer.name(field.name)
                write(value, as: field.schema, to: &writer)
            }
        }
        writer.endObject()
        return writer.bytes
    }

    /// What has not the form of a number or truth is written as text: its description then says what it must be.
    private static func write(_ value: String, as schema: Schema, to writer: inout JSONWriter) {
        switch schema {
        case .boolean where value == "true" || value == "false": writer.boolean(value == "true")
        case .integer: if let number = Int(value) { writer.integer(number) } else { writer.string(value) }
        case .number:
            if let number = Double(value), number.isFinite { writer.number(number) } else { writer.string(value) }
        case .boolean, .text, .formatted, .choice, .list, .record: writer.string(value)
        }
    }

    /// Without white space at both ends; line ends as the log keeps them.
    private static func trimmed(_ text: String) -> String {
        var rest = text.replacing("\r\n", with: "\n")[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

import MusterDomain
import Records

/// Turns a form's fields into the JSON that the command's description reads, and nothing else: what is missing or wrong is
/// found by the description, so that a page and a program get the same words.
enum FormData {
    static func json(of fields: [FieldDescription], from form: FormFields) -> [UInt8] {
        var writer = JSONWriter()
        write(fields, under: "", of: form, to: &writer)
        return writer.bytes
    }

    /// The same form with those rows alone that hold something, numbered anew, so that an error's number is its row's.
    static func withoutEmptyRows(_ form: FormFields, of fields: [FieldDescription]) -> FormFields {
        var filled = FormFields()
        for (name, value) in entries(of: fields, in: form, under: "", as: "") { filled.add(name, value) }
        return filled
    }

    private static func entries(
        of fields: [FieldDescription],
        in form: FormFields,
        under old: String,
        as new: String
    ) -> [(name: String, value: String)] {
        fields.flatMap { field -> [(name: String, value: String)] in
            switch field.schema {
            case .record(let members):
                return entries(of: members, in: form, under: "\(old)\(field.name).", as: "\(new)\(field.name).")
            case .list(of: .record(let members), _, _):
                var rows = 0
                return (0..<form.rows(old + field.name)).flatMap { row -> [(name: String, value: String)] in
                    let entries = entries(
                        of: members,
                        in: form,
                        under: "\(old)\(field.name).\(row).",
                        as: "\(new)\(field.name).\(rows)."
                    )
                    guard entries.contains(where: { !trimmed($0.value).isEmpty }) else { return [] }
                    rows += 1
                    return entries
                }
            case .boolean, .integer, .number, .text, .formatted, .choice, .list:
                return form.values(old + field.name).map { (new + field.name, $0) }
            }
        }
    }

    private static func write(
        _ fields: [FieldDescription],
        under prefix: String,
        of form: FormFields,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        for field in fields {
            let name = prefix + field.name
            let values = form.values(name).map(trimmed).filter { !$0.isEmpty }
            switch field.schema {
            case .record(let members):
                let holdsNothing = entries(of: members, in: form, under: "\(name).", as: "").allSatisfy {
                    trimmed($0.value).isEmpty
                }
                guard !holdsNothing else { continue }
                writer.name(field.name)
                write(members, under: "\(name).", of: form, to: &writer)
            case .list(of: .record(let members), _, _):
                guard form.rows(name) > 0 else { continue }
                writer.name(field.name)
                writer.beginArray()
                for row in 0..<form.rows(name) { write(members, under: "\(name).\(row).", of: form, to: &writer) }
                writer.endArray()
            case .list(let element, _, _):
                let entries = values.flatMap {
                    $0.split(whereSeparator: { $0.isNewline || $0 == "," }).map { trimmed(String($0)) }
                }
                guard !entries.isEmpty else { continue }
                writer.name(field.name)
                writer.beginArray()
                for entry in entries { write(entry, as: element, to: &writer) }
                writer.endArray()
            case .boolean, .integer, .number, .text, .formatted, .choice:
                guard let value = values.first else { continue }
                writer.name(field.name)
                write(value, as: field.schema, to: &writer)
            }
        }
        writer.endObject()
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

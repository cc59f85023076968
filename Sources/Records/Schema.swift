/// The shape of a value, as forms, command-line help and JSON Schema need it.
@usableFromInline
package indirect enum Schema: Hashable, Sendable {
    case boolean
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case text(maximum: Int, isMultiline: Bool)
    /// A text of a fixed form: `format` is JSON Schema's word for it where there is one, `pattern` a regular expression
    /// (ECMA 262), `hint` what to tell people, as `2026-11-21T18:42:07+08:00`.
    case formatted(format: String?, pattern: String?, maximum: Int, hint: String)
    case choice([Option])
    case list(of: Schema, count: ClosedRange<Int>, isSet: Bool)
    case record([FieldDescription])

    /// One word of a choice.
    @usableFromInline
    package struct Option: Hashable, Sendable {
        package let value: String
        package let words: Words

        package init(value: String, words: Words) {
            self.value = value
            self.words = words
        }
    }
}

/// A member of a record as others see it.
@usableFromInline
package struct FieldDescription: Hashable, Sendable {
    package let name: String
    package let words: Words
    package let help: Words?
    package let schema: Schema
    package let isRequired: Bool
    /// As what it reads where it is missing, as JSON; nil where that is nothing.
    package let missing: [UInt8]?
    /// Whether it says something of a person, who may ask for its erasure.
    package let isPersonal: Bool
}

extension Schema {
    /// Writes this shape as JSON Schema 2020-12, member order fixed. Titles are English, `x-title-zh` Chinese.
    package func writeJSONSchema(to writer: inout JSONWriter) {
        writer.beginObject()
        writeKeywords(to: &writer)
        writer.endObject()
    }

    /// The keywords alone, for a caller that adds more to the same object.
    package func writeKeywords(to writer: inout JSONWriter) {
        switch self {
        case .boolean:
            writer.member("type", "boolean")
        case .integer(let range):
            writer.member("type", "integer")
            writer.name("minimum")
            writer.integer(range.lowerBound)
            writer.name("maximum")
            writer.integer(range.upperBound)
        case .number(let range):
            writer.member("type", "number")
            writer.name("minimum")
            writer.number(range.lowerBound)
            writer.name("maximum")
            writer.number(range.upperBound)
        case .text(let maximum, let isMultiline):
            writer.member("type", "string")
            writer.name("minLength")
            writer.integer(1)
            writer.name("maxLength")
            writer.integer(maximum)
            if isMultiline {
                writer.name("x-multiline")
                writer.boolean(true)
            }
        case .formatted(let format, let pattern, let maximum, let hint):
            writer.member("type", "string")
            if let format { writer.member("format", format) }
            if let pattern { writer.member("pattern", pattern) }
            writer.name("maxLength")
            writer.integer(maximum)
            writer.name("examples")
            writer.beginArray()
            writer.string(hint)
            writer.endArray()
        case .choice(let options):
            writer.member("type", "string")
            writer.name("enum")
            writer.beginArray()
            for option in options { writer.string(option.value) }
            writer.endArray()
        case .list(let element, let count, let isSet):
            writer.member("type", "array")
            writer.name("items")
            element.writeJSONSchema(to: &writer)
            writer.name("minItems")
            writer.integer(count.lowerBound)
            writer.name("maxItems")
            writer.integer(count.upperBound)
            if isSet {
                writer.name("uniqueItems")
                writer.boolean(true)
            }
        case .record(let fields):
            writer.member("type", "object")
            writer.name("properties")
            writer.beginObject()
            for field in fields {
                writer.name(field.name)
                writer.beginObject()
                writer.member("title", field.words.en)
                writer.member("x-title-zh", field.words.zh)
                if let help = field.help {
                    writer.member("description", help.en)
                    writer.member("x-description-zh", help.zh)
                }
                field.schema.writeKeywords(to: &writer)
                if field.isPersonal {
                    writer.name("x-personal")
                    writer.boolean(true)
                }
                writer.endObject()
            }
            writer.endObject()
            writer.name("required")
            writer.beginArray()
            for field in fields where field.isRequired { writer.string(field.name) }
            writer.endArray()
            writer.name("additionalProperties")
            writer.boolean(false)
        }
    }
}

extension JSONWriter {
    /// A member whose value is a text.
    package mutating func member(_ name: String, _ value: String) {
        self.name(name)
        string(value)
    }
}

import EventSourcing
import Records

extension JSONWriter {
    /// A member that holds text, or null where there is none: what is missing is never written as something else.
    mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        if let text { string(text) } else { null() }
    }

    /// A member that holds a time, or null.
    mutating func member(_ name: String, _ time: Timestamp?) {
        member(name, time?.rfc3339)
    }

    /// A member that holds a whole number, or null.
    mutating func member(_ name: String, _ number: Int64?) {
        self.name(name)
        if let number { integer(number) } else { null() }
    }

    mutating func member(_ name: String, _ number: Int) {
        self.name(name)
        integer(number)
    }

    mutating func member(_ name: String, _ truth: Bool) {
        self.name(name)
        boolean(truth)
    }

    /// A member that holds a text in every language, or null.
    mutating func member(_ name: String, _ words: Words?) {
        self.name(name)
        guard let words else { return null() }
        beginObject()
        for language in Language.allCases {
            self.name(language.rawValue)
            string(words[language])
        }
        endObject()
    }

    /// A member that holds an object; `members` writes what is in it.
    mutating func object(_ name: String, _ members: (inout JSONWriter) -> Void) {
        self.name(name)
        beginObject()
        members(&self)
        endObject()
    }

    /// A member that holds a list; `element` writes one value each.
    mutating func list<Element>(
        _ name: String,
        _ elements: some Sequence<Element>,
        _ element: (Element, inout JSONWriter) -> Void
    ) {
        self.name(name)
        beginArray()
        for value in elements { element(value, &self) }
        endArray()
    }
}

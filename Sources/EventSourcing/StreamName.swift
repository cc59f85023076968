/// The name of a stream, one aggregate's events: a category and an id, written `matter-3f2a…`.
///
/// The category ends at the first hyphen, so it holds none. The whole name is at most `maximumLength` bytes. Names are equal
/// when their bytes are, as in the database: `é` written as one character or as two makes two streams.
package struct StreamName: Hashable, Sendable {
    package static let maximumLength = 200

    private let name: ExactText

    package var rawValue: String { name.text }

    package init(category: StaticString, id: some StringProtocol) {
        name = ExactText("\(category)-\(id)")
    }

    /// A stream that is alone in its category, as `authority`.
    package init(_ category: StaticString) {
        name = ExactText("\(category)")
    }

    /// A name that is written already, as one read back from the log.
    package init(stored rawValue: String) {
        name = ExactText(rawValue)
    }

    package var category: Substring {
        rawValue[..<(rawValue.utf8.firstIndex(of: UInt8(ascii: "-")) ?? rawValue.endIndex)]
    }

    /// The part after the category; empty for a stream that is alone in its category.
    package var id: Substring {
        rawValue.utf8.firstIndex(of: UInt8(ascii: "-")).map { rawValue[rawValue.utf8.index(after: $0)...] } ?? ""
    }
}

extension StreamName: Comparable {
    package static func < (left: StreamName, right: StreamName) -> Bool { left.name < right.name }
}

extension StreamName: CustomStringConvertible {
    package var description: String { rawValue }
}

/// The name of a stream, one aggregate's events: a category and an id, written `matter-3f2a…`.
///
/// The category ends at the first hyphen, so it holds none. The whole name is at most `maximumLength` bytes. Names are equal
/// when their bytes are, as in the database: `é` written as one character or as two makes two streams.
package struct StreamName: Sendable {
    package static let maximumLength = 200

    package let rawValue: String

    package init(category: StaticString, id: some StringProtocol) {
        rawValue = "\(category)-\(id)"
    }

    /// A stream that is alone in its category, as `authority`.
    package init(_ category: StaticString) {
        rawValue = "\(category)"
    }

    /// A name that is written already, as one read back from the log.
    package init(stored rawValue: String) {
        self.rawValue = rawValue
    }

    package var category: Substring {
        rawValue[..<(rawValue.utf8.firstIndex(of: UInt8(ascii: "-")) ?? rawValue.endIndex)]
    }

    /// The part after the category; empty for a stream that is alone in its category.
    package var id: Substring {
        rawValue.utf8.firstIndex(of: UInt8(ascii: "-")).map { rawValue[rawValue.utf8.index(after: $0)...] } ?? ""
    }
}

extension StreamName: Hashable {
    package static func == (left: StreamName, right: StreamName) -> Bool {
        let (left, right) = (left.rawValue.utf8.span, right.rawValue.utf8.span)
        return left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
    }

    package func hash(into hasher: inout Hasher) {
        rawValue.utf8.span.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension StreamName: Comparable {
    package static func < (left: StreamName, right: StreamName) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

extension StreamName: CustomStringConvertible {
    package var description: String { rawValue }
}

/// A text that equals another when their bytes do, as in the database: `é` written as one character or as two makes two
/// texts. A `String` takes both for the same, and a dictionary of strings keeps one of them.
package struct ExactText: Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

extension ExactText: Hashable {
    package static func == (left: ExactText, right: ExactText) -> Bool {
        let (left, right) = (left.text.utf8.span, right.text.utf8.span)
        return left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
    }

    package func hash(into hasher: inout Hasher) {
        text.utf8.span.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension ExactText: Comparable {
    package static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

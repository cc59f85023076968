package import Records

/// A table beside a list: who has which part in what.
package struct ListMatrix: Hashable, Sendable {
    package enum Mark: String, Hashable, Sendable {
        case lead
        case support

        package var words: Words {
            switch self {
            case .lead: Words("lead", zh: "责任")
            case .support: Words("support", zh: "配合")
            }
        }
    }

    package struct Row: Hashable, Sendable {
        package let words: Words
        /// Smaller, below.
        package let note: Words
        /// One for each column; nil where somebody has no part in it.
        package let marks: [Mark?]
    }

    package let words: Words
    package let columns: [Words]
    package let rows: [Row]
    /// What is not drawn, and where to find it; nil when everything is.
    package let rest: Words?
}

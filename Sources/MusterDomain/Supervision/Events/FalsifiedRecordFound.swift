package import Records

/// A record was made up.
package struct FalsifiedRecordFound: Hashable, Sendable {
    package let inquiry: InquiryID
    package let pattern: FalsificationPattern
    /// How many records show it.
    package let count: Int
    package let text: String

    package init(inquiry: InquiryID, pattern: FalsificationPattern, count: Int, text: String) {
        self.inquiry = inquiry
        self.pattern = pattern
        self.count = count
        self.text = text
    }

    package static let record = Record<FalsifiedRecordFound>(
        refusesUnknownMembers: false,
        Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
        Field("pattern", \.pattern, .choice, Words("Pattern", zh: "情形")),
        Field("count", \.count, .integer(1...1_000_000), Words("Records", zh: "条数")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        make: FalsifiedRecordFound.init
    )
}

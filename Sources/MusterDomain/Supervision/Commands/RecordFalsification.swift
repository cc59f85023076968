package import EventSourcing
import Records

/// Notes records that were made up (R14.5).
package struct RecordFalsification: Command, Hashable {
    package let inquiry: InquiryID
    package let pattern: FalsificationPattern
    package let count: Int
    package let text: String

    package init(inquiry: InquiryID, pattern: FalsificationPattern, count: Int, text: String) {
        self.inquiry = inquiry
        self.pattern = pattern
        self.count = count
        self.text = text
    }

    package static let description = CommandDescription<RecordFalsification>(
        "RecordFalsification",
        of: .feedback,
        Words("Record falsified records", zh: "登记虚假记录"),
        by: [.inspector, .districtCommand],
        under: "R14.5",
        Record<RecordFalsification>(
            Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
            Field("pattern", \.pattern, .choice, Words("Pattern", zh: "情形")),
            Field("count", \.count, .integer(1...1_000_000), Words("Records", zh: "条数")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: RecordFalsification.init
        )
    )

    package var stream: StreamName { Inquiry.stream(inquiry) }

    package func decide(_ subject: Inquiry, in context: Context) throws(Rejection) -> [Inquiry.Event] {
        try subject.requireInvestigator(in: context)
        let found = FalsifiedRecordFound(inquiry: inquiry, pattern: pattern, count: count, text: text)
        return [.falsifiedRecordFound(found)]
    }
}

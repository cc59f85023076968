package import EventSourcing
package import Records

/// What the investigator found.
package struct FindingsRecorded: Hashable, Sendable {
    package let matter: MatterID
    package let text: String
    package let needsDepartment: Bool
    /// The findings that these put right; nil for new ones (R0.4).
    package let corrects: EventID?

    package init(
        matter: MatterID,
        text: String,
        needsDepartment: Bool,
        corrects: EventID? = nil
    ) {
        self.matter = matter
        self.text = text
        self.needsDepartment = needsDepartment
        self.corrects = corrects
    }

    package static let record = Record<FindingsRecorded>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("needsDepartment", \.needsDepartment, .boolean, Words("Needs a department", zh: "需要部门")),
        Field("corrects", \.corrects, Codec<EventID>.eventID.optional, Words("Corrects", zh: "更正")),
        make: FindingsRecorded.init
    )
}

package import Records

/// What the investigator found.
package struct FindingsRecorded: Hashable, Sendable {
    package let matter: MatterID
    package let text: String
    package let needsDepartment: Bool

    package init(
        matter: MatterID,
        text: String,
        needsDepartment: Bool
    ) {
        self.matter = matter
        self.text = text
        self.needsDepartment = needsDepartment
    }

    package static let record = Record<FindingsRecorded>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("needsDepartment", \.needsDepartment, .boolean, Words("Needs a department", zh: "需要部门")),
        make: FindingsRecorded.init
    )
}

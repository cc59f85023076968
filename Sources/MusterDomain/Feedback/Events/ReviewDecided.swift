package import Records

/// The appeal was decided; when it was right, the matter is reopened with it.
package struct ReviewDecided: Hashable, Sendable {
    package let matter: MatterID
    package let isUpheld: Bool
    package let text: String
    package let isLate: Bool

    package init(matter: MatterID, isUpheld: Bool, text: String, isLate: Bool) {
        self.matter = matter
        self.isUpheld = isUpheld
        self.text = text
        self.isLate = isLate
    }

    package static let record = Record<ReviewDecided>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("isUpheld", \.isUpheld, .boolean, Words("Upheld", zh: "申诉成立")),
        Field("text", \.text, .prose(), Words("Grounds", zh: "理由")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        make: ReviewDecided.init
    )
}

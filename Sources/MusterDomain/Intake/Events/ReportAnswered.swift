package import Records

/// Whoever reported it has an answer.
package struct ReportAnswered: Hashable, Sendable {
    package let report: ReportID
    package let text: String
    package let isSolved: Bool
    /// Nobody had triaged it or passed it on.
    package let isFirstContact: Bool
    package let reporter: PersonID?

    package init(
        report: ReportID,
        text: String,
        isSolved: Bool,
        isFirstContact: Bool,
        reporter: PersonID? = nil
    ) {
        self.report = report
        self.text = text
        self.isSolved = isSolved
        self.isFirstContact = isFirstContact
        self.reporter = reporter
    }

    package static let record = Record<ReportAnswered>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("text", \.text, .prose(), Words("Answer", zh: "答复"), isPersonal: true),
        Field("isSolved", \.isSolved, .boolean, Words("Solved", zh: "是否解决")),
        Field("isFirstContact", \.isFirstContact, .boolean, Words("At first contact", zh: "首次接触即答复")),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        make: ReportAnswered.init
    )
}

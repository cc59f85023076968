package import Records

/// More people are parties to how the matter ends (R5.3).
package struct ReportersJoined: Hashable, Sendable {
    package let matter: MatterID
    package let from: MatterID
    package let reporters: [PersonID]

    package init(
        matter: MatterID,
        from: MatterID,
        reporters: [PersonID]
    ) {
        self.matter = matter
        self.from = from
        self.reporters = reporters
    }

    package static let record = Record<ReportersJoined>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("from", \.from, .identifier(), Words("From matter", zh: "来自事项")),
        Field(
            "reporters",
            \.reporters,
            .list(of: .identifier(), count: 1...1_000, isSet: true),
            Words("Reporters", zh: "反映人")
        ),
        make: ReportersJoined.init
    )
}

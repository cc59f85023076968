package import Records

/// The matter goes along with another one of the same thing (R5.3).
package struct MatterMerged: Hashable, Sendable {
    package let matter: MatterID
    package let into: MatterID
    package let reporters: [PersonID]

    package init(
        matter: MatterID,
        into: MatterID,
        reporters: [PersonID]
    ) {
        self.matter = matter
        self.into = into
        self.reporters = reporters
    }

    package static let record = Record<MatterMerged>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("into", \.into, .identifier(), Words("Goes along with", zh: "并入")),
        Field(
            "reporters",
            \.reporters,
            .list(of: .identifier(), count: 0...1_000, isSet: true),
            Words("Reporters", zh: "反映人")
        ),
        make: MatterMerged.init
    )
}

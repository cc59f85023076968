package import Records

/// The first disposal is over and summed up; the follow-up opens by itself (R6.4).
package struct FirstDisposalSummarised: Hashable, Sendable {
    package let incident: IncidentID
    package let party: PartyID
    package let text: String
    /// They did nothing, and so nothing of theirs is summed up.
    package let groupsMissing: [GroupID]
    package let isLate: Bool

    package init(
        incident: IncidentID,
        party: PartyID,
        text: String,
        groupsMissing: [GroupID] = [],
        isLate: Bool
    ) {
        self.incident = incident
        self.party = party
        self.text = text
        self.groupsMissing = groupsMissing
        self.isLate = isLate
    }

    package static let record = Record<FirstDisposalSummarised>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field(
            "groupsMissing",
            \.groupsMissing,
            Codec<[GroupID]>.list(of: .identifier(), count: 0...Playbook.maximumGroups, isSet: true).orMissing([]),
            Words("Groups that never stood up", zh: "未到位的工作组")
        ),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "迟于时限")),
        make: FirstDisposalSummarised.init
    )
}

package import Records

/// A group of a playbook: who forms it, and its steps.
package struct PlaybookGroup: Hashable, Sendable {
    package let group: GroupID
    package let nameEN: String
    package let nameZH: String
    /// The kind of party that forms it; nil for any kind.
    package let partyKind: PartyKind?
    /// The duty that its party has on the responsibility list; nil for none.
    package let duty: DutyID?
    package let steps: [PlaybookStep]

    package init(
        group: GroupID,
        nameEN: String,
        nameZH: String,
        partyKind: PartyKind? = nil,
        duty: DutyID? = nil,
        steps: [PlaybookStep]
    ) {
        self.group = group
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.partyKind = partyKind
        self.duty = duty
        self.steps = steps
    }

    package var words: Words { Words(nameEN, zh: nameZH) }

    static func record(refusesUnknownMembers: Bool) -> Record<PlaybookGroup> {
        Record<PlaybookGroup>(
            refusesUnknownMembers: refusesUnknownMembers,
            Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field("partyKind", \.partyKind, Codec<PartyKind>.choice.optional, Words("Kind of party", zh: "单位类别")),
            Field("duty", \.duty, Codec<DutyID>.identifier().optional, Words("Duty", zh: "职责")),
            Field(
                "steps",
                \.steps,
                .list(
                    of: PlaybookStep.record(refusesUnknownMembers: refusesUnknownMembers).codec,
                    count: 0...Playbook.maximumSteps
                ),
                Words("Steps", zh: "步骤")
            ),
            make: PlaybookGroup.init
        )
    }
}

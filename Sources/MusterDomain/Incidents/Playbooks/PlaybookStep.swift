package import Records

/// One step of a group.
package struct PlaybookStep: Hashable, Sendable {
    package let step: StepID
    package let nameEN: String
    package let nameZH: String
    package let phase: StepPhase
    /// The steps that must be finished before, also of other groups.
    package let needs: [StepID]
    /// From the last of its needs, or from the activation; for a step of the follow-up from its opening. Nil when
    /// nothing is timed.
    package let within: Duration?
    /// What must be seen to before it starts.
    package let requires: [CheckID]
    package let evidence: StepEvidence
    /// Whether it must cover every site of the incident (R6.2).
    package let coversSites: Bool
    /// Whether it is the group's report on the first disposal, without which nobody sums up (R6.3).
    package let isReport: Bool
    /// Whether it may be left out with a reason.
    package let canSkip: Bool

    package init(
        step: StepID,
        nameEN: String,
        nameZH: String,
        phase: StepPhase = .firstDisposal,
        needs: [StepID] = [],
        within: Duration? = nil,
        requires: [CheckID] = [],
        evidence: StepEvidence = .none,
        coversSites: Bool = false,
        isReport: Bool = false,
        canSkip: Bool = true
    ) {
        self.step = step
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.phase = phase
        self.needs = needs
        self.within = within
        self.requires = requires
        self.evidence = evidence
        self.coversSites = coversSites
        self.isReport = isReport
        self.canSkip = canSkip
    }

    package var words: Words { Words(nameEN, zh: nameZH) }

    static func record(refusesUnknownMembers: Bool) -> Record<PlaybookStep> {
        Record<PlaybookStep>(
            refusesUnknownMembers: refusesUnknownMembers,
            Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field("phase", \.phase, Codec<StepPhase>.choice.orMissing(.firstDisposal), Words("Phase", zh: "阶段")),
            Field(
                "needs",
                \.needs,
                Codec<[StepID]>.list(of: .identifier(), count: 0...50, isSet: true).orMissing([]),
                Words("Waits for", zh: "前置步骤")
            ),
            Field(
                "withinMinutes",
                \.within,
                Codec<Duration>.wholeMinutes.optional,
                Words("Within minutes", zh: "时限（分钟）")
            ),
            Field(
                "requires",
                \.requires,
                Codec<[CheckID]>.list(of: .identifier(), count: 0...20, isSet: true).orMissing([]),
                Words("Checks before it", zh: "事前检查")
            ),
            Field(
                "evidence",
                \.evidence,
                StepEvidence.record(refusesUnknownMembers: refusesUnknownMembers).codec.orMissing(.none),
                Words("Evidence", zh: "凭证")
            ),
            Field(
                "coversSites",
                \.coversSites,
                Codec<Bool>.boolean.orMissing(false),
                Words("Covers all sites", zh: "须覆盖全部点位")
            ),
            Field(
                "report",
                \.isReport,
                Codec<Bool>.boolean.orMissing(false),
                Words("Is the group's report", zh: "为本组报告")
            ),
            Field("canSkip", \.canSkip, Codec<Bool>.boolean.orMissing(true), Words("May be skipped", zh: "可以跳过")),
            make: PlaybookStep.init
        )
    }
}

package import Records

/// What a clock of an incident times.
package enum IncidentClockKind: String, Choice {
    /// The suspicion is verified or ruled out.
    case verification
    /// A group stands up.
    case groupUp = "group-up"
    /// A step is finished.
    case step
    /// The first disposal is summed up.
    case summary
    /// A re-check is made and passed.
    case recheck

    package var words: Words {
        switch self {
        case .verification: Words("Verification", zh: "核实")
        case .groupUp: Words("Group up", zh: "工作组到位")
        case .step: Words("Step", zh: "步骤")
        case .summary: Words("Summary of the first disposal", zh: "首次处置汇总")
        case .recheck: Words("Re-check", zh: "复查")
        }
    }
}

/// One clock of an incident: its kind, and the group, step or re-check that it times.
package struct IncidentClock: Hashable, Sendable {
    package let kind: IncidentClockKind
    /// Nil for kinds of which there is only one.
    package let name: String?

    init(kind: IncidentClockKind, name: String?) {
        self.kind = kind
        self.name = name
    }

    package static let verification = IncidentClock(kind: .verification, name: nil)
    package static let summary = IncidentClock(kind: .summary, name: nil)
    package static func groupUp(_ group: GroupID) -> IncidentClock {
        IncidentClock(kind: .groupUp, name: group.rawValue)
    }
    package static func step(_ step: StepID) -> IncidentClock { IncidentClock(kind: .step, name: step.rawValue) }
    package static func recheck(_ recheck: RecheckID) -> IncidentClock {
        IncidentClock(kind: .recheck, name: recheck.rawValue)
    }

    /// For keys and for the order of a list.
    package var key: String { name.map { "\(kind.rawValue)/\($0)" } ?? kind.rawValue }
}

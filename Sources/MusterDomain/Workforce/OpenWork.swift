package import Records

/// A task or shift that nobody has yet. Where several people are needed, each is one of its own with the same period:
/// nobody can take two of them.
package struct OpenWork: Hashable, Sendable {
    package enum Kind: String, Choice {
        case task
        case shift

        package var words: Words {
            switch self {
            case .task: Words("Task", zh: "任务")
            case .shift: Words("Shift", zh: "班次")
            }
        }
    }

    package let id: TaskID
    package let kind: Kind
    package let urgency: Urgency
    package let period: WorkPeriod
    package let territory: TerritoryID
    /// Whose people do it; nil for anyone's who has a post there.
    package let party: PartyID?
    /// Nil when nobody knows where exactly.
    package let place: Coordinates?
    package let steps: [WorkStep]

    package init(
        id: TaskID,
        kind: Kind = .task,
        urgency: Urgency = .normal,
        period: WorkPeriod,
        territory: TerritoryID,
        party: PartyID? = nil,
        place: Coordinates? = nil,
        steps: [WorkStep] = []
    ) {
        self.id = id
        self.kind = kind
        self.urgency = urgency
        self.period = period
        self.territory = territory
        self.party = party
        self.place = place
        self.steps = steps
    }

    /// Of all steps together.
    package var skills: Set<SkillID> { steps.reduce(into: []) { $0.formUnion($1.skills) } }
}

/// A part of some work, and what one must be trained and fit for to do it (R12.3).
package struct WorkStep: Hashable, Sendable {
    package let words: Words
    package let skills: Set<SkillID>

    package init(_ words: Words, skills: Set<SkillID>) {
        self.words = words
        self.skills = skills
    }
}

package import EventSourcing
import Records

/// Tells the next level up of a clock.
package struct EscalateWhistle: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID
    package let step: WhistleStep
    package let level: EscalationLevel
    /// The limit, which names the clock.
    package let dueAt: Timestamp

    package init(
        matter: MatterID,
        department: PartyID,
        step: WhistleStep,
        level: EscalationLevel,
        dueAt: Timestamp
    ) {
        self.matter = matter
        self.department = department
        self.step = step
        self.level = level
        self.dueAt = dueAt
    }

    package static let description = CommandDescription<EscalateWhistle>(
        "EscalateWhistle",
        of: .whistles,
        Words("Escalate the whistle", zh: "升级哨声"),
        by: [.system],
        Record<EscalateWhistle>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            Field("step", \.step, .choice, Words("Step", zh: "环节")),
            Field("level", \.level, .choice, Words("Level", zh: "层级")),
            Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
            make: EscalateWhistle.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        guard let round = subject.openRound, let clock = round.chasedClock(of: department, step, due: dueAt),
            !clock.told.contains(level)
        else { return [] }
        // A level that its ladder does not name is not told.
        guard let time = clock.time(of: level) else { return [] }
        guard context.now >= time else { throw .tooEarly(time) }
        return [
            .whistleEscalated(
                WhistleEscalated(
                    matter: matter,
                    round: round.number,
                    department: department,
                    step: step,
                    level: level,
                    dueAt: dueAt
                )
            )
        ]
    }
}

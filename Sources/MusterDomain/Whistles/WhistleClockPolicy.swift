import EventSourcing

/// Chases departments whose clocks run: each tells the levels of its ladder, as a rule the street at half the limit, the
/// district at the limit and the city at one and a half; and at the limit it is recorded who did not answer or come
/// (S3). A paused clock is chased by nobody.
package struct WhistleClockPolicy: Policy {
    package static let name = "whistle-clocks"
    /// The timers of more matters than this are not asked for at a time: each that fires makes room for the next.
    private static let mattersAtOnce = 200

    private var matters: [MatterID: Matter] = [:]
    /// Of matters that have some; brought up to date with each fact, so that reading all timers costs no fold.
    private var pending: [MatterID: [PolicyTimer]] = [:]
    /// When the first of them fires.
    private var deadlines = Deadlines<MatterID>()

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        guard case .matter(let event) = fact.event else { return }
        matters[event.matter, default: Matter()].evolve(event, from: fact.origin)
        let timers = matters[event.matter].map(timers) ?? []
        pending[event.matter] = timers.isEmpty ? nil : timers
        if let due = timers.map(\.due).min() {
            deadlines.set(event.matter, due, because: fact.id)
        } else {
            deadlines.remove(event.matter)
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] { [] }

    package var timers: [PolicyTimer] {
        // At the same time the no-show comes before the escalation: its key is the lesser.
        deadlines.earliest(Self.mattersAtOnce).flatMap { pending[$0.key] ?? [] }
            .sorted { ($0.due, $0.key) < ($1.due, $1.key) }
    }

    private func timers(of matter: Matter) -> [PolicyTimer] {
        guard let subject = matter.subject, let round = matter.openRound else { return [] }
        return round.calls.flatMap { call -> [PolicyTimer] in
            guard let clock = call.clock, !clock.isPaused else { return [] }
            return timers(of: clock, department: call.department, in: subject)
        }
    }

    private func timers(
        of clock: RunningClock,
        department: PartyID,
        in subject: Matter.Subject
    ) -> [PolicyTimer] {
        // The limit is a part of the key: after a ruling or a reopening another clock runs for the same step.
        let clockKey = "\(subject.matter)/\(department)/\(clock.step.rawValue)/\(clock.due)"
        let actor = Actor.system(in: subject.territory)
        var timers = EscalationLevel.allCases.filter { !clock.told.contains($0) }.compactMap { level -> PolicyTimer? in
            guard let due = clock.time(of: level) else { return nil }
            return PolicyTimer(
                key: "whistle-escalation/\(clockKey)/\(level.rawValue)",
                due: due,
                command: EscalateWhistle(
                    matter: subject.matter,
                    department: department,
                    step: clock.step,
                    level: level,
                    dueAt: clock.due
                ),
                actor: actor,
                cause: clock.startedBy
            )
        }
        if clock.step != .act, !clock.isNoShow {
            timers.append(
                PolicyTimer(
                    key: "no-show/\(clockKey)",
                    due: clock.due,
                    command: RecordNoShow(
                        matter: subject.matter,
                        department: department,
                        step: clock.step,
                        dueAt: clock.due
                    ),
                    actor: actor,
                    cause: clock.startedBy
                )
            )
        }
        return timers
    }
}

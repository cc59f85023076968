import EventSourcing
import MusterDomain
import Records
import Testing

/// Surges: when one is declared, what holds meanwhile, when it ends. Nothing is ever dropped.
@Suite struct SurgeRuleTests {
    /// The beginning of an hour.
    private static let hour = Timestamp(microseconds: 1_795_230_000_000_000)

    private static func policy(days: Int = 5, perHour: Int = 20) -> SurgePolicy {
        var policy = SurgePolicy(limits: .standard)
        policy.evolve(fact(.territory(.defined(district)), at: hour - .seconds(100 * 86_400)))
        for day in stride(from: days, to: 0, by: -1) {
            for number in 0..<perHour {
                let time = hour - .seconds(day * 86_400) + .seconds(number)
                policy.evolve(fact(report(), at: time))
            }
        }
        return policy
    }

    private static let district = TerritoryDefined(
        territory: "he",
        level: .district,
        nameEN: "He",
        nameZH: "河"
    )

    private static func report(_ channel: ReportChannel = .app) -> AnyEvent {
        .report(
            .submitted(
                ReportSubmitted(
                    report: "R-1",
                    channel: channel,
                    kind: .noise,
                    territory: "he",
                    place: "7",
                    text: "Loud.",
                    isUrgent: false
                )
            )
        )
    }

    private static let abandoned = AnyEvent.desk(
        .callAbandoned(CallAbandoned(call: "C-1", territory: "he", waited: 90))
    )

    private static func fact(_ event: AnyEvent, at time: Timestamp, by actor: Actor = .system(in: "he")) -> Fact {
        let command = CommandID(UniqueID(high: 3, low: UInt64(bitPattern: time.microseconds)))
        let id = EventID(command: command, ordinal: 0)
        return Fact(
            position: Position(1),
            stream: StreamName("sample"),
            version: StreamVersion(1),
            id: id,
            type: EventType("sample"),
            origin: Origin(event: id, actor: actor, occurredAt: time, recordedAt: time, correlation: command),
            event: event
        )
    }

    private static func declared(_ ground: SurgeGround = .arrivals) -> AnyEvent {
        .desk(
            .surgeDeclared(
                SurgeDeclared(
                    territory: "he",
                    number: 1,
                    ground: ground,
                    answerLimit: .seconds(86_400),
                    callBackLimit: .seconds(43_200)
                )
            )
        )
    }

    /// How many came before it asked for a surge, and what it asked for.
    private func send(
        _ count: Int,
        to policy: inout SurgePolicy,
        from start: Timestamp = hour,
        _ event: (Int) -> AnyEvent = { _ in report() }
    ) -> [(Int, OpenSurgeDesk)] {
        var asked: [(Int, OpenSurgeDesk)] = []
        for number in 1...count {
            let fact = Self.fact(event(number), at: start + .milliseconds(number))
            policy.evolve(fact)
            for case .issue(let command as OpenSurgeDesk, _, _) in policy.reactions(to: fact) {
                asked.append((number, command))
            }
        }
        return asked
    }

    @Test("R5.5 more than three times what is usual in the hour is a surge, and asked for once")
    func arrivals() throws {
        var policy = Self.policy()
        let asked = send(500, to: &policy)
        #expect(asked.map(\.0) == [61])
        let command = try #require(asked.first?.1)
        #expect(command.ground == .arrivals)
        #expect(command.territory == "he")
        #expect(command.arrivals == 61)
        #expect(command.usual == 20)
    }

    @Test("R5.5 without days to compare with no number is too many")
    func noDays() {
        var policy = Self.policy(days: 1)
        #expect(send(500, to: &policy).isEmpty)
    }

    @Test("R5.5 few are no surge, however few are usual")
    func few() {
        var policy = Self.policy(days: 5, perHour: 1)
        #expect(send(29, to: &policy).isEmpty)
        #expect(send(1, to: &policy, from: Self.hour + .seconds(1)).count == 1)
    }

    @Test("R5.5 more than a fifth of the callers hanging up is a surge on the first day")
    func hungUp() throws {
        var policy = SurgePolicy(limits: .standard)
        let asked = send(60, to: &policy) { $0.isMultiple(of: 4) ? Self.abandoned : Self.report(.phone) }
        #expect(asked.count == 1)
        let command = try #require(asked.first?.1)
        #expect(command.ground == .abandoned)
        #expect(command.abandonedPercent.map { $0 > 20 } == true)
        var calm = SurgePolicy(limits: .standard)
        #expect(send(500, to: &calm) { $0.isMultiple(of: 5) ? Self.abandoned : Self.report(.phone) }.isEmpty, "a fifth")
    }

    @Test("R5.5 a counted surge ends after a quiet hour, and later while it is busy")
    func ends() throws {
        var policy = Self.policy()
        _ = send(100, to: &policy)
        policy.evolve(Self.fact(Self.declared(), at: Self.hour + .seconds(10)))
        #expect(policy.timers.map(\.due) == [Self.hour + .seconds(7_200)])
        // The next hour has nothing to compare with, yet too many hang up.
        _ = send(40, to: &policy, from: Self.hour + .seconds(3_600)) { number in
            number.isMultiple(of: 3) ? Self.abandoned : Self.report(.phone)
        }
        let timer = try #require(policy.timers.first)
        #expect(timer.due == Self.hour + .seconds(10_800))
        let ended = SurgeEnded(territory: "he", number: 1)
        policy.evolve(Self.fact(.desk(.surgeEnded(ended)), at: timer.due))
        #expect(policy.timers.isEmpty)
    }

    @Test("R5.5 what a person declared a person ends")
    func ordered() {
        var policy = Self.policy()
        policy.evolve(Self.fact(Self.declared(.ordered), at: Self.hour, by: Town.street))
        #expect(policy.timers.isEmpty)
    }

    @Test("R5.5 a surge that a person ended is not declared again within the hour")
    func notAgain() {
        var policy = Self.policy()
        _ = send(100, to: &policy)
        policy.evolve(Self.fact(Self.declared(), at: Self.hour + .seconds(10)))
        let ended = SurgeEnded(territory: "he", number: 1)
        policy.evolve(Self.fact(.desk(.surgeEnded(ended)), at: Self.hour + .seconds(20)))
        #expect(send(500, to: &policy, from: Self.hour + .seconds(30)).isEmpty)
        #expect(send(500, to: &policy, from: Self.hour + .seconds(86_400)).count == 1)
    }

    @Test("R5.5 a desk is opened once, with a ground, and closed once")
    func lifecycle() throws {
        var town = IntakeTown()
        let open = OpenSurgeDesk(territory: "he", ground: .ordered, text: "The bridge is shut.")
        #expect(
            town.refusal(of: OpenSurgeDesk(territory: "he", ground: .ordered), by: Town.district)
                == "R5.5 ground-missing"
        )
        #expect(town.refusal(of: CloseSurgeDesk(territory: "he"), by: Town.district) == "R5.5 no-surge")
        #expect(town.refusal(of: open, by: Town.street) == "S1 outside-territory")
        try town.send(open, by: Town.clerk)
        #expect(town.refusal(of: open, by: Town.district) == "R5.5 surge-open")
        #expect(
            town.refusal(of: CloseSurgeDesk(territory: "he"), by: Town.clerk, at: Town.noon - .seconds(3_600))
                == "S5 before-the-beginning"
        )
        try town.send(CloseSurgeDesk(territory: "he", text: "Open again."), by: Town.clerk)
        try town.send(open, by: Town.clerk)
        let numbers = town.desk.compactMap { if case .surgeDeclared(let payload) = $0 { payload.number } else { nil } }
        #expect(numbers == [1, 2])
    }

    @Test("R0.5 the timer ends no surge before its time, and none but its own")
    func timer() throws {
        let declared = DeskEvent.surgeDeclared(
            SurgeDeclared(
                territory: "he",
                number: 2,
                ground: .ordered,
                answerLimit: .seconds(1),
                callBackLimit: .seconds(1)
            )
        )
        let spec = DecisionSpec(SurgeDesk.self, given: [declared])
        let early = CloseSurgeDesk(territory: "he", number: 2, quietAt: Town.noon + .seconds(1))
        #expect(spec.refusal(of: early, by: Town.system)?.code == "R0.5 too-early")
        let other = CloseSurgeDesk(territory: "he", number: 1, quietAt: Town.noon)
        #expect(try spec.when(other, by: Town.system).isEmpty)
        let open = OpenSurgeDesk(territory: "he", ground: .arrivals, arrivals: 100, usual: 10)
        #expect(try spec.when(open, by: Town.system).isEmpty)
    }

    @Test("R5.4 R5.5 in a surge every report is taken in, and safety words bypass the queue as ever")
    func nothingDropped() throws {
        var town = IntakeTown()
        try town.send(OpenSurgeDesk(territory: "he", ground: .ordered, text: "Flood."), by: Town.clerk)
        for number in 1...300 {
            let text = number.isMultiple(of: 100) ? "An old man is trapped, \(number)." : "Water, \(number)."
            try town.send(IntakeTown.report(ReportID(rawValue: "R-\(number)")!, text: text), by: Town.clerk)
        }
        #expect(town.refused == [])
        let matters = (1...300).map { town.matter(MatterID(rawValue: "R-\($0)")!) }
        #expect(matters.allSatisfy { $0.subject != nil })
        #expect(matters.count { $0.subject?.urgency == .emergency } == 3)
        let limits = town.reports.compactMap { if case .submitted(let payload) = $0 { payload.limit } else { nil } }
        #expect(limits.count { $0 == .seconds(600) } == 3)
    }

    @Test("R5.5 who hung up is called back, and more than once")
    func callBack() throws {
        var town = IntakeTown()
        let call = RecordAbandonedCall(
            call: "C-1",
            territory: "he",
            waited: 95,
            phone: PhoneNumber(rawValue: "139 1234 5678")
        )
        try town.send(call, by: Town.clerk)
        guard case .callAbandoned(let payload)? = town.desk.last else { return #expect(Bool(false)) }
        #expect(payload.callBackBy == Town.noon + .seconds(7_200))
        #expect(town.refusal(of: call, by: Town.clerk) == "S5 call-exists")
        let missed = ReturnCall(call: "C-1", isReached: false)
        #expect(
            town.refusal(of: ReturnCall(call: "C-1", isReached: false, report: "R-1"), by: Town.clerk)
                == "S5 not-reached"
        )
        try town.send(missed, by: Town.clerk)
        try town.send(missed, by: Town.clerk)
        town.wait(.seconds(7_201))
        try town.send(ReturnCall(call: "C-1", isReached: true, report: "R-1"), by: Town.clerk)
        guard case .callReturned(let returned)? = town.desk.last else { return #expect(Bool(false)) }
        #expect(returned.attempt == 3)
        #expect(returned.isLast)
        #expect(returned.isLate)
        #expect(town.refusal(of: missed, by: Town.clerk) == "R5.5 call-over")
    }

    @Test("R5.5 who hangs up in a surge is called back in the surge's time, and a call back within it is not late")
    func callBackInSurge() throws {
        func record(_ call: CallID) -> RecordAbandonedCall {
            let phone = PhoneNumber(rawValue: "139 1234 5678")
            return RecordAbandonedCall(call: call, territory: "dq", waited: 95, phone: phone)
        }
        var town = IntakeTown()
        try town.send(record("C-0"), by: Town.clerk)
        try town.send(OpenSurgeDesk(territory: "he", ground: .ordered, text: "Flood."), by: Town.clerk)
        try town.send(record("C-1"), by: Town.clerk)
        town.wait(.seconds(3 * 3_600))
        for call in ["C-0", "C-1"] as [CallID] {
            try town.send(ReturnCall(call: call, isReached: true), by: Town.clerk)
        }
        let areLate = town.desk.compactMap { if case .callReturned(let payload) = $0 { payload.isLate } else { nil } }
        #expect(areLate == [true, false], "the first hung up before the surge")
        #expect(town.refused == [])
    }

    @Test("R5.5 without a number nobody can call back, and calls that never were are refused")
    func noNumber() throws {
        var town = IntakeTown()
        let missed = ReturnCall(call: "C-1", isReached: false)
        #expect(town.refusal(of: missed, by: Town.clerk) == "S5 no-such-call")
        try town.send(RecordAbandonedCall(call: "C-1", territory: "he", waited: 0), by: Town.clerk)
        #expect(town.refusal(of: missed, by: Town.clerk) == "R5.5 no-number")
        let early = Town.noon - .seconds(3_600)
        #expect(town.refusal(of: missed, by: Town.clerk, at: early) == "S5 before-the-beginning")
    }
}

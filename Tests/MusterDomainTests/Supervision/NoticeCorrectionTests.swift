import EventSourcing
import MusterDomain
import Records
import Testing

/// Notices that somebody says are wrong, and the hour in which they are put right (S14).
@Suite struct NoticeCorrectionTests {
    private static let hour = Duration.seconds(3_600)
    private static let question = QuestionNotice(notice: "N-1", text: "It is off until seven.")

    /// A notice of the community of Dongqiao, its policy, and everything that happens to it.
    private struct Course {
        private(set) var notice = Notice()
        private(set) var policy = NoticePolicy()
        private(set) var told: [TaskDelivery] = []
        private var count: UInt64 = 0
        var now = Town.noon

        init() throws {
            let publish = PublishNotice(notice: "N-1", territory: "dq", title: "Water", text: "Off until six.")
            try send(publish, by: Town.head)
        }

        @discardableResult
        mutating func send<C: Command>(_ command: C, by actor: Actor) throws(Rejection) -> [NoticeEvent]
        where C.Subject == Notice {
            let context = Town().context(of: actor, occurredAt: now)
            try context.authorise(CommandCatalogue.entry(of: command))
            let events = try command.decide(notice, in: context)
            for event in events {
                count += 1
                let fact = Fact.test(.notice(event), by: actor, at: now, number: count)
                notice.evolve(event, from: fact.origin)
                policy.evolve(fact)
                for case .deliver(let delivery) in policy.reactions(to: fact) { told.append(delivery) }
            }
            return events
        }

        func refusal<C: Command>(of command: C, by actor: Actor) -> String? where C.Subject == Notice {
            var copy = self
            do throws(Rejection) {
                try copy.send(command, by: actor)
                return nil
            } catch {
                return error.code
            }
        }
    }

    @Test("S14 a questioned notice is put right within the hour, and its publisher is told so")
    func questioned() throws {
        var course = try Course()
        #expect(course.policy.timers.isEmpty)
        try course.send(Self.question, by: Town.clerk)
        let due = Town.noon + Self.hour
        #expect(course.policy.timers.map(\.due) == [due])
        let delivery = try #require(course.told.first)
        #expect(delivery.party == "dq-committee" && delivery.about == .notice("N-1"))
        #expect(
            try NoticeDelivery.record.decode(delivery.payload)
                == NoticeDelivery(
                    notice: "N-1",
                    kind: .noticeQuestioned,
                    title: "Water",
                    territory: "dq",
                    text: "It is off until seven.",
                    due: due
                )
        )
        try course.send(
            CorrectNotice(notice: "N-1", title: "Water", text: "Off until seven.", reason: "Longer."),
            by: Town.head
        )
        #expect(course.policy.timers.isEmpty)
        #expect(course.notice.clock == nil)
    }

    @Test("S14 a second question does not move the clock; after an answer the next one begins anew")
    func oneClock() throws {
        var course = try Course()
        try course.send(Self.question, by: Town.clerk)
        course.now = Town.noon + .seconds(1_800)
        let events = try course.send(QuestionNotice(notice: "N-1", text: "Which water?"), by: Town.police)
        guard case .questioned(let second)? = events.first else { return #expect(Bool(false), "no question") }
        #expect(second.answerBy == Town.noon + Self.hour)
        #expect(course.told.count == 2)
        try course.send(ConfirmNotice(notice: "N-1", reason: "We asked the works."), by: Town.head)
        #expect(course.policy.timers.isEmpty)
        try course.send(Self.question, by: Town.clerk)
        #expect(course.policy.timers.map(\.due) == [course.now + Self.hour])
    }

    @Test("S14 an hour without an answer is on record once, and the question stands")
    func missed() throws {
        var course = try Course()
        try course.send(Self.question, by: Town.clerk)
        let timer = try #require(course.policy.timers.first)
        let miss = try #require(timer.command as? RecordMissedCorrection)
        #expect(course.refusal(of: miss, by: Town.system) != nil, "it is too early")
        course.now = timer.due
        #expect(
            try course.send(miss, by: Town.system)
                == [.correctionMissed(NoticeCorrectionMissed(notice: "N-1", dueBy: timer.due))]
        )
        #expect(course.policy.timers.isEmpty)
        #expect(try course.send(miss, by: Town.system).isEmpty)
        #expect(course.notice.clock?.isMissed == true)
        try course.send(WithdrawNotice(notice: "N-1", reason: "Wrong."), by: Town.head)
        #expect(course.notice.clock == nil)
        #expect(course.refusal(of: Self.question, by: Town.clerk) == "S14 notice-withdrawn")
    }

    @Test("S14 a publisher corrects what is its own, and who is not concerned has nothing to say")
    func others() throws {
        let course = try Course()
        #expect(course.refusal(of: Self.question, by: Town.head) == "S14 own-notice")
        #expect(course.refusal(of: Self.question, by: Town.otherHead) == "S1 outside-territory")
        #expect(course.refusal(of: Self.question, by: Town.resident) == "S1 role-not-allowed")
        let unknown = QuestionNotice(notice: "N-1", text: "Call 13800138000.")
        #expect(course.refusal(of: unknown, by: Town.clerk) == "R14.6 personal-data")
        #expect(DecisionSpec(Notice.self).refusal(of: Self.question, by: Town.clerk)?.code == "S14 notice-unknown")
        let confirm = ConfirmNotice(notice: "N-1", reason: "It is right.")
        #expect(course.refusal(of: confirm, by: Town.head) == "S14 not-questioned")
        #expect(course.refusal(of: confirm, by: Town.property) == "R1.1 property-orders")
    }

    @Test("S14 no more questions are taken than anybody reads")
    func many() throws {
        var course = try Course()
        for _ in 1...100 { try course.send(Self.question, by: Town.clerk) }
        #expect(course.refusal(of: Self.question, by: Town.clerk) == "S14 too-many-questions")
    }
}

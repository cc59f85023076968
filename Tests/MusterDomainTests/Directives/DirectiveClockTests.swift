import EventSourcing
import MusterDomain
import Records
import Testing

/// The clocks of S4: to acknowledge, to pass on, to reply.
@Suite struct DirectiveClockTests {
    private static let minute = Duration.seconds(60)
    private static let hour = Duration.seconds(3_600)

    @Test(
        "R0.5 a hop has 30 minutes in a level-I response and two hours otherwise, and the event says until when",
        arguments: [
            (ResponseLevel.first, 30), (.second, 120), (nil, 120),
        ]
    )
    func hopLimit(response: ResponseLevel?, minutes: Int) throws {
        var cascade = Cascade()
        let events = try cascade.send(Cascade.issue(response: response), by: Town.district)
        guard case .issued(let issued)? = events.first else { return #expect(Bool(false)) }
        #expect(issued.ackBy == Town.noon + Self.minute * minutes)
        #expect(issued.relayBy == issued.ackBy)
        #expect(issued.cascadeBy == Town.noon + Self.hour * 4)
        cascade.now = Town.noon + Self.minute * 10
        let relay = try cascade.send(Cascade.relay(to: ["dq"]), by: Town.street)
        guard case .relayed(let relayed)? = relay.first else { return #expect(Bool(false)) }
        #expect(relayed.ackBy == Town.noon + Self.minute * (minutes + 10))
    }

    @Test("S4 the limits are configuration, and a faster clock shrinks them")
    func configuration() throws {
        var cascade = Cascade()
        cascade.town.limits = Limits.standard.scaled(by: 1.0 / 60)
        let events = try cascade.send(Cascade.issue(), by: Town.district)
        guard case .issued(let issued)? = events.first else { return #expect(Bool(false)) }
        #expect(issued.limit == .seconds(120))
        #expect(issued.cascadeBy == Town.noon + .seconds(240))
    }

    @Test("S4 configuration of before directives reads as the standard limits")
    func olderConfiguration() throws {
        var older = String(decoding: Limits.record.encode(.standard), as: UTF8.self)
        let member = try #require(older.firstRange(of: #","directives":{"#))
        let end = try #require(older[member.upperBound...].firstIndex(of: "}"))
        older.removeSubrange(member.lowerBound...end)
        #expect(try Limits.record.decode(Array(older.utf8)) == .standard)
    }

    @Test("S4 the whole cascade ends after four hours, but nobody is late before they heard")
    func cascadeLimit() throws {
        var cascade = try Cascade(downTo: .street)
        cascade.now = Town.noon + Self.hour * 3
        let third = try cascade.send(Cascade.relay(to: ["dq"]), by: Town.street)
        guard case .relayed(let relayed)? = third.first else { return #expect(Bool(false)) }
        #expect(relayed.relayBy == Town.noon + Self.hour * 4)
        #expect(relayed.ackBy == Town.noon + Self.hour * 5)
        cascade.now = Town.noon + Self.hour * 6
        let late = try cascade.send(Cascade.relay(to: ["xw"]), by: Town.street)
        guard case .relayed(let afterwards)? = late.first else { return #expect(Bool(false)) }
        #expect(afterwards.relayBy == Town.noon + Self.hour * 8)
    }

    @Test("S4 whoever does not acknowledge in time is on record, once, and may still do it")
    func ackOverdue() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        cascade.wait(Self.hour * 2)
        let late = cascade.addressedEvents.compactMap { event -> Addressee? in
            if case .ackOverdue(let payload) = event { payload.addressee } else { nil }
        }
        #expect(late.sorted() == ["dq-03", "xw"])
        cascade.wait(Self.hour)
        let events = try cascade.send(Cascade.acknowledge("dq-03"), by: Cascade.neighbour)
        guard case .acknowledged(let acknowledged)? = events.first else { return #expect(Bool(false)) }
        #expect(acknowledged.isLate)
        #expect(cascade.status("dq-03") == .acknowledged)
        #expect(cascade.refusals.isEmpty)
    }

    @Test("S4 who passes it on late has acknowledged late")
    func lateRelay() throws {
        var cascade = try Cascade(downTo: .community)
        cascade.now = Town.noon + Self.hour * 3
        try cascade.send(Cascade.relay(to: ["dq-02", "dq-03"]), by: Town.head)
        let late = cascade.addressedEvents.compactMap { event -> Bool? in
            if case .acknowledged(let payload) = event, payload.addressee == "dq" { payload.isLate } else { nil }
        }
        #expect(late == [true])
    }

    @Test("S4 the place where a cascade stopped is on record, with those it did not reach")
    func relayBroken() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.relay(to: ["dq-02"]), by: Town.head)
        cascade.wait(Self.hour * 2)
        let broken = cascade.directiveEvents.compactMap { event -> RelayBroken? in
            if case .relayBroken(let payload) = event { payload } else { nil }
        }
        #expect(Set(broken.map(\.addressee)) == ["dq", "xw"])
        #expect(broken.first { $0.addressee == "dq" }?.missing == ["dq-03"])
        #expect(broken.first { $0.addressee == "xw" }?.missing == ["xw-01"])
        #expect(cascade.directive().holders["dq"]?.isBroken == true)
        let timers = cascade.policy.timers.count
        cascade.wait(Self.hour * 10)
        #expect(cascade.policy.timers.count == timers, "it is said once")
        #expect(cascade.refusals.isEmpty)
    }

    @Test("S4 who has passed it on to all below owes nothing, nor does the last level")
    func relayComplete() throws {
        var cascade = try Cascade(downTo: .grid)
        try cascade.send(Cascade.relay(to: ["xw-01"]), by: Town.otherHead)
        #expect(!cascade.policy.timers.contains { $0.command is RecordRelayBroken })
    }

    @Test("S4 a level that is named direct is not missing below, one that was only copied is")
    func directAndMissing() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq-02", "xw"], isDirect: true), by: Town.street)
        let broken = cascade.policy.timers.compactMap { $0.command as? RecordRelayBroken }
        #expect(broken.first { $0.territory == "he-s1" }?.missing == ["dq"])
        #expect(broken.first { $0.territory == "xw" }?.missing == ["xw-01"])
        #expect(broken.count == 2)
    }

    @Test("S4 of those who have it in one territory the office passes it on, a property company never")
    func whoOwesTheRelay() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq"]), by: Town.street)
        try cascade.send(Cascade.relay(to: ["dq/jindi", "dq/police"]), by: Town.head)
        let broken = cascade.policy.timers.compactMap { $0.command as? RecordRelayBroken }
        #expect(Set(broken.map { Addressee($0.territory, $0.party) }) == ["he-s1", "dq"])
    }

    @Test("R4.6 whoever said that it does not apply is chased for nothing")
    func inapplicable() throws {
        var cascade = try Cascade(downTo: .community, Cascade.issue(replyBy: Town.noon + Self.hour * 20))
        try cascade.send(Cascade.acknowledge("dq"), by: Town.head)
        try cascade.send(Cascade.inapplicable(), by: Town.head)
        #expect(!cascade.policy.timers.contains { $0.key.contains("/dq/") })
        #expect(cascade.policy.timers.contains { $0.key.contains("/xw/") })
        cascade.wait(Self.hour * 24)
        #expect(cascade.copy("dq").isAckOverdue == false)
        #expect(cascade.directive().holders["dq"]?.isBroken == false)
    }

    @Test("S4 whoever has not replied by the date is on record; a report, even in part, is a reply")
    func replyBy() throws {
        var cascade = try Cascade(downTo: .acknowledged, Cascade.issue(replyBy: Town.noon + Self.hour * 20))
        try cascade.send(Cascade.execute(100), by: Town.gridWorker)
        cascade.wait(Self.hour * 20)
        #expect(cascade.copy("dq-02").isReplyOverdue == false)
        #expect(cascade.copy("dq-03").isReplyOverdue)
        try cascade.send(Cascade.acknowledge("dq-03"), by: Cascade.neighbour)
        cascade.wait(.seconds(1))
        let events = try cascade.send(Cascade.execute(20, in: "dq-03"), by: Cascade.neighbour)
        guard case .executed(let executed)? = events.first else { return #expect(Bool(false)) }
        #expect(executed.isLate)
    }

    @Test("R4.5 an amendment starts the clocks anew for everybody")
    func amendment() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        cascade.wait(Self.hour)
        try cascade.send(Cascade.amend(), by: Town.district)
        let due = cascade.policy.timers.filter { $0.command is RecordAckOverdue }.map(\.due)
        #expect(due == Array(repeating: Town.noon + Self.hour * 3, count: 5))
        cascade.wait(Self.hour * 2)
        #expect(cascade.copy("dq-02").isAckOverdue, "who had acknowledged the first version, too")
    }

    @Test("S4 after a recall or a supersession nobody is chased", arguments: [true, false])
    func ended(isRecall: Bool) throws {
        var cascade = try Cascade(downTo: .grid, Cascade.issue(replyBy: Town.noon + Self.hour * 20))
        if isRecall {
            try cascade.send(Cascade.recall(), by: Town.district)
        } else {
            let next = Cascade.issue("D-2", to: ["he/police"], supersedes: "D-1")
            try cascade.send(next, by: Town.district)
        }
        #expect(!cascade.policy.timers.contains { $0.key.contains("/D-1/") })
    }

    @Test("R0.5 a timer is accepted at its time and not before, and does nothing when it comes twice or too late")
    func timersFire() throws {
        var cascade = try Cascade(downTo: .community, Cascade.issue(replyBy: Town.noon + Self.hour * 5))
        let timers = cascade.policy.timers.filter { $0.key.contains("/dq/") }
        #expect(timers.count == 3)
        let due = Town.noon + Self.hour * 2
        let ack = RecordAckOverdue(directive: "D-1", territory: "dq", version: 1, dueAt: due)
        let relay = RecordRelayBroken(directive: "D-1", territory: "dq", missing: ["dq-02", "dq-03"], dueAt: due)
        let reply = RecordReplyOverdue(
            directive: "D-1",
            territory: "dq",
            version: 1,
            dueAt: Town.noon + Self.hour * 5
        )
        #expect(cascade.refusal(of: ack, by: Town.system) == "R0.5 too-early")
        #expect(cascade.refusal(of: relay, by: Town.system) == "R0.5 too-early")
        #expect(cascade.refusal(of: reply, by: Town.system) == "R0.5 too-early")
        cascade.now = Town.noon + Self.hour * 5
        #expect(try cascade.send(ack, by: Town.system).count == 1)
        #expect(try cascade.send(ack, by: Town.system).isEmpty)
        #expect(try cascade.send(relay, by: Town.system).count == 1)
        #expect(try cascade.send(relay, by: Town.system).isEmpty)
        #expect(try cascade.send(reply, by: Town.system).count == 1)
        #expect(try cascade.send(reply, by: Town.system).isEmpty)
    }

    @Test("R0.5 a relay that came while its timer fired leaves nothing to record")
    func overtaken() throws {
        var cascade = try Cascade(downTo: .grid)
        cascade.now = Town.noon + Self.hour * 2
        let relay = RecordRelayBroken(
            directive: "D-1",
            territory: "dq",
            missing: ["dq-02", "dq-03"],
            dueAt: Town.noon + Self.hour * 2
        )
        #expect(try cascade.send(relay, by: Town.system).isEmpty)
    }

    @Test("S4 what the policy does twice is done once")
    func twice() throws {
        var cascade = try Cascade(downTo: .grid)
        var policy = DirectivePolicy()
        for fact in cascade.facts {
            policy.evolve(fact)
            for case .issue(let command, let actor, _) in policy.reactions(to: fact) {
                if let command = command as? any Command<AddressedDirective> {
                    #expect(try cascade.send(command, by: actor).isEmpty, "\(command)")
                }
            }
        }
    }

    @Test("S4 the keys of what the policy asks for are all different")
    func keys() throws {
        let cascade = try Cascade(downTo: .acknowledged)
        var policy = DirectivePolicy()
        var keys: [String] = []
        for fact in cascade.facts {
            policy.evolve(fact)
            for case .issue(_, _, let key) in policy.reactions(to: fact) { keys.append(key) }
        }
        #expect(Set(keys).count == keys.count)
        #expect(keys.count == 7, "five deliveries, two acknowledgements by relay")
    }
}

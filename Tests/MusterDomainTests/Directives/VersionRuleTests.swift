import EventSourcing
import MusterDomain
import Testing

/// Which version binds when, and what an amendment does: R4.4 and R4.5.
@Suite struct VersionRuleTests {
    /// 19 and 20 March 2020, at noon.
    private static let march19 = Timestamp(microseconds: 1_584_590_400_000_000)
    private static let march20 = march19 + day
    private static let day = Duration.seconds(86_400)

    // MARK: - Which version binds

    @Test("R4.4 the Han case: who came back on the 19th is not bound by the rule of the 20th")
    func han() throws {
        var cascade = Cascade()
        cascade.now = Self.march19 - Self.day * 10
        for actor in [Town.district, Town.street] { cascade.town.appoint(actor, from: cascade.now) }
        let fourCountries = Cascade.issue(body: "Central isolation from 4 countries.", effectiveFrom: cascade.now)
        try cascade.send(fourCountries, by: Town.district)
        cascade.now = Self.march19 - Self.day
        let all = "Central isolation from all countries."
        try cascade.send(Cascade.amend(all, effectiveFrom: Self.march20), by: Town.district)
        // Asked much later, of the days of then.
        cascade.now = Town.noon
        let directive = cascade.directive()
        #expect(directive.binding(at: Self.march19)?.version == 1)
        #expect(directive.binding(at: Self.march20 - .microseconds(1))?.version == 1)
        #expect(directive.binding(at: Self.march20)?.version == 2)
        #expect(directive.current?.version == 2)
        #expect(directive.binding(at: Self.march19 - Self.day * 11) == nil)
    }

    @Test("R4.4 an execution counts for the version that bound it, whatever has been issued since")
    func bindingOfActs() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        try cascade.send(Cascade.amend(effectiveFrom: Town.noon + Self.day), by: Town.district)
        cascade.now = Town.noon + .seconds(3_600)
        let before = try cascade.send(Cascade.execute(30), by: Town.gridWorker)
        guard case .executed(let first)? = before.first else { return #expect(Bool(false)) }
        #expect(first.version == 1)
        cascade.now = Town.noon + Self.day + .seconds(60)
        try cascade.send(Cascade.acknowledge("dq-02", version: 2), by: Town.gridWorker)
        let late = try cascade.send(Cascade.execute(40), by: Town.gridWorker, at: Town.noon + .seconds(7_200))
        guard case .executed(let second)? = late.first else { return #expect(Bool(false)) }
        #expect(second.version == 1, "reported late, done under the first version")
        let after = try cascade.send(Cascade.execute(5), by: Town.gridWorker)
        guard case .executed(let third)? = after.first else { return #expect(Bool(false)) }
        #expect(third.version == 2)
        #expect(cascade.copy("dq-02").executions.mapValues(\.count) == [1: 40, 2: 5])
    }

    @Test("R4.4 before it takes effect and after it has ended a directive binds nobody")
    func notInForce() throws {
        let issue = Cascade.issue(effectiveFrom: Town.noon + Self.day, effectiveTo: Town.noon + Self.day * 2)
        var cascade = try Cascade(downTo: .acknowledged, issue)
        #expect(cascade.refusal(of: Cascade.execute(1), by: Town.gridWorker) == "R4.4 not-in-force")
        cascade.now = Town.noon + Self.day
        #expect(cascade.refusal(of: Cascade.execute(1), by: Town.gridWorker) == nil)
        cascade.now = Town.noon + Self.day * 2
        #expect(cascade.refusal(of: Cascade.execute(1), by: Town.gridWorker) == "R4.4 not-in-force")
        let act = Town.noon + Self.day * 3 / 2
        #expect(cascade.refusal(of: Cascade.execute(1), by: Town.gridWorker, at: act) == nil)
        #expect(cascade.refusal(of: Cascade.relay(to: ["xw-01"]), by: Town.otherHead) == "R4.4 expired")
    }

    @Test("R4.4 nobody is bound before a directive was issued, whatever date it bears")
    func backdated() throws {
        let cascade = try Cascade(downTo: .street, Cascade.issue(effectiveFrom: Town.noon - Self.day * 30))
        #expect(cascade.directive().binding(at: Town.noon - Self.day) == nil)
        #expect(cascade.directive().binding(at: Town.noon)?.version == 1)
    }

    @Test("R4.4 an end before the beginning, or before the issue, is refused")
    func ends() throws {
        let cascade = Cascade()
        let reversed = Cascade.issue(effectiveFrom: Town.noon + Self.day, effectiveTo: Town.noon + Self.day)
        #expect(cascade.refusal(of: reversed, by: Town.district) == "R4.4 end-before-start")
        let over = Cascade.issue(effectiveFrom: Town.noon - Self.day * 2, effectiveTo: Town.noon - Self.day)
        #expect(cascade.refusal(of: over, by: Town.district) == "R4.4 end-before-start")
        let issued = try Cascade(downTo: .street)
        let amendment = Cascade.amend(effectiveTo: Town.noon)
        #expect(issued.refusal(of: amendment, by: Town.district) == "R4.4 end-before-start")
    }

    @Test("R4.4 whoever is reached after an amendment gets both versions, for the days of each")
    func lateComers() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.amend(effectiveFrom: Town.noon + Self.day), by: Town.district)
        let relay = Cascade.relay(to: ["dq-02"], version: 2, text: Cascade.text + "\nFourteen days.")
        try cascade.send(relay, by: Town.head)
        #expect(cascade.copy("dq-02").versions.map(\.version) == [1, 2])
        #expect(cascade.copy("dq-02").versions.binding(at: Town.noon)?.version == 1)
    }

    // MARK: - Amendments

    @Test("R4.5 an amendment opens the acknowledgement anew for everybody who has it")
    func reopens() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        try cascade.send(Cascade.households(120), by: Town.gridWorker)
        try cascade.send(Cascade.amend(), by: Town.district)
        for addressee: Addressee in ["he-s1", "dq", "xw", "dq-02", "dq-03"] {
            #expect(cascade.status(addressee) == .received, "\(addressee.text)")
        }
        #expect(cascade.copy("dq-02").households == nil)
        try cascade.send(Cascade.acknowledge("dq-02", version: 2), by: Town.gridWorker)
        #expect(cascade.status("dq-02") == .acknowledged)
    }

    @Test("R4.5 the version before is not acknowledged, declared or relayed any more")
    func oldVersion() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.amend(), by: Town.district)
        let code = "R4.5 not-current-version"
        #expect(cascade.refusal(of: Cascade.acknowledge("dq"), by: Town.head) == code)
        #expect(cascade.refusal(of: Cascade.inapplicable(), by: Town.head) == code)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.head) == code)
        let mixed = Cascade.relay(to: ["dq-02"], version: 2)
        #expect(cascade.refusal(of: mixed, by: Town.head) == "R4.1 text-changed")
    }

    @Test("R4.5 what binds now must have been acknowledged before it is reported as done")
    func acknowledgeAgain() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        try cascade.send(Cascade.amend(), by: Town.district)
        #expect(cascade.refusal(of: Cascade.execute(1), by: Town.gridWorker) == "R4.5 acknowledge-again")
    }

    @Test("R4.5 what did not apply is open again when the text is another")
    func inapplicableReopens() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.acknowledge("dq"), by: Town.head)
        try cascade.send(Cascade.inapplicable(), by: Town.head)
        try cascade.send(Cascade.amend(), by: Town.district)
        #expect(cascade.status("dq") == .received)
    }

    @Test("R4.5 an amendment that changes nothing is refused")
    func nothingChanged() throws {
        let cascade = try Cascade(downTo: .street)
        let same = Cascade.amend(Cascade.text)
        #expect(cascade.refusal(of: same, by: Town.district) == "R4.5 nothing-changed")
        let later = Cascade.amend(Cascade.text, replyBy: Town.noon + Self.day)
        #expect(cascade.refusal(of: later, by: Town.district) == nil)
    }

    @Test(
        "S4 only its issuer amends or recalls",
        arguments: [Town.street, Town.fire, Cascade.city, Cascade.otherDistrict]
    )
    func onlyIssuer(actor: Actor) throws {
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.amend(), by: actor) == "S4 not-issuer")
        #expect(cascade.refusal(of: Cascade.recall(), by: actor) == "S4 not-issuer")
    }

    @Test("S4 a time to reply by lies ahead")
    func replyBy() throws {
        let past = Cascade.issue(replyBy: Town.noon)
        #expect(Cascade().refusal(of: past, by: Town.district) == "S4 reply-by-past")
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.amend(replyBy: Town.noon), by: Town.district) == "S4 reply-by-past")
    }

    @Test("S4 there is an end to amending")
    func versions() throws {
        var cascade = try Cascade(downTo: .street)
        for number in 2...DirectiveVersion.maximumVersion {
            try cascade.send(Cascade.amend("Version \(number)."), by: Town.district)
        }
        #expect(cascade.copy("he-s1").current?.version == DirectiveVersion.maximumVersion)
        #expect(cascade.refusal(of: Cascade.amend(), by: Town.district) == "S4 too-many-versions")
    }
}

import EventSourcing
import MusterDomain
import Testing

/// How a directive goes down: R4.1 and R4.2.
@Suite struct RelayRuleTests {
    @Test("R4.1 the hash of a text is the SHA-256 of its UTF-8 bytes")
    func hash() {
        #expect(
            TextHash(of: "abc").rawValue == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(TextHash(of: "\u{E9}") != TextHash(of: "e\u{301}"), "they look alike and are not the same bytes")
        #expect(TextHash(rawValue: TextHash(of: Cascade.text).rawValue) == TextHash(of: Cascade.text))
    }

    @Test("R4.1 what is no hash is none", arguments: ["", "abc", String(repeating: "A", count: 64)])
    func noHash(text: String) { #expect(TextHash(rawValue: text) == nil) }

    @Test("R4.1 a relay carries the original by reference and hash")
    func original() throws {
        var cascade = try Cascade(downTo: .street)
        let events = try cascade.send(Cascade.relay(to: ["dq"]), by: Town.street)
        guard case .relayed(let relay)? = events.first else { return #expect(Bool(false)) }
        #expect(relay.directive == "D-1")
        #expect(relay.hash == TextHash(of: Cascade.text))
        #expect(cascade.copy("dq").current?.hash == relay.hash)
    }

    @Test("R4.1 a relay of another text is refused, were it one letter")
    func changedText() throws {
        let cascade = try Cascade(downTo: .street)
        let changed = Cascade.relay(to: ["dq"], text: Cascade.text + " Nobody may leave.")
        #expect(cascade.refusal(of: changed, by: Town.street) == "R4.1 text-changed")
    }

    @Test("R4.1 a local note stands beside the text, which stays as it is on every level")
    func note() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq"], note: "By Friday, please."), by: Town.street)
        try cascade.send(Cascade.relay(to: ["dq-02"]), by: Town.head)
        let notes = cascade.addressedEvents.compactMap { event -> String?? in
            if case .received(let payload) = event { payload.note } else { nil }
        }
        #expect(notes == [nil, "By Friday, please.", nil])
        #expect(cascade.copy("dq-02").current?.hash == TextHash(of: Cascade.text))
    }

    @Test("R4.2 a relay goes to own children, and who relays has acknowledged by that")
    func children() throws {
        let cascade = try Cascade(downTo: .grid)
        #expect(cascade.status("dq-02") == .received)
        #expect(cascade.status("xw") == .received)
        #expect(cascade.status("dq") == .acknowledged)
        #expect(cascade.status("he-s1") == .acknowledged)
        #expect(cascade.copy("dq-02").receipt?.from == "dq")
        #expect(cascade.copy("dq-02").receipt?.hop == 3)
        #expect(cascade.refusals.isEmpty)
    }

    @Test("R4.2 a relay to somebody else's children is refused", arguments: ["xw-01", "bt", "bt/sj-police"])
    func notOwnChild(target: String) throws {
        let cascade = try Cascade(downTo: .community)
        let relay = Cascade.relay(to: [Addressee(stringLiteral: target)], isDirect: true)
        #expect(cascade.refusal(of: relay, by: Town.head) == "R4.2 not-own-child")
    }

    @Test("R4.2 an issuer addresses only what lies below it")
    func foreignAudience() {
        let cascade = Cascade()
        #expect(cascade.refusal(of: Cascade.issue(to: ["bt"]), by: Town.district) == "R4.2 not-own-child")
        #expect(cascade.refusal(of: Cascade.issue(to: ["xw"]), by: Town.head) == "R4.2 not-own-child")
    }

    @Test("R4.2 skipping a level is refused without the flag")
    func skipped() throws {
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.street) == "R4.2 level-skipped")
        #expect(cascade.refusal(of: Cascade.issue("D-2", to: ["dq"]), by: Town.district) == "R4.2 level-skipped")
    }

    @Test("R4.2 what is direct may skip a level, which gets a copy")
    func direct() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq-02"], isDirect: true), by: Town.street)
        #expect(cascade.status("dq-02") == .received)
        #expect(cascade.status("dq") == .copied)
        #expect(cascade.copy("dq").ackBy == nil)
    }

    @Test("R4.2 every level that is skipped gets a copy, once, and none of those who get it anyhow")
    func copies() throws {
        var cascade = Cascade()
        let issue = Cascade.issue(to: ["dq-02", "dq-03", "xw", "xw-01"], isDirect: true)
        let events = try cascade.send(issue, by: Town.district)
        guard case .issued(let issued)? = events.first else { return #expect(Bool(false)) }
        #expect(issued.copies == ["dq", "he-s1"])
        #expect(cascade.statuses() == [.copied: 2, .received: 4])
    }

    @Test("R4.2 who has a copy neither acknowledges nor reports nor relays")
    func copyHasNoDuty() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq-02"], isDirect: true), by: Town.street)
        #expect(cascade.refusal(of: Cascade.acknowledge("dq"), by: Town.head) == "R4.2 for-information")
        #expect(cascade.refusal(of: Cascade.execute(3, in: "dq"), by: Town.head) == "R4.2 for-information")
        #expect(cascade.refusal(of: Cascade.inapplicable(), by: Town.head) == "R4.2 for-information")
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-03"]), by: Town.head) == "R4.2 for-information")
    }

    @Test("R4.2 a level with a copy may still get it in the ordinary way")
    func copyThenRelay() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq-02"], isDirect: true), by: Town.street)
        try cascade.send(Cascade.relay(to: ["dq"]), by: Town.street)
        #expect(cascade.status("dq") == .received)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-03"]), by: Town.head) == nil)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.head) == "R4.2 relayed-already")
    }

    @Test("R4.2 a loop in the hierarchy is refused", arguments: ["he", "he-s1", "dq", "sj", "dq/dq-committee"])
    func loop(target: String) throws {
        let cascade = try Cascade(downTo: .community)
        let relay = Cascade.relay(to: [Addressee(stringLiteral: target)], isDirect: true)
        #expect(cascade.refusal(of: relay, by: Town.head) == "R4.2 loop")
    }

    @Test("R4.2 an issuer does not address itself or its own office")
    func issuerLoop() {
        let cascade = Cascade()
        #expect(cascade.refusal(of: Cascade.issue(to: ["he"]), by: Town.district) == "R4.2 loop")
        #expect(cascade.refusal(of: Cascade.issue(to: ["he/he-district"]), by: Town.district) == "R4.2 loop")
        #expect(cascade.refusal(of: Cascade.issue(to: ["he/police"]), by: Town.fire) == "R4.2 not-own-child")
    }

    @Test("R4.2 nobody gets it twice")
    func twice() throws {
        let cascade = try Cascade(downTo: .community)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq"]), by: Town.street) == "R4.2 relayed-already")
    }

    @Test("R4.2 a relay may come in parts")
    func parts() throws {
        var cascade = try Cascade(downTo: .street)
        try cascade.send(Cascade.relay(to: ["dq"]), by: Town.street)
        try cascade.send(Cascade.relay(to: ["xw"]), by: Town.street)
        #expect(cascade.status("xw") == .received)
        #expect(cascade.refusals.isEmpty)
    }

    @Test("R4.2 an office hands a directive to parties of its own territory, as a property company to execute")
    func ownParties() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.relay(to: ["dq/jindi", "dq-02"]), by: Town.head)
        try cascade.send(Cascade.acknowledge("dq/jindi"), by: Town.property)
        #expect(cascade.status("dq/jindi") == .acknowledged)
        #expect(cascade.refusal(of: Cascade.acknowledge("dq/jindi"), by: Town.head) == "S4 not-addressee")
    }

    @Test("R4.2 a directive ends at its last level; households are reported by number")
    func belowAudience() throws {
        var cascade = try Cascade(downTo: .community, Cascade.issue(downTo: .community))
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.head) == "R4.2 below-audience")
        cascade.town.define("dq-02-b7", .building, in: "dq-02")
        let issue = Cascade.issue("D-2", to: ["dq-02-b7"], isDirect: true)
        #expect(cascade.refusal(of: issue, by: Town.district) == "R4.2 below-audience")
    }

    @Test("R4.2 a territory or party that nobody knows is none")
    func unknown() throws {
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-99"]), by: Town.street) == "S2 territory-unknown")
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq/nobody"]), by: Town.street) == "S1 party-unknown")
    }

    @Test("R1.1 a property company executes and reports, and neither issues nor relays")
    func property() throws {
        let cascade = try Cascade(downTo: .community)
        #expect(cascade.refusal(of: Cascade.issue("D-2", to: ["dq-02"]), by: Town.property) == "R1.1 property-orders")
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.property) == "R1.1 property-orders")
    }

    @Test("R4.2 a grid worker relays to nobody, an NGO neither")
    func lastLevel() throws {
        let cascade = try Cascade(downTo: .grid)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-03"]), by: Town.gridWorker) == "R4.2 role-not-allowed")
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-03"]), by: Town.ngo) == "R4.2 role-not-allowed")
    }

    @Test("R4.2 only who has it relays, in person")
    func relayOfOthers() throws {
        let cascade = try Cascade(downTo: .street)
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: Town.head) == "S4 not-addressed")
        let elsewhere = Actor(person: "head-dq", party: "dq-committee", role: .communityHead, territory: "dq-02")
        #expect(cascade.refusal(of: Cascade.relay(to: ["dq-02"]), by: elsewhere) == "S4 not-addressed")
    }

    @Test("R4.2 the issuer may add addressees later")
    func issuerRelays() throws {
        var cascade = Cascade()
        try cascade.send(Cascade.issue(to: ["he"]), by: Cascade.city)
        try cascade.send(Cascade.relay(to: ["bt"]), by: Cascade.city)
        #expect(cascade.copy("bt").receipt?.hop == 1)
        #expect(cascade.status("bt") == .received)
    }
}

import EventSourcing
import MusterDomain
import Records
import Testing

/// Whom a directive is brought to as a task.
@Suite struct DirectiveDeliveryTests {
    private func told(_ cascade: Cascade) -> Deliveries {
        var deliveries = Deliveries(of: DirectiveDeliveryPolicy(), in: cascade.town)
        deliveries.take(cascade.facts)
        return deliveries
    }

    private func lines(_ cascade: Cascade) -> [String] {
        told(cascade).sent.map { "\($0.kind.rawValue) \($0.party)" }
    }

    @Test("S4 it comes to the party that runs the territory, with title, text, hash and limit")
    func content() throws {
        let delivery = try #require(told(try Cascade(downTo: .street)).sent.first)
        #expect(delivery.party == "street-1")
        #expect(delivery.about == .directive("D-1"))
        #expect(delivery.words.en == "Directive: Those who come back stay at home, he-s1")
        let task = try DirectiveDelivery.record.decode(delivery.payload)
        #expect(
            task
                == DirectiveDelivery(
                    directive: "D-1",
                    kind: .directive,
                    title: "Those who come back stay at home",
                    territory: "he-s1",
                    version: 1,
                    hash: TextHash(of: Cascade.text),
                    text: Cascade.text,
                    due: Town.noon + .seconds(7_200)
                )
        )
    }

    @Test("S4 it goes on from house to house, and no house is told what it passes on within itself")
    func hops() throws {
        #expect(
            lines(try Cascade(downTo: .acknowledged)) == [
                "directive street-1", "directive dq-committee", "directive xw-committee",
            ]
        )
    }

    @Test("S4 a party that is named is told itself, with the note of whoever passed it on")
    func party() throws {
        var cascade = Cascade()
        try cascade.send(Cascade.issue(to: ["he/fire", "he-s1"]), by: Town.district)
        try cascade.send(Cascade.relay(to: ["dq"], note: "Call us."), by: Town.street)
        let sent = told(cascade).sent
        #expect(sent.map(\.party) == ["fire", "street-1", "dq-committee"])
        let first = try DirectiveDelivery.record.decode(sent[0].payload)
        #expect(first.territory == "he" && first.party == "fire" && first.note == nil)
        #expect(try DirectiveDelivery.record.decode(sent[2].payload).note == "Call us.")
    }

    @Test("R4.2 a level that was skipped is told for its information")
    func copies() throws {
        var cascade = Cascade()
        try cascade.send(Cascade.issue(to: ["dq"], isDirect: true), by: Town.district)
        let sent = told(cascade).sent
        #expect(sent.map(\.party) == ["dq-committee", "street-1"])
        let copy = try DirectiveDelivery.record.decode(sent[1].payload)
        #expect(copy.isCopy && copy.due == nil)
    }

    @Test("R4.5 an amendment is told to all who have it, with the text that holds now")
    func amendment() throws {
        var cascade = try Cascade(downTo: .community)
        let before = cascade.facts.count
        try cascade.send(Cascade.amend(), by: Town.district)
        var deliveries = Deliveries(of: DirectiveDeliveryPolicy(), in: cascade.town)
        deliveries.take(cascade.facts[..<before])
        let amended = deliveries.take(cascade.facts[before...])
        #expect(
            amended.sorted() == [
                "directive-amended dq-committee", "directive-amended street-1", "directive-amended xw-committee",
            ]
        )
        let delivery = try #require(deliveries.sent.last)
        let task = try DirectiveDelivery.record.decode(delivery.payload)
        #expect(task.version == 2 && task.text.hasSuffix("Fourteen days.") && task.hash == TextHash(of: task.text))
        #expect(task.note == "The incubation period is known now.")
        #expect(task.due == Town.noon + .seconds(7_200))
    }

    @Test("R4.1 a text that was amended on its way is not told any more: the amendment is")
    func amendedOnTheWay() throws {
        var cascade = Cascade()
        try cascade.sendAlone(Cascade.issue(), by: Town.district)
        try cascade.sendAlone(Cascade.amend(), by: Town.district)
        cascade.settle()
        #expect(cascade.status("he-s1") == .received)
        #expect(lines(cascade) == ["directive-amended street-1"])
    }

    @Test("S4 F8: a recall is told to everybody who was told the directive, once, and then nothing is kept of it")
    func recall() throws {
        var cascade = try Cascade(downTo: .community)
        let before = cascade.facts.count
        try cascade.send(Cascade.relay(to: ["dq-02"]), by: Town.head)
        try cascade.send(Cascade.recall(), by: Town.district)
        var deliveries = Deliveries(of: DirectiveDeliveryPolicy(), in: cascade.town)
        deliveries.take(cascade.facts[..<before])
        let told = deliveries.take(cascade.facts[before...])
        #expect(
            told.sorted() == [
                "directive-recalled dq-committee", "directive-recalled street-1", "directive-recalled xw-committee",
            ]
        )
        let task = try DirectiveDelivery.record.decode(try #require(deliveries.sent.last).payload)
        #expect(task.text == "Sent to the wrong street." && task.due == nil)
        let other = ContradictionFound(directive: "D-9", with: "D-8", kind: .overlap)
        deliveries.take([.test(.directive(.contradictionFound(other)))])
        #expect(deliveries.held(in: "briefs") == 0)
        #expect(deliveries.held(in: "ending") == 0)
    }

    @Test("S4 who has a directive is told which one stands in its place, and from when on")
    func supersession() throws {
        var cascade = try Cascade(downTo: .street)
        let from = Town.noon + .seconds(3_600)
        try cascade.send(Cascade.issue("D-2", effectiveFrom: from, supersedes: "D-1"), by: Town.district)
        let sent = told(cascade).sent
        #expect(
            sent.map { "\($0.kind.rawValue) \($0.about.name)" }.sorted() == [
                "directive D-1", "directive D-2", "directive-superseded D-1",
            ]
        )
        let told = try #require(sent.first { $0.kind == .directiveSuperseded })
        #expect(try DirectiveDelivery.record.decode(told.payload).text.contains("D-2 stands in its place"))
    }

    @Test("S4 an overdue receipt is told to whoever passed the directive on")
    func overdue() throws {
        var cascade = try Cascade(downTo: .community)
        try cascade.send(Cascade.acknowledge("xw"), by: Town.otherHead)
        cascade.wait(.seconds(7_200))
        let overdue = told(cascade).sent.filter { $0.kind == .receiptOverdue }
        #expect(overdue.map(\.party) == ["street-1"])
        let task = try DirectiveDelivery.record.decode(try #require(overdue.first).payload)
        #expect(task.territory == "dq")
        #expect(task.text == "dq has not acknowledged it. · dq 逾期未签收。")
    }

    @Test("S4 a grid without a worker is told at its community")
    func vacancy() throws {
        var cascade = Cascade()
        cascade.town.define("dq-04", .grid, in: "dq")
        try cascade.send(Cascade.issue(to: ["dq-04"], isDirect: true), by: Town.district)
        #expect(lines(cascade).first == "directive dq-committee")
    }

    @Test("S4 the longest text is cut and no task too large; its hash is that of the whole")
    func longText() throws {
        let body = String(repeating: "\u{1F692}", count: 20_000)
        var cascade = Cascade()
        try cascade.send(Cascade.issue(body: body), by: Town.district)
        let delivery = try #require(told(cascade).sent.first)
        #expect(delivery.payload.count < 65_536)
        let task = try DirectiveDelivery.record.decode(delivery.payload)
        #expect(task.text.unicodeScalars.count == DirectiveDelivery.maximumText)
        #expect(task.hash == TextHash(of: body))
    }

    @Test("S4 of a directive whose time has passed no text is kept, and an amendment is told all the same")
    func expired() throws {
        var cascade = Cascade()
        let end = Town.noon + .seconds(3_600)
        try cascade.send(Cascade.issue(effectiveTo: end), by: Town.district)
        cascade.wait(.seconds(3_600))
        try cascade.send(Cascade.issue("D-2", subject: "masks", effectiveFrom: cascade.now), by: Town.district)
        try cascade.send(Cascade.amend(effectiveFrom: cascade.now), by: Town.district)
        #expect(lines(cascade) == ["directive street-1", "directive street-1", "directive-amended street-1"])
    }

    @Test("S4 what is told has keys of its own, and can be read by the party's system")
    func keys() throws {
        var cascade = try Cascade(downTo: .acknowledged)
        cascade.wait(.seconds(7_200))
        try cascade.send(Cascade.amend(), by: Town.district)
        try cascade.send(Cascade.recall(), by: Town.district)
        let sent = told(cascade).sent
        #expect(Set(sent.map(\.key)).count == sent.count)
        for delivery in sent {
            #expect(delivery.key.utf8.count <= 200)
            #expect(TaskSubject(payload: delivery.payload) == .directive("D-1"))
            #expect(throws: Never.self) { try DirectiveDelivery.record.decode(delivery.payload) }
        }
    }
}

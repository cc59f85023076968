import EventSourcing
import MusterDomain
import Records
import Testing

/// What may be a measure at all, who may issue and end one, and whom it binds.
@Suite struct MeasureRuleTests {
    static let forbidden = MeasureKind.allCases.filter(\.isForbidden)

    @Test("R1.1 flow F3: a property company's measure “no tenants” is refused as an order of property")
    func propertyBarsTenants() {
        let measure = IssueMeasure(
            measure: "no-tenants",
            kind: .barringTenants,
            territory: "dq",
            legalBasis: "House rules",
            from: Town.noon,
            to: Town.noon + Office.day
        )
        let refusal = Office().refusal(of: measure, by: Town.property)
        #expect(refusal?.code == "R1.1 property-orders")
        #expect(refusal?.kind == .forbidden)
        #expect(refusal?.advice?.en.contains("community") == true)
    }

    @Test("R1.1 a property company neither proposes, approves, repeals nor requisitions")
    func propertyNeverDecides() throws {
        let office = try Office.limited()
        #expect(office.code(of: Office.local(), by: Town.property) == "R1.1 property-orders")
        let approve = ApproveLocalMeasure(measure: "local")
        #expect(office.code(of: approve, by: Town.property) == "R1.1 property-orders")
        let repeal = RepealMeasure(measure: "limit", reason: "No.")
        #expect(office.code(of: repeal, by: Town.property) == "R1.1 property-orders")
        let take = RequisitionAsset(
            asset: "hall-1",
            what: "Hall",
            owner: "jindi",
            territory: "dq",
            from: Town.noon
        )
        #expect(office.code(of: take, by: Town.property) == "R1.1 property-orders")
    }

    @Test("R1.4 doors, roads, tenants, medical staff, identities and the phone-less: six kinds are never allowed")
    func sixKinds() { #expect(Self.forbidden.count == 6) }

    @Test(
        "R1.4 a forbidden kind is refused to every office, as a measure and as a local one",
        arguments: MeasureRuleTests.forbidden
    )
    func forbiddenKinds(kind: MeasureKind) throws {
        let office = try Office.limited()
        for actor in [Town.district, Town.street, Town.head] {
            let measure = IssueMeasure(
                measure: "never",
                kind: kind,
                territory: "dq",
                legalBasis: "Any law",
                from: Town.noon,
                to: Town.noon + Office.day
            )
            let refusal = office.refusal(of: measure, by: actor)
            #expect(refusal?.code == "R1.4 kind-forbidden")
            #expect(refusal?.kind == .forbidden)
            #expect(refusal?.words.en.hasPrefix(kind.words.en) == true)
        }
        #expect(office.code(of: Office.local(kind: kind), by: Town.head) == "R1.4 kind-forbidden")
    }

    @Test("R1.3 a measure has a legal basis, an end after its start, and an end still to come")
    func basisAndTimes() {
        let office = Office()
        #expect(office.code(of: Office.limit(legalBasis: nil), by: Town.district) == "R1.3 no-legal-basis")
        #expect(office.code(of: Office.limit(to: nil), by: Town.district) == "R1.3 no-end")
        #expect(office.code(of: Office.limit(to: Town.noon), by: Town.district) == "R1.3 end-before-start")
        let past = Office.limit(from: Town.noon - Office.day * 2, to: Town.noon - Office.day)
        #expect(office.code(of: past, by: Town.district) == "R1.3 over-already")
        #expect(office.code(of: Office.limit(), by: Town.district) == nil)
    }

    @Test("R1.3 a measure names a territory that its issuer covers")
    func territory() {
        #expect(Office().code(of: Office.limit(territory: "atlantis"), by: Town.district) == "S2 territory-unknown")
        #expect(Office().code(of: Office.limit(territory: "xw"), by: Town.head) == "S1 outside-territory")
    }

    @Test("S1 a measure's name is used once")
    func nameOnce() throws {
        #expect(try Office.limited().code(of: Office.limit(), by: Town.district) == "S1 measure-exists")
    }

    @Test("R1.2 figures belong to the kind, and the range for lower levels holds the measure's own")
    func figures() {
        let office = Office()
        let nothing = Office.limit(figure: nil)
        #expect(office.code(of: nothing, by: Town.district) == "R1.2 figure-missing")
        let crossed = Office.limit(figure: 50, mildest: 40)
        #expect(office.code(of: crossed, by: Town.district) == "R1.2 range-crossed")
        let inverted = Office.limit(figure: 50, strictest: 60)
        #expect(office.code(of: inverted, by: Town.district) == "R1.2 range-crossed")
        let hours = IssueMeasure(
            measure: "closed",
            kind: .venueClosure,
            territory: "he",
            legalBasis: "Article 5",
            from: Town.noon,
            to: Town.noon + Office.day,
            figure: 25
        )
        #expect(office.code(of: hours, by: Town.district) == "R1.2 figure-outside")
        let bare = Office.limit(figure: nil, mildest: nil, strictest: nil)
        #expect(office.code(of: bare, by: Town.district) == nil)
    }

    @Test(
        "R1.2 which of two figures is stricter, and what it says, depends on the kind",
        arguments: [
            (MeasureKind.gatheringLimit, 10, 50, "at most 10 people"), (.entryCheck, 2, 1, "everybody is checked"),
            (.venueClosure, 12, 6, "closed 12 hours a day"), (.disinfection, 3, 2, "3 times a day"),
        ]
    )
    func strictness(kind: MeasureKind, strict: Int, mild: Int, words: String) {
        #expect(kind.isStricter(strict, than: mild))
        #expect(!kind.isStricter(mild, than: strict))
        #expect(!kind.isStricter(mild, than: mild))
        #expect(kind.words(for: strict).en == words)
    }

    @Test("R1.2 a lower level issues nothing of its own where a level above has ruled")
    func ruledAbove() throws {
        let office = try Office.limited()
        let own = Office.limit("own", territory: "dq", figure: 10, mildest: nil, strictest: nil)
        let refusal = office.refusal(of: own, by: Town.head)
        #expect(refusal?.code == "R1.2 ruled-above")
        #expect(refusal?.words.en.contains("limit of he-district") == true)
        #expect(refusal?.words.en.contains("at most 50 people") == true)
        #expect(office.code(of: own, by: Town.street) == "R1.2 ruled-above")
        let later = Office.limit(
            "own",
            territory: "dq",
            from: Town.noon + Office.day * 10,
            to: Town.noon + Office.day * 11
        )
        #expect(office.code(of: later, by: Town.head) == nil, "the measure above is over then")
    }

    @Test("R1.2 a lower level does not widen what was ordered for a part of its ground")
    func widened() throws {
        var office = Office()
        try office.send(Office.limit(territory: "dq-02"), by: Town.district)
        let all = Office.limit("all", territory: "dq")
        #expect(office.code(of: all, by: Town.head) == "R1.2 wider-than-parent")
    }

    @Test("R1.2 what lower levels issued before is told as an escalation when a level above now allows less")
    func escalationFound() throws {
        var office = Office()
        let strict = Office.limit("strict", territory: "dq", figure: 10, mildest: nil, strictest: nil)
        try office.send(strict, by: Town.head)
        let mild = Office.limit("mild", territory: "xw", figure: 40, mildest: nil, strictest: nil)
        try office.send(mild, by: Town.otherHead)
        let events = try office.send(Office.limit(), by: Town.district)
        let found = EscalationOfMeasureDetected(
            measure: "strict",
            parent: "limit",
            party: "dq-committee",
            kind: .gatheringLimit,
            territory: "dq",
            figure: 10,
            strictest: 20
        )
        #expect(events.dropFirst() == [.escalationDetected(found)])
    }

    @Test("R1.2 its issuer or a level above repeals a measure, nobody else")
    func repeal() throws {
        var office = Office()
        try office.send(Office.limit("own", territory: "dq"), by: Town.head)
        let repeal = RepealMeasure(measure: "own", reason: "Over.")
        let refusal = office.refusal(of: repeal, by: Town.otherHead)
        #expect(refusal?.code == "R1.2 not-issuer")
        #expect(refusal?.advice?.en.contains("dq-committee") == true)
        #expect(office.code(of: repeal, by: Town.street) == nil)
        #expect(office.code(of: repeal, by: Town.district) == nil)
        office.wait(.seconds(60))
        try office.send(repeal, by: Town.head)
        #expect(office.inForce(.gatheringLimit, in: "dq-02").isEmpty)
        #expect(office.inForce(.gatheringLimit, in: "dq-02", at: Town.noon) == ["own"], "it held until then")
        #expect(office.code(of: repeal, by: Town.head) == "R1.2 measure-repealed")
        let unknown = RepealMeasure(measure: "nothing", reason: "Over.")
        #expect(office.code(of: unknown, by: Town.head) == "S1 no-such-measure")
    }

    @Test("R1.2 a lower office does not repeal what a higher one issued")
    func repealFromBelow() throws {
        let repeal = RepealMeasure(measure: "limit", reason: "Too strict.")
        #expect(try Office.limited().code(of: repeal, by: Town.head) == "R1.2 not-issuer")
    }

    @Test("S1 whoever it concerns challenges a measure; the issuer repeals it instead")
    func challenge() throws {
        var office = Office()
        try office.send(Office.limit(territory: "dq"), by: Town.head)
        let challenge = ChallengeMeasure(challenge: "C-1", measure: "limit", text: "It has no ground.")
        #expect(office.code(of: challenge, by: Town.head) == "S1 own-measure")
        #expect(office.code(of: challenge, by: Town.otherGridWorker) == "S1 not-concerned")
        #expect(try office.send(challenge, by: Town.resident).count == 1)
        #expect(office.code(of: challenge, by: Town.property) == "S1 challenge-exists")
        let other = ChallengeMeasure(challenge: "C-2", measure: "limit", text: "We cannot count people.")
        #expect(office.code(of: other, by: Town.property) == nil, "a property company may report")
        let unknown = ChallengeMeasure(challenge: "C-3", measure: "nothing", text: "No.")
        #expect(office.code(of: unknown, by: Town.resident) == "S1 no-such-measure")
        #expect(office.inForce(.gatheringLimit, in: "dq") == ["limit"], "a challenge decides nothing")
        try office.send(RepealMeasure(measure: "limit", reason: "True."), by: Town.head)
        #expect(office.code(of: other, by: Town.property) == "R1.2 measure-repealed")
    }

    @Test("S1 an owners' committee challenges what holds where its owners live, and orders nothing")
    func ownersCommittee() throws {
        var office = Office()
        let delegate = Actor(person: "owner-9", party: "dq-owners", role: .ownersDelegate, territory: "dq")
        office.town.register("dq-owners", .ownersCommittee)
        office.town.appoint(delegate)
        try office.send(Office.limit(territory: "dq"), by: Town.head)
        let challenge = ChallengeMeasure(challenge: "C-1", measure: "limit", text: "The owners were not heard.")
        #expect(try office.send(challenge, by: delegate).count == 1)
        #expect(office.code(of: Office.limit("of-owners", territory: "dq"), by: delegate) == "R1.1 role-not-allowed")
        let asPropertyManager = Actor(person: "owner-9", party: "dq-owners", role: .propertyManager, territory: "dq")
        #expect(office.code(of: challenge, by: asPropertyManager) == "S1 no-post")
        let appointment = AppointPerson(
            person: "owner-9",
            role: .propertyManager,
            party: "dq-owners",
            territory: "dq",
            from: Town.noon
        )
        #expect(office.code(of: appointment, by: Town.administrator) == "S1 role-not-of-party")
    }

    @Test("R1.7 the measure in force at the time of the act decides, the smallest ground first")
    func inForceThen() throws {
        var office = try Office.limited()
        try office.send(Office.local(), by: Town.head)
        let late = office.town.context(of: Town.head, occurredAt: Town.noon + Office.day * 2)
        let then = office.town.context(of: Town.head, occurredAt: Town.noon)
        #expect(then.measure(.gatheringLimit, in: "dq-02")?.id == "local")
        #expect(late.measure(.gatheringLimit, in: "dq-02")?.id == "limit")
        #expect(then.measure(.entryCheck, in: "dq-02") == nil)
        #expect(office.inForce(.gatheringLimit, in: "dq-02") == ["local", "limit"])
        #expect(office.inForce(.gatheringLimit, in: "xw-01") == ["limit"])
    }
}

import EventSourcing
import MusterDomain
import Records
import Testing

/// Carrying measures out as they are, and things taken into use by law.
@Suite struct AdoptionTests {
    @Test("R1.1 a property company carries a measure out as it is, and reports that it does")
    func propertyAdopts() throws {
        var office = try Office.limited()
        let events = try office.send(Self.adopt(), by: Town.property)
        let adopted = MeasureAdopted(
            measure: "limit",
            party: "jindi",
            territory: "dq-02",
            from: Town.noon,
            to: Town.noon + Office.day * 10
        )
        #expect(events == [.measureAdopted(adopted)])
        #expect(office.code(of: Self.adopt(figure: 50), by: Town.property) == "S1 adopted-already")
        #expect(office.code(of: Self.adopt(territory: "dq", figure: 50), by: Town.property) == nil)
    }

    @Test("R1.1 a property company never widens a measure")
    func propertyWidens() throws {
        var office = Office()
        try office.send(Office.limit(territory: "dq-02"), by: Town.district)
        let refusal = office.refusal(of: Self.adopt(territory: "dq"), by: Town.property)
        #expect(refusal?.code == "R1.1 property-widens")
        #expect(refusal?.kind == .forbidden)
        #expect(refusal?.advice?.en.contains("he-district") == true)
    }

    @Test("R1.1 a property company never extends a measure, forwards or backwards")
    func propertyExtends() throws {
        let office = try Office.limited()
        let longer = Self.adopt(to: Town.noon + Office.day * 10 + .seconds(1))
        #expect(office.code(of: longer, by: Town.property) == "R1.1 property-extends")
        let earlier = Self.adopt(from: Town.noon - .seconds(1))
        #expect(office.code(of: earlier, by: Town.property) == "R1.1 property-extends")
    }

    @Test("R1.1 a property company neither tightens nor alters a measure, even inside the range for lower levels")
    func propertyTightens() throws {
        let office = try Office.limited()
        let refusal = office.refusal(of: Self.adopt(figure: 30), by: Town.property)
        #expect(refusal?.code == "R1.1 property-tightens")
        #expect(refusal?.words.en.contains("at most 50 people") == true)
        #expect(office.code(of: Self.adopt(figure: 60), by: Town.property) == "R1.1 property-alters")
    }

    @Test("R1.2 an office adopts as issued; what differs is a local measure")
    func officeAdopts() throws {
        var office = try Office.limited()
        let other = Self.adopt(party: "dq-committee", territory: "dq", figure: 30)
        let refusal = office.refusal(of: other, by: Town.head)
        #expect(refusal?.code == "R1.2 not-as-issued")
        #expect(refusal?.advice?.en.contains("local measure") == true)
        try office.send(RepealMeasure(measure: "limit", reason: "Over."), by: Town.district)
        try office.send(Office.limit("small", territory: "dq-02"), by: Town.district)
        let wide = Self.adopt("small", party: "dq-committee", territory: "dq")
        #expect(office.code(of: wide, by: Town.head) == "R1.2 wider-than-parent")
        let long = Self.adopt("small", party: "dq-committee", to: Town.noon + Office.day * 11)
        #expect(office.code(of: long, by: Town.head) == "R1.2 longer-than-parent")
    }

    @Test("R1.2 nobody adopts what is not approved, repealed or over, nor for another party")
    func nothingToAdopt() throws {
        var office = try Office.limited()
        try office.send(Office.local(figure: 10), by: Town.head)
        #expect(office.code(of: Self.adopt("local"), by: Town.property) == "R1.2 measure-not-approved")
        #expect(office.code(of: Self.adopt("nothing"), by: Town.property) == "S1 no-such-measure")
        #expect(office.code(of: Self.adopt(party: "bluesky"), by: Town.property) == "S1 not-your-party")
        #expect(office.code(of: Self.adopt(territory: "xw-01"), by: Town.property) == "S1 outside-territory")
        try office.send(RepealMeasure(measure: "limit", reason: "Over."), by: Town.district)
        #expect(office.code(of: Self.adopt(), by: Town.property) == "R1.2 measure-repealed")
    }

    @Test("R1.3 a requisition has a legal basis and an end")
    func requisitionBasis() {
        let office = Office()
        #expect(office.code(of: Self.take(legalBasis: nil), by: Town.district) == "R1.3 no-legal-basis")
        #expect(office.code(of: Self.take(to: nil), by: Town.district) == "R1.3 no-end")
        #expect(office.code(of: Self.take(to: Town.noon), by: Town.district) == "R1.3 end-before-start")
        #expect(office.code(of: Self.take(owner: "nobody"), by: Town.district) == "S1 party-unknown")
        #expect(office.code(of: Self.take(owner: "he-district"), by: Town.district) == "S1 own-asset")
        #expect(office.code(of: Self.take(), by: Town.head) == "S1 role-not-allowed")
    }

    @Test("S1 an asset is requisitioned once at a time and returned by who took it")
    func requisitionAndReturn() throws {
        var office = Office()
        let back = ReturnAsset(asset: "bus-3", condition: .intact)
        #expect(office.code(of: back, by: Town.district) == "S1 not-requisitioned")
        try office.send(Self.take(), by: Town.district)
        let refusal = office.refusal(of: Self.take(), by: Town.district)
        #expect(refusal?.code == "S1 requisitioned-already")
        #expect(refusal?.words.en.contains("he-district") == true)
        office.wait(Office.day * 2)
        guard case .assetReturned(let returned)? = try office.send(back, by: Town.district).first else {
            return #expect(Bool(false))
        }
        #expect(returned.isLate)
        #expect(returned.owner == "jindi")
        #expect(office.code(of: back, by: Town.district) == "S1 not-requisitioned")
        #expect(office.code(of: Self.take(to: office.now + Office.day), by: Town.district) == nil, "anew")
    }

    @Test("S1 what comes back damaged or not at all is made good", arguments: [AssetCondition.damaged, .lost])
    func compensation(condition: AssetCondition) throws {
        var office = Office()
        try office.send(Self.take(), by: Town.district)
        let bare = ReturnAsset(asset: "bus-3", condition: condition)
        #expect(office.code(of: bare, by: Town.district) == "S1 compensation-missing")
        let paid = ReturnAsset(asset: "bus-3", condition: condition, compensation: "8,000 yuan")
        guard case .assetReturned(let returned)? = try office.send(paid, by: Town.district).first else {
            return #expect(Bool(false))
        }
        #expect(!returned.isLate)
    }

    static func adopt(
        _ measure: MeasureID = "limit",
        party: PartyID = "jindi",
        territory: TerritoryID = "dq-02",
        from: Timestamp? = nil,
        to: Timestamp? = nil,
        figure: Int? = nil
    ) -> AdoptMeasure {
        AdoptMeasure(measure: measure, party: party, territory: territory, from: from, to: to, figure: figure)
    }

    static func take(
        owner: PartyID = "jindi",
        legalBasis: String? = "Emergency Response Law, art. 12",
        to: Timestamp? = Town.noon + Office.day
    ) -> RequisitionAsset {
        RequisitionAsset(
            asset: "bus-3",
            what: "Minibus with 12 seats",
            owner: owner,
            territory: "dq",
            legalBasis: legalBasis,
            from: Town.noon,
            to: to
        )
    }
}

import EventSourcing
import MusterDomain
import Testing

/// The rules of S2 that this slice holds.
@Suite struct TerritoryTests {
    private let spec = DecisionSpec(
        TerritoryRegister.self,
        given: [.defined(TerritoryDefined(territory: "he", level: .district, nameEN: "He", nameZH: "河"))]
    )

    @Test("R2.1 a territory lies in one of a higher level")
    func levels() throws {
        let street = define("he-s1", .street, in: "he")
        #expect(try spec.when(street, by: Town.administrator).count == 1)
        let city = define("big", .city, in: "he")
        #expect(spec.refusal(of: city, by: Town.administrator)?.code == "R2.1 level-not-below")
        let district = define("he-2", .district, in: "he")
        #expect(spec.refusal(of: district, by: Town.administrator)?.code == "R2.1 level-not-below")
    }

    @Test("R2.1 the territory above must be there")
    func parentUnknown() {
        let street = define("x-s1", .street, in: "x")
        #expect(spec.refusal(of: street, by: Town.administrator)?.code == "R2.1 parent-unknown")
    }

    @Test("S2 a territory is defined once")
    func redefinition() {
        let again = define("he", .district, in: nil)
        #expect(spec.refusal(of: again, by: Town.administrator)?.code == "S2 territory-exists")
    }

    @Test("S2 the register knows what lies in what")
    func contains() {
        let territories = Town().territories
        #expect(territories.contains("he", "dq-02"))
        #expect(territories.contains("dq-02", "dq-02"))
        #expect(!territories.contains("dq-02", "dq"))
        #expect(!territories.contains("xw", "dq-02"))
        #expect(!territories.contains("atlantis", "atlantis"))
        #expect(territories.ancestors(of: "dq-02") == ["dq", "he-s1", "he"])
        #expect(territories.territory(of: .community, holding: "dq-02") == "dq")
        #expect(territories.households(in: "dq") == 800)
        #expect(territories.households(in: "xw") == nil)
    }

    private func define(_ id: TerritoryID, _ level: TerritoryLevel, in parent: TerritoryID?) -> DefineTerritory {
        DefineTerritory(territory: id, level: level, parent: parent, nameEN: "Name", nameZH: "名称")
    }
}

import EventSourcing
import Foundation
import MusterDomain
import Records
import Testing

/// Codes of the official statistics: their length, their parents, and those that a re-division retired.
@Suite struct StatisticalCodeTests {
    /// Yichun as it was before 2019: one of its districts, and the street and community below.
    private static func yichun() throws -> Quarter {
        var quarter = Quarter()
        try quarter.send(define("yichun", .city, nil, "2307"), by: Town.administrator)
        try quarter.send(define("wuyiling", .district, "yichun", "230714"), by: Town.administrator)
        try quarter.send(define("wy-s1", .street, "wuyiling", "230714001000"), by: Town.administrator)
        try quarter.send(define("wy-c1", .community, "wy-s1", "230714001001"), by: Town.administrator)
        return quarter
    }

    private static func define(
        _ id: TerritoryID,
        _ level: TerritoryLevel,
        _ parent: TerritoryID?,
        _ code: String?
    ) -> DefineTerritory {
        DefineTerritory(territory: id, level: level, parent: parent, nameEN: "Name", nameZH: "名称", code: code)
    }

    private static let city = Actor(person: "admin", party: "office", role: .administrator, territory: "yichun")

    @Test("S2 a code has the digits of its level, or twelve with zeros at the end")
    func length() throws {
        let quarter = try Self.yichun()
        #expect(quarter.town.territories.territory("wy-s1")?.code?.digits == "230714001")
        func refusal(_ level: TerritoryLevel, _ parent: TerritoryID, _ code: String) -> String? {
            quarter.refusal(of: Self.define("new", level, parent, code), by: Town.administrator)
        }
        #expect(refusal(.street, "wuyiling", "230714002") == nil)
        #expect(refusal(.street, "wuyiling", "230714002000") == nil)
        #expect(refusal(.street, "wuyiling", "23071400") == "S2 code-length")
        #expect(refusal(.street, "wuyiling", "230714002001") == "S2 code-length")
        #expect(refusal(.street, "wuyiling", "23071400x") == "S2 code-length")
        #expect(refusal(.community, "wy-s1", "230714001") == "S2 code-length")
        #expect(refusal(.grid, "wy-c1", "230714001001") == "S2 code-below-statistics")
    }

    @Test("R2.1 a code begins with that of the territory above")
    func prefix() throws {
        let quarter = try Self.yichun()
        let street = Self.define("new", .street, "wuyiling", "230715001")
        #expect(quarter.refusal(of: street, by: Town.administrator) == "R2.1 code-not-of-parent")
        // A level in between may be missing.
        let community = Self.define("new", .community, "yichun", "230814001001")
        #expect(quarter.refusal(of: community, by: Town.administrator) == "R2.1 code-not-of-parent")
        let right = Self.define("new", .community, "yichun", "230714001002")
        #expect(quarter.refusal(of: right, by: Town.administrator) == nil)
    }

    @Test("S2 a code is had once")
    func taken() throws {
        let quarter = try Self.yichun()
        let again = Self.define("new", .street, "wuyiling", "230714001000")
        #expect(quarter.refusal(of: again, by: Town.administrator) == "S2 code-taken")
    }

    @Test("S2 full-width digits are refused with what to write")
    func fullWidth() throws {
        let quarter = try Self.yichun()
        let street = Self.define("new", .street, "wuyiling", "２３０７１４００２")
        do throws(Rejection) {
            let context = quarter.town.context(of: Town.administrator)
            _ = try street.decide(quarter.town.territories, in: context)
            Issue.record("accepted")
        } catch {
            #expect(error.code == "S2 full-width-digits")
            #expect(error.advice?.en == "Write 230714002.")
        }
    }

    @Test("S2 a re-division retires codes, and a retired code is refused with what took its place (Yichun 2019)")
    func redivision() throws {
        var quarter = try Self.yichun()
        let before = quarter.now
        quarter.wait(.seconds(86_400))
        // Wuyiling and Tangwanghe became Tangwang.
        try quarter.send(Self.define("tangwang", .district, "yichun", "230723"), by: Town.administrator)
        let stays = MoveTerritory(territory: "wy-s1", parent: "tangwang", reason: "Re-division.")
        #expect(quarter.refusal(of: stays, by: Self.city) == "R2.1 code-not-of-parent")
        let move = MoveTerritory(
            territory: "wy-s1",
            parent: "tangwang",
            code: "230723001",
            reason: "Re-division."
        )
        let early = RetireTerritory(territory: "wuyiling", successors: ["tangwang"], reason: "Re-division.")
        #expect(quarter.refusal(of: early, by: Self.city) == "R2.1 still-holds")
        try quarter.send(move, by: Self.city)
        try quarter.send(early, by: Self.city)
        let tree = quarter.town.territories
        #expect(tree.ancestors(of: "wy-c1", at: before) == ["wy-s1", "wuyiling", "yichun"])
        #expect(tree.ancestors(of: "wy-c1", at: quarter.now) == ["wy-s1", "tangwang", "yichun"])
        #expect(tree.territories(under: "yichun", of: .district, at: before) == ["wuyiling", "tangwang"])
        #expect(tree.territories(under: "yichun", of: .district, at: quarter.now) == ["tangwang"])

        let street = Self.define("x", .street, "tangwang", "230714001000")
        #expect(quarter.refusal(of: street, by: Town.administrator) == "S2 retired-code")
        let district = Self.define("x", .district, "yichun", "230714")
        #expect(quarter.refusal(of: district, by: Town.administrator) == "S2 retired-code")
        let below = Self.define("x", .street, "wuyiling", nil)
        #expect(quarter.refusal(of: below, by: Town.administrator) == "R2.4 territory-retired")
        let context = quarter.town.context(of: Town.administrator, occurredAt: quarter.now)
        do throws(Rejection) {
            _ = try district.decide(tree, in: context)
            Issue.record("accepted")
        } catch {
            #expect(error.advice?.en == "In its place: tangwang.")
        }
    }

    @Test("R2.1 a territory moves below a higher level, and to where it is not yet")
    func moves() throws {
        let quarter = try Self.yichun()
        func move(_ id: TerritoryID, _ parent: TerritoryID) -> MoveTerritory {
            MoveTerritory(territory: id, parent: parent, reason: "Re-division.")
        }
        #expect(quarter.refusal(of: move("wuyiling", "wy-s1"), by: Self.city) == "R2.1 level-not-below")
        #expect(quarter.refusal(of: move("wy-s1", "wuyiling"), by: Self.city) == nil)
        let unfit = RetireTerritory(territory: "wy-c1", successors: ["wuyiling"], reason: "Gone.")
        #expect(quarter.refusal(of: unfit, by: Self.city) == "R2.1 successor-unfit")
    }

    // MARK: Real codes

    @Test("R2.1 every street of the country finds its parent by its code", .needs("geo/cn_streets.csv"))
    func streets() throws {
        let rows = try SharedData.rows("geo/cn_streets.csv")
        var register = TerritoryRegister()
        var missing = 0
        for row in rows {
            let (street, name, district, city) = (row[0], row[1], row[2], row[4])
            for (code, level, parent) in [(city, TerritoryLevel.city, nil), (district, .district, city)] {
                guard register.territory(Self.id(code, level)) == nil else { continue }
                try Self.take(code, level, below: parent, name: code, &register)
            }
            try Self.take(street, .street, below: district, name: name, &register)
            if register.territory(of: .city, holding: Self.id(street, .street)) != Self.id(city, .city) { missing += 1 }
        }
        #expect(rows.count == 41_352)
        #expect(missing == 0)
        let now = Town.noon
        let streets = ["1502": 91, "3309": 36, "2307": 50, "3201": 140, "2301": 328]
        for (city, count) in streets {
            #expect(register.territories(under: Self.id(city, .city), of: .street, at: now).count == count)
        }
    }

    @Test(
        "R2.1 every village of two prefectures finds its street by its code",
        .needs("geo/cn_streets.csv"),
        .needs("geo/cn_villages_subset_chifeng_wulanchabu.csv")
    )
    func villages() throws {
        let villages = try SharedData.rows("geo/cn_villages_subset_chifeng_wulanchabu.csv")
        let streets = Set(villages.map { $0[2] })
        var register = TerritoryRegister()
        for row in try SharedData.rows("geo/cn_streets.csv") where streets.contains(row[0]) {
            try Self.take(row[0], .street, below: nil, name: row[1], &register)
        }
        for row in villages { try Self.take(row[0], .community, below: row[2], name: row[1], &register) }
        #expect(villages.count == 674)
        // A village of the next street is refused.
        let all = streets.sorted()
        let wrong = Self.define("x", .community, Self.id(all[0], .street), all[1] + "999")
        #expect(throws: Rejection.self) {
            try wrong.decide(register, in: Town().context(of: Town.administrator))
        }
    }

    private static func id(_ code: String, _ level: TerritoryLevel) -> TerritoryID {
        TerritoryID(rawValue: "\(level.rawValue)-\(code)") ?? "x"
    }

    private static func take(
        _ code: String,
        _ level: TerritoryLevel,
        below parent: String?,
        name: String,
        _ register: inout TerritoryRegister
    ) throws {
        let above: TerritoryLevel = level == .district ? .city : level == .street ? .district : .street
        let command = DefineTerritory(
            territory: id(code, level),
            level: level,
            parent: parent.map { id($0, above) },
            nameEN: code,
            nameZH: name,
            code: code
        )
        for event in try command.decide(register, in: context) { register.evolve(event, from: .test) }
    }

    private static let context = Town().context(of: Town.administrator)
}

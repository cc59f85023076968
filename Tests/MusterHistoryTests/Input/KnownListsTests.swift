import Foundation
import Records
import Testing

@testable import MusterHistory

/// Real files that say nothing of when anything happened. No mapping imports them, but the readers of rows read them.
@Suite("Known answers of real lists without times", .timeLimit(.minutes(20)))
struct KnownListsTests {
    private func rows(_ file: String, _ format: Mapping.Format) throws -> [[String: String]] {
        let reading = try RowReading.file(SharedData.path(file), format)
        #expect(reading.faults.isEmpty)
        return reading.rows
    }

    @Test("teams in Go.Data", .needs("outbreak/godata_teams.csv"))
    func teams() throws {
        #expect(try rows("outbreak/godata_teams.csv", Mapping.Format(type: .csv)).count == 101)
    }

    private static let supplies = "supplies/wuhan_hospital_supply_needs_nocontact.json"

    @Test("needs of hospitals in Wuhan", .needs(supplies))
    func needs() throws {
        let hospitals = try rows(Self.supplies, Mapping.Format(type: .json))
        #expect(hospitals.count == 52)
        #expect(hospitals.count { $0["review_status"] == "已审核" } == 45)
        #expect(hospitals.count { $0["review_status"] == nil } == 7)
        let needs = try rows(Self.supplies, Mapping.Format(type: .json, rows: "needs"))
        #expect(needs.count == 1_196)
        // Some hospitals say how many they need, and not only whether.
        #expect(needs.allSatisfy { $0["needs.needed"].flatMap { Int($0) } != nil && $0["hospital"] != nil })
    }

    @Test(
        "districts of three cities, after a byte order mark",
        .needs("geo/baotou_districts_150200.geojson"),
        arguments: [("baotou", "150200", 9), ("zhoushan", "330900", 4), ("yichun", "230700", 17)]
    )
    func districts(city: String, code: String, count: Int) throws {
        let file = "geo/\(city)_districts_\(code).geojson"
        #expect(try SharedData.bytes(file).starts(with: [0xEF, 0xBB, 0xBF]))
        let districts = try rows(file, Mapping.Format(type: .json, rows: "features"))
        #expect(districts.count == count)
        #expect(districts.allSatisfy { $0["features.properties.id"]?.hasPrefix(code.prefix(4)) == true })
        #expect(districts.allSatisfy { $0["features.geometry.type"]?.hasSuffix("Polygon") == true })
    }

    @Test("administrative areas of China", .needs("geo/cn_areas.csv"))
    func areas() throws {
        #expect(try rows("geo/cn_areas.csv", Mapping.Format(type: .csv)).count == 2_978)
        let streets = try rows("geo/cn_streets.csv", Mapping.Format(type: .csv))
        #expect(streets.count == 41_352)
        let cities = ["1502": 91, "3309": 36, "2307": 50, "3201": 140, "2301": 328]
        for (city, count) in cities { #expect(streets.count { $0["cityCode"] == city } == count, "\(city)") }
        #expect(try rows("geo/cn_villages_subset_chifeng_wulanchabu.csv", Mapping.Format(type: .csv)).count == 674)
    }

    @Test("a small log in XES 2.0 without names and times", .needs("eventlogs/xes_20.xes"))
    func xes() async throws {
        let path = SharedData.path("eventlogs/xes_20.xes")
        let rows = try rows("eventlogs/xes_20.xes", Mapping.Format(type: .xes))
        #expect(rows.count == 1)
        #expect(rows.first?["sdasaddas"] == "ciao")
        #expect(rows.first?["sdasaddas.cost"] == "0")
        await #expect {
            _ = try await Importer(log: MemoryLog()).run(input: path, mapping: Mapping.named("xes"))
        } throws: { error in
            guard case ImportError.missingColumns(path, "xes", let missing, _) = error else { return false }
            return missing == ["case:concept:name", "concept:name", "time:timestamp"]
        }
    }
}

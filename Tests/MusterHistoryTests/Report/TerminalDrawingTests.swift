import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// What a terminal shows in the place of pictures.
@Suite("Drawing for a terminal")
struct TerminalDrawingTests {
    @Test(
        "a sparkline is as high as its numbers, and empty where there are none",
        arguments: [
            ([], ""), ([0, 0], "  "), ([5], "▇"), ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"), ([0, 1, 100], " ▁█"),
        ]
    )
    func sparkline(values: [Int], text: String) {
        // One alone is nearly as high as can be: the highest column is for what is far above the others.
        #expect(Sparkline.text(values) == text)
    }

    @Test("bars are as long as their numbers, and no bar is none")
    func bars() throws {
        let columns = LogTables.columns(["a a a a", "b", "c c"])
        let lines = try LogTables.analysis(columns).table(.activities).text(.en).split(separator: "\n")
        func bar(_ name: String) throws -> Int {
            let line = try #require(lines.first { $0.hasPrefix("  \(name) ") })
            return line.count { "█▉▊▋▌▍▎▏".contains($0) }
        }
        #expect(try bar("a") == 16)
        #expect(try bar("c") == 8)
        #expect(try bar("b") == 4)
        let never = try LogTables.analysis(columns).table(.workloadByHour)
        #expect(never.rows.isEmpty)
    }

    @Test("hours of agencies stand below those of all")
    func hours() async throws {
        let events = (0..<4).map { number in
            LogTables.Event(
                caseID: "\(number)",
                activity: "visit",
                time: Int64(number) * 3_600 + 1_800,
                agency: number == 3 ? "grid" : "fire"
            )
        }
        let analysis = try LogTables.analysis(LogTables.columns(events))
        let fire = try #require(analysis.workload.agencies.first)
        #expect(fire.label.name == "fire")
        #expect(fire.hours == [1, 1, 1] + Array(repeating: 0, count: 21))
        #expect(analysis.workload.agencies.map { $0.hours.reduce(0, +) } == analysis.workload.agencies.map(\.events))
        let table = analysis.table(.workloadByHour)
        #expect(table.rows.count == 2 * 24)
        #expect(table.csv(.en).contains("\r\nagency,fire,2,1,0.3333333333333333\r\n"))
        let local = try LogTables.analysis(LogTables.columns(events)) { $0.source.zone = "Asia/Shanghai" }
        #expect(local.workload.agencies.first?.hours[8...10] == [1, 1, 1])
    }
}

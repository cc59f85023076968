import Foundation
import MusterHistory

/// A made-up year of a city's cases: a usual way with loops, short cuts and hand-overs between agencies.
struct MineData {
    struct Event {
        let caseNumber: Int
        let activity: Int
        /// Seconds since 1970.
        let time: Int64
        let agency: Int
        let resource: Int
    }

    static let activities = [
        "raised", "triaged", "whistled", "accepted", "arrived", "measured", "action begun", "action completed",
        "filed by department", "filed by grid", "feedback asked", "closed", "escalated", "referred back", "reopened",
        "support requested",
    ]
    static let agencies = (1...12).map { "agency \($0)" }
    static let resources = (1...400).map { "person \($0)" }

    let events: [Event]

    /// - Parameter count: of events, exactly.
    init(events count: Int) {
        var random = MineRandom(state: 7)
        var events: [Event] = []
        events.reserveCapacity(count)
        var number = 0
        while events.count < count {
            var time = 1_577_836_800 + Int64(random.next() % 31_536_000)
            var step = 0
            let (home, other) = (Int(random.next() % 12), Int(random.next() % 12))
            while step < 12, events.count < count {
                let chance = random.next() % 100
                let isOther = chance < 30 && (3...8).contains(step)
                let activity = chance < 3 ? 12 + Int(random.next() % 4) : step
                events.append(
                    Event(
                        caseNumber: number,
                        activity: activity,
                        time: time,
                        agency: isOther ? other : home,
                        resource: Int(random.next() % 400)
                    )
                )
                time += 1 + Int64(random.next() % 40) * Int64(random.next() % 900) / 4
                step += chance < 3 ? 0 : chance > 97 && step > 2 ? -2 : chance > 92 ? 2 : 1
            }
            number += 1
        }
        self.events = events
    }

    private static func bytes(_ names: [String]) -> [[UInt8]] { names.map { Array($0.utf8) } }

    /// The events as a reader of a log hands them to the engine: names as bytes.
    func columns() -> EventColumns {
        let (activities, agencies, resources) =
            (Self.bytes(Self.activities), Self.bytes(Self.agencies), Self.bytes(Self.resources))
        var columns = EventColumns()
        columns.reserveCapacity(events.count)
        for event in events {
            let (caseName, activity) = (Self.caseName(event.caseNumber), activities[event.activity])
            let (agency, resource) = (agencies[event.agency], resources[event.resource])
            var entry = EventColumns.Entry(
                caseIndex: columns.caseNames.index(of: caseName.span),
                activity: columns.activityNames.index(of: activity.span),
                time: event.time * 1_000_000
            )
            entry.agency = columns.agencyNames.index(of: agency.span)
            entry.resource = columns.resourceNames.index(of: resource.span)
            columns.append(entry)
        }
        return columns
    }

    private static func caseName(_ number: Int) -> [UInt8] { Array("C-\(number + 1_000_000)".utf8) }

    /// Writes the events as CSV, in the order of the log.
    func write(to path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        var text = "case,activity,time,agency,person\n"
        for event in events {
            text += "C-\(event.caseNumber + 1_000_000),\(Self.activities[event.activity]),\(Self.text(event.time)),"
            text += "\(Self.agencies[event.agency]),\(Self.resources[event.resource])\n"
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// The whole seconds of a time in the years 2020 and 2021, as `2020-04-07T12:00:00Z`.
    private static func text(_ time: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var (year, day) = (2_020, (time - 1_577_836_800) / 86_400)
        if day >= 366 { (year, day) = (2_021, day - 366) }
        let lengths: [Int64] = [31, year == 2_020 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var month = 0
        while month < 11, day >= lengths[month] {
            day -= lengths[month]
            month += 1
        }
        let second = time % 86_400
        return "\(year)-\(two(Int64(month) + 1))-\(two(day + 1))T\(two(second / 3_600)):\(two(second / 60 % 60)):"
            + "\(two(second % 60))Z"
    }

    static let mapping = """
        name: mine
        version: 1
        title: {en: Made-up cases, zh: 模拟案件}
        format: {type: csv}
        case: case
        activity: activity
        at: time
        attributes:
          agency: {column: agency, type: choice}
          person: person
        agency: agency
        resource: person
        """
}

/// SplitMix64, so that every run mines the same events.
private struct MineRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

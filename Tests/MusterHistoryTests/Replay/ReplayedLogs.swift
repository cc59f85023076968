import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Small histories and their replays.
enum ReplayedLogs {
    /// Rows with stages: calls of a fire brigade.
    static let callsYAML = """
        name: calls
        version: 1
        title: {en: Calls, zh: 报警}
        format: {type: csv}
        time: {zone: UTC, formats: [yyyy-MM-dd HH:mm]}
        case: call
        key: id
        stages:
          received: {column: received, en: received, zh: 接警}
          dispatched: {column: dispatched, en: dispatched, zh: 派出}
          on-scene: {column: scene, en: on scene, zh: 到场}
          available: {column: available, en: available, zh: 归队}
        attributes:
          station: {column: station, type: choice}
          priority: {column: priority, type: choice}
          due: {column: due, type: time}
        agency: station
        report:
          late: [{stage: on-scene, due: due}]
          intervals: [{from: received, to: on-scene}]
        """

    static let callsHeader = "id,call,received,dispatched,scene,available,station,priority,due\n"

    /// One call, by minutes of 2020-03-01.
    static func call(
        _ id: Int,
        _ received: Int,
        _ dispatched: Int?,
        _ scene: Int?,
        _ available: Int?,
        station: String = "North",
        priority: String = "1",
        due: Int? = nil
    ) -> String {
        let times = [received, dispatched, scene, available].map { $0.map(time) ?? "" }.joined(separator: ",")
        return "\(id),\(id),\(times),\(station),\(priority),\(due.map(time) ?? "")\n"
    }

    /// Three calls and one engine: each takes 40 minutes and is on the scene 10 minutes after it is sent.
    static let threeCalls =
        callsHeader + call(1, 60, 60, 70, 100, due: 75) + call(2, 65, 100, 110, 140, due: 80)
        + call(3, 70, 140, 150, 180, due: 85)

    static func time(_ minute: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "2020-03-\(two(1 + minute / 1_440)) \(two(minute / 60 % 24)):\(two(minute % 60))"
    }

    /// Rows that are one activity each, with their begin.
    static let stepsYAML = """
        name: steps
        version: 1
        format: {type: csv}
        time: {zone: UTC, formats: [yyyy-MM-dd HH:mm]}
        case: case
        key: id
        activity: what
        at: at
        started: begun
        attributes:
          desk: {column: desk, type: choice}
          who: {column: who, type: choice}
        agency: desk
        resource: who
        """

    static let stepsHeader = "id,case,what,at,begun,desk,who\n"

    static func step(
        _ id: Int,
        _ caseID: String,
        _ what: String,
        _ begun: Int?,
        _ at: Int,
        _ desk: String,
        who: String = ""
    ) -> String {
        "\(id),\(caseID),\(what),\(time(at)),\(begun.map(time) ?? ""),\(desk),\(who)\n"
    }

    static func log(_ text: String, yaml: String) async throws -> MemoryLog {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: text)
        _ = try await Importer(log: log).run(input: file.path, mapping: Mapping(yaml: yaml))
        return log
    }

    static func calls(_ text: String = threeCalls) async throws -> MemoryLog { try await log(text, yaml: callsYAML) }
    static func steps(_ rows: String...) async throws -> MemoryLog {
        try await log(stepsHeader + rows.joined(), yaml: stepsYAML)
    }

    static func changes(
        crews: [String] = [],
        had: [String] = [],
        limits: [String] = [],
        works: [String] = [],
        begins: String? = nil
    ) throws -> ReplayChanges {
        var changes = ReplayChanges()
        changes.crews = try crews.map { try CrewChange($0) }
        changes.formerCrews = try had.map { try CrewChange($0) }
        changes.limits = try limits.map { try StageTime($0) }
        changes.works = try works.map { try StageTime($0) }
        changes.begins = begins
        return changes
    }

    /// The replay written into a log of its own.
    static func written(_ replay: HistoryReplay) async throws -> MemoryLog {
        let log = try MemoryLog(mode: .exercise)
        _ = try await ReplayLog(log: log).write(replay)
        return log
    }

    /// What a replay says, in one line, however it was wrapped.
    static func text(_ replay: HistoryReplay, _ language: Language = .en) -> String {
        replay.text(language).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Begins of the work of each row, in minutes of 2020-03-01.
    static func begins(_ replay: HistoryReplay) throws -> [Int64] {
        let midnight = try #require(Timestamp(rfc3339: "2020-03-01T00:00:00Z")).microseconds
        return replay.changed.draft.rows.map { (replay.run.begins[Int($0.step)] - midnight) / 60_000_000 }
    }
}

import EventSourcing
import Foundation
import Testing

@testable import MusterHistory

/// A row of a log as its JSON has it.
struct ImportedRow {
    let key: String
    let caseID: String
    let occurredAt: Timestamp
    let revision: Int
    let activity: String?
    let started: String?
    let stages: [String: String]
    let attributes: [String: String]

    init(_ event: RecordedEvent) throws {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(event.data)) as? [String: Any])
        key = try #require(object["key"] as? String)
        caseID = String(event.stream.id)
        occurredAt = event.occurredAt
        revision = object["revision"] as? Int ?? 1
        activity = object["activity"] as? String
        started = object["started"] as? String
        stages = object["stages"] as? [String: String] ?? [:]
        attributes = (object["attributes"] as? [String: Any] ?? [:]).mapValues { "\($0)" }
    }

    /// All rows of a log, in its order.
    static func all(in log: MemoryLog) throws -> [ImportedRow] {
        try log.events.filter { $0.type == ImportEventType.row }.map { try ImportedRow($0) }
    }
}

extension Sequence<ImportedRow> {
    /// How many rows have each value of an attribute.
    func counts(_ attribute: String) -> [String: Int] {
        reduce(into: [:]) { counts, row in
            if let value = row.attributes[attribute] { counts[value, default: 0] += 1 }
        }
    }

    var cases: Set<String> { Set(map(\.caseID)) }

    /// The day of each row where the clocks of a zone are, as `2020-04-07`.
    func days(in zone: String) -> [String] {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: zone)
        formatter.dateFormat = "yyyy-MM-dd"
        return map { formatter.string(from: Date(timeIntervalSince1970: Double($0.occurredAt.microseconds) / 1e6)) }
    }

    /// The first and the last of these days.
    func span(in zone: String) -> [String] {
        let days = days(in: zone)
        return [days.min(), days.max()].compactMap(\.self)
    }

    /// The cases that have a row for which the condition holds.
    func cases(where condition: (ImportedRow) -> Bool) -> Set<String> { Set(filter(condition).map(\.caseID)) }
}

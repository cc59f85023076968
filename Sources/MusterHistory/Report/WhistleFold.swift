import EventSourcing
import Records

/// Gathers how departments answered whistles, from the names, times and departments of the domain's events alone.
struct WhistleFold {
    /// One department's call by one whistle. A matter that was reopened keeps its first times.
    private struct Call: Hashable {
        let stream: StreamName
        let round: Int64
        let department: String
    }

    private struct Progress {
        var blown: Timestamp
        var accepted: Timestamp?
        var arrived: Timestamp?
        var done: Timestamp?
    }

    private var calls: [Call: Progress] = [:]
    private var noShows = 0

    /// Takes in one event of any kind.
    mutating func take(_ event: RecordedEvent) throws(Problems) {
        switch event.type.name {
        case "WhistleBlown":
            let members = try Members(event.data)
            for department in members.departments {
                let call = Call(stream: event.stream, round: members.round, department: department)
                calls[call] = calls[call] ?? Progress(blown: event.occurredAt)
            }
        case "WhistleAccepted": try note(event, \.accepted)
        case "DepartmentArrived": try note(event, \.arrived)
        case "ActionCompleted": try note(event, \.done)
        case "DepartmentNoShow": noShows += 1
        default: break
        }
    }

    private mutating func note(_ event: RecordedEvent, _ step: WritableKeyPath<Progress, Timestamp?>) throws(Problems) {
        let members = try Members(event.data)
        for department in members.departments {
            let call = Call(stream: event.stream, round: members.round, department: department)
            if calls[call]?[keyPath: step] == nil { calls[call]?[keyPath: step] = event.occurredAt }
        }
    }

    /// Nil when no whistle was blown.
    var report: WhistleReport? {
        guard !calls.isEmpty else { return nil }
        func interval(
            _ from: (name: String, words: Words, time: (Progress) -> Timestamp?),
            _ to: (name: String, words: Words, time: (Progress) -> Timestamp?)
        ) -> IntervalReport {
            var fold = IntervalFold()
            for call in calls.values {
                if let start = from.time(call), let end = to.time(call) {
                    fold.take(end.microseconds - start.microseconds)
                } else {
                    fold.take(nil)
                }
            }
            return IntervalReport(
                from: from.name,
                to: to.name,
                fromWords: from.words,
                toWords: to.words,
                durations: fold.durations,
                negative: fold.negative,
                missing: fold.missing
            )
        }
        let blown = ("blown", Words("blown", zh: "吹哨"), { (call: Progress) -> Timestamp? in call.blown })
        let accepted = ("accepted", Words("accepted", zh: "签收"), { (call: Progress) in call.accepted })
        let arrived = ("on-scene", Words("on scene", zh: "到场"), { (call: Progress) in call.arrived })
        let done = ("done", Words("done", zh: "处置完成"), { (call: Progress) in call.done })
        return WhistleReport(
            whistles: Set(calls.keys.map { "\($0.stream) \($0.round)" }).count,
            calls: calls.count,
            noShows: noShows,
            intervals: [
                interval(blown, accepted), interval(accepted, arrived), interval(arrived, done), interval(blown, done),
            ]
        )
    }
}

/// How departments answered whistles.
package struct WhistleReport: Hashable, Sendable {
    package let whistles: Int
    /// Departments called, once for each whistle.
    package let calls: Int
    package let noShows: Int
    package let intervals: [IntervalReport]
}

/// The members of a whistle's events that matter here.
private struct Members {
    var round: Int64 = 1
    var departments: [String] = []

    init(_ data: [UInt8]) throws(Problems) {
        var reader = JSONReader(data)
        for member in try reader.members() {
            var value = reader.at(member.start)
            switch member.name {
            case "round": round = try value.integer()
            case "department": departments = [try value.string()]
            case "departments":
                var names: [String] = []
                try value.array { (element, _) throws(Problems) in names.append(try element.string()) }
                departments = names
            default: break
            }
        }
    }
}

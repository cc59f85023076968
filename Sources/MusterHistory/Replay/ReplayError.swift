package import EventSourcing
package import Records

/// Why there is no replay.
package enum ReplayError: Error, Hashable, Sendable {
    case unreadableCrews(String)
    case tooManyCrews(String, Int)
    case noSuchHours(String)
    case unreadableTime(String)
    case noTime(String)
    case emptyLog(LogName)
    /// Nothing in the log took time, so that nothing can be done again.
    case nothingToReplay(LogName)
    case unknownAgency(String, known: [String])
    case unknownStage(String, known: [String])
    case fewerThanNone(String)
    /// An agency with work would have no crew at any hour.
    case noCrew(String)
    /// Rows are activities: they say themselves when they were begun, or nobody knows.
    case beginsOfActivities(String)
    case playbookOfOthers(category: String)
    case noIncidents(playbook: String, known: [String])
    case notExercise(LogName, LogMode)
    case sameLog(LogName)
    /// The exercise log holds other events.
    case occupied(LogName, by: String?)
    case tooManyStages(Int)
    case log(AppendError)

    package var words: Words {
        switch self {
        case .unreadableCrews(let text):
            Words(
                "'\(text)' is no AGENCY=HOURS:CREWS, as Fire=22-6:+2, Fire=8-17:3 or Fire=-1",
                zh: "“\(text)”不是 部门=时段:班组数，例如 Fire=22-6:+2、Fire=8-17:3 或 Fire=-1"
            )
        case .tooManyCrews(let text, let maximum):
            Words("'\(text)': more than \(maximum) crews are none", zh: "“\(text)”：班组最多 \(maximum) 个")
        case .noSuchHours(let text):
            Words(
                "'\(text)': hours go from 0 to 24 and two different ones make a span, as 22-6 or 0-24",
                zh: "“\(text)”：小时为 0 到 24，起止不能相同，例如 22-6 或 0-24"
            )
        case .unreadableTime(let text):
            Words(
                "'\(text)' is no STAGE=TIME, as on-scene=8m, closed=2h or closed=1d12h",
                zh: "“\(text)”不是 阶段=时间，例如 on-scene=8m、closed=2h 或 closed=1d12h"
            )
        case .noTime(let text): Words("'\(text)': the time must be above zero", zh: "“\(text)”：时间须大于零")
        case .emptyLog(let log):
            Words("log \(log) holds no such events: there is nothing to replay", zh: "日志 \(log) 没有这样的事件，无可重演")
        case .nothingToReplay(let log):
            Words(
                "nothing in log \(log) says how long work took: a replay needs cases with at least two times that are complete",
                zh: "日志 \(log) 中没有任何事件能说明工作用时：重演需要至少有两个时间且已完成的案件"
            )
        case .unknownAgency(let name, let known): Self.unknown(Words("agency", zh: "部门"), name, known)
        case .unknownStage(let name, let known): Self.unknown(Words("stage or activity", zh: "阶段或环节"), name, known)
        case .fewerThanNone(let text):
            Words(
                "'\(text)' would leave fewer than no crews at an hour; the log shows fewer than that at work",
                zh: "“\(text)”会使某个时段的班组数小于零；日志中当时在岗的班组更少"
            )
        case .noCrew(let agency):
            Words(
                "agency \(agency) would have no crew at any hour, and its work would never be done",
                zh: "部门 \(agency) 全天没有班组，其工作永远无法完成"
            )
        case .beginsOfActivities(let stage):
            Words(
                "--begins \(stage) is for rows that have stages; here each row is an activity",
                zh: "--begins \(stage) 仅用于含多个阶段的行；这里每行是一个环节"
            )
        case .playbookOfOthers(let category):
            Words(
                "a playbook is for incidents: add --category incident (not \(category)), on a log of Muster's own",
                zh: "预案用于事件：请加 --category incident（而不是 \(category)），并使用 Muster 自己的日志"
            )
        case .noIncidents(let playbook, let known):
            Words(
                "no incident of the log was handled by the playbook \(playbook) or is of its kind"
                    + (known.isEmpty ? "" : "; there are: \(known.joined(separator: ", "))"),
                zh: "日志中没有按预案 \(playbook) 处置或属于其类别的事件"
                    + (known.isEmpty ? "" : "；现有：\(known.joined(separator: "、"))")
            )
        case .notExercise(let log, let mode):
            Words(
                "log \(log) is of mode \(mode.rawValue); a replay goes into a log of mode exercise only: name a new one",
                zh: "日志 \(log) 的模式是 \(mode.rawValue)；重演只能写入 exercise 模式的日志，请另取新名"
            )
        case .sameLog(let log):
            Words("--as names the log that is replayed, \(log): name a new one", zh: "--as 与被重演的日志 \(log) 相同，请另取新名")
        case .occupied(let log, let content):
            Words(
                "log \(log) is not empty\(content.map { ": it holds \($0)" } ?? ""); name a new one",
                zh: "日志 \(log) 不是空的\(content.map { "：其中是 \($0)" } ?? "")；请另取新名"
            )
        case .tooManyStages(let count):
            Words(
                "the cases have \(count) stages, more than one log of rows can hold; choose fewer cases",
                zh: "案件共有 \(count) 个阶段，超过一个日志所能容纳；请缩小范围"
            )
        case .log(let error):
            Words(
                "the exercise log could not be written (\(error)); the same command again goes on where it stopped",
                zh: "演练日志写入失败（\(error)）；再次运行同一命令即可继续"
            )
        }
    }

    private static func unknown(_ what: Words, _ name: String, _ known: [String]) -> Words {
        let list = NearestNames.list(to: name, among: known)
        return Words(
            "there is no \(what.en) '\(name)'" + (list.isEmpty ? "" : "; there is \(list.joined(separator: ", "))"),
            zh: "没有\(what.zh)“\(name)”" + (list.isEmpty ? "" : "；现有：\(list.joined(separator: "、"))")
        )
    }
}

extension ReplayError: CustomStringConvertible {
    package var description: String { words.en }
}

/// Names that somebody may have meant.
enum NearestNames {
    private static let maximum = 8
    /// Longer names are compared by their beginnings.
    private static let maximumLength = 60

    /// At most eight, the most alike first.
    static func list(to name: String, among known: [String]) -> [String] {
        let wanted = Array(name.lowercased().prefix(maximumLength))
        var found: [(name: String, distance: Int)] = []
        for other in known {
            found.append((other, distance(wanted, Array(other.lowercased().prefix(maximumLength)))))
        }
        found.sort { $0.distance == $1.distance ? $0.name < $1.name : $0.distance < $1.distance }
        return found.prefix(maximum).map(\.name)
    }

    /// How many characters must be changed, added or left out.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (index, character) in a.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, other) in b.enumerated() {
                let next = min(row[place] + 1, row[place + 1] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = row[place + 1]
                row[place + 1] = next
            }
        }
        return row[b.count]
    }
}

@testable import MusterHistory

/// A small mapping and rows for it.
enum Samples {
    static let yaml = """
        name: calls
        version: 3
        title: {en: Test calls, zh: 测试}
        format: {type: csv}
        time:
          zone: America/New_York
          formats: [yyyy-MM-dd HH:mm:ss, "MM/dd/yyyy hh:mm:ss a"]
        null-words: ["", "?", N/A]
        case: Call
        key: Id
        required: [Taken]
        stages:
          taken: {column: Taken, en: taken, zh: 接报}
          done: Done
        attributes:
          kind: {column: Kind, type: choice, values: [fire, gas]}
          hands: {column: Hands, type: integer}
          due: {column: Due, type: time}
          note: Note
        report:
          counts: [kind, hands]
          intervals: [{from: taken, to: done}]
          late: [{stage: done, due: due}]
          case-size: true
        """

    static let header = "Id,Call,Taken,Done,Kind,Hands,Due,Note\n"

    static func mapping(_ yaml: String = yaml) throws -> Mapping { try Mapping(yaml: yaml) }

    /// A row whose stages are so many seconds apart.
    static func row(
        _ id: Int,
        case number: Int = 1,
        seconds: Int = 60,
        kind: String = "fire",
        note: String = ""
    ) -> String {
        let minute = seconds / 60 % 60
        let hour = 10 + seconds / 3_600
        let second = seconds % 60
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let done = "2020-03-01 \(two(hour)):\(two(minute)):\(two(second))"
        return "\(id),\(number),2020-03-01 10:00:00,\(done),\(kind),2,,\(note)\n"
    }

    static func rows(_ ids: some Sequence<Int>) -> String { header + ids.map { row($0, case: $0 / 2) }.joined() }
}

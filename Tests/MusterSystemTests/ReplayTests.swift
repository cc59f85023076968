import Foundation
import PostgresServer
import Testing

extension Processes {
    /// `muster replay`, as somebody uses it who has read the README alone.
    @Suite("Replays") struct ReplayTests {
        private static let mapping = """
            name: calls
            version: 1
            format: {type: csv}
            time: {zone: UTC, formats: [yyyy-MM-dd HH:mm:ss]}
            case: id
            key: id
            stages: {taken: taken, sent: sent, done: done}
            attributes:
              station: {column: station, type: choice}
            agency: station
            """

        /// One engine, a call each half minute, three quarters of a minute for each: so many that policies note how far they are.
        private static let rows =
            "id,taken,sent,done,station\n"
            + (1...1_500).map { number in
                let (taken, sent) = (number * 30, 30 + (number - 1) * 45)
                return "\(number),\(time(taken)),\(time(sent)),\(time(sent + 45)),North\n"
            }.joined()

        private static func time(_ seconds: Int) -> String {
            func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
            return "2020-03-01 \(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        }

        private static func muster(_ house: House, _ arguments: String...) async throws -> Child.End {
            let verb = [arguments[0], "--data", house.data]
            return try await house.start("muster", verb + arguments.dropFirst()).end()
        }

        @Test(
            "a question is asked, written down once, and reported on; nothing of it is ever chased",
            .timeLimit(.minutes(20))
        )
        func whatIf() async throws {
            try await House.with { house in
                try Self.mapping.write(toFile: house.directory + "/m.yaml", atomically: true, encoding: .utf8)
                try Self.rows.write(toFile: house.directory + "/calls.csv", atomically: true, encoding: .utf8)
                let imported = try await Self.muster(
                    house,
                    "import",
                    "--log",
                    "calls",
                    "--mapping",
                    "m.yaml",
                    "calls.csv"
                )
                #expect(imported.status == 0, "\(imported.errors)")

                let question = ["calls", "--begins", "sent", "--limit", "sent=30m", "--crews", "North=0-24:+1"]
                let asked = try await house.start("muster", ["replay", "--data", house.data] + question).end()
                #expect(asked.status == 0, "\(asked.errors)")
                #expect(asked.output.contains("error 0 %"), "\(asked.output)")
                let written = try await house.start(
                    "muster",
                    ["replay", "--data", house.data, "--as", "two-engines"] + question
                ).end()
                #expect(written.output.contains("1502 events: muster report two-engines"), "\(written.output)")
                let again = try await house.start(
                    "muster",
                    ["replay", "--data", house.data, "--as", "two-engines", "--language", "zh"] + question
                ).end()
                #expect(again.output.contains("未添加任何事件"), "\(again.output)")

                let report = try await Self.muster(house, "report", "two-engines", "--format", "json")
                #expect(report.output.contains(#""mode":"exercise""#), "\(report.errors)")
                #expect(report.output.contains(#""cases":1500"#))
                try await refusals(house)

                try await house.cluster.start()
                let worker = try house.start(
                    "musterd",
                    ["worker"],
                    environment: [
                        "MUSTER_DATABASE_URL": house.cluster.conninfo,
                        "MUSTER_KEYS_DIRECTORY": house.directory + "/keys",
                        "MUSTER_LOG_NAME": "two-engines",
                    ]
                )
                try await eventually("looked through by all policies") {
                    try await house.number(
                        "select coalesce(max(position), 0) from log_two_engines.checkpoints where name = 'policies'"
                    ) >= 1_000
                }
                #expect(try await house.number("select count(*) from log_two_engines.tasks") == 0)
                #expect(try await house.number("select count(*) from log_two_engines.deliveries") == 0)
                worker.send(SIGTERM)
                #expect(try await worker.end().status == 0)
            }
        }

        private func refusals(_ house: House) async throws {
            let table: [(arguments: [String], status: Int32, words: [String])] = [
                (["calls", "--crews", "North=22-25:+1"], 64, ["22-25", "0 to 24"]),
                (["calls", "--crews", "North=x"], 64, ["AGENCY=HOURS:CREWS"]),
                (["calls", "--limit", "sent=0m"], 64, ["above zero"]),
                (["calls", "--as", "calls"], 64, ["calls", "new one"]),
                (["calls", "--as", "Two"], 64, ["Two"]), (["calls", "--crews", "Nort=+1"], 1, ["Nort", "North"]),
                (["calls", "--limit", "snet=8m"], 1, ["snet", "sent"]),
                (["calls", "--crews", "North=-9"], 1, ["fewer than no"]), (["nowhere"], 1, ["nowhere"]),
                (["calls", "--as", "two-engines"], 1, ["two-engines", "not empty", "North=+1"]),
                (["two-engines", "--as", "calls"], 1, ["calls", "history"]),
                (["calls", "--playbook", "m.yaml"], 65, ["m.yaml"]),
                (["calls", "--playbook", "none.yaml"], 64, ["none.yaml"]),
            ]
            for row in table {
                let end = try await house.start("muster", ["replay", "--data", house.data] + row.arguments).end()
                #expect(end.status == row.status, "\(row) \(end.errors)")
                for word in row.words { #expect(end.errors.contains(word), "\(row): \(end.errors)") }
            }
        }
    }
}

import Foundation
import PostgresServer
import Testing

extension Processes {
    /// Logs in other forms than CSV, and Muster's own exports, as somebody brings them in who writes no mapping.
    @Suite("Imports of other forms") struct ImportFormatTests {
        private static let activities = ["taken", "sent", "done"]
        private static let cases = 20

        /// Of each case three activities, an hour apart.
        private static func events<Text>(_ make: (_ number: Int, _ activity: String, _ time: String) -> Text) -> [Text]
        {
            (1...cases).flatMap { number in
                activities.enumerated().map { hour, activity in
                    let day = 10 + number % 18
                    return make(number, activity, "2024-03-\(day)T0\(hour + 1):\(10 + number):00Z")
                }
            }
        }

        private static var lines: String {
            events { #"{"case":"C-\#($0)","activity":"\#($1)","unit":"U\#($0 % 3)","time":"\#($2)"}"# }
                .joined(separator: "\n")
        }

        private static var xes: String {
            let events = events { number, activity, time in
                """
                <event><string key="concept:name" value="\(activity)"/><string key="org:resource" value="U\(number % 3)"/>\
                <date key="time:timestamp" value="\(time)"/></event>
                """
            }
            let traces = (0..<cases).map { index in
                let own = events[(index * activities.count)..<((index + 1) * activities.count)].joined()
                return #"<trace><string key="concept:name" value="C-\#(index + 1)"/>\#(own)</trace>"#
            }
            return #"<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\#(traces.joined())</log>"#
        }

        @Test(
            "A log is looked at, comes in as suggested, goes out in three forms, and each comes in as the same log",
            .timeLimit(.minutes(20)),
            arguments: ["steps.ndjson", "steps.xes"]
        )
        func comesBack(_ name: String) async throws {
            try await House.with { house in
                let text = name.hasSuffix("xes") ? Self.xes : Self.lines
                try text.write(toFile: house.directory + "/" + name, atomically: true, encoding: .utf8)
                let first = try await imported(name, as: "first", in: house)
                #expect(first == ["events": 60, "cases": 20, "activities": 3, "variants": 1, "rejected": 0])

                for (index, form) in ["xes", "ocel-json", "csv"].enumerated() {
                    let file = "back\(index)." + ["xes", "jsonocel", "csv"][index]
                    let export = try await house.run(
                        "muster",
                        "export",
                        "--data",
                        house.data,
                        "--log",
                        "first",
                        "--format",
                        form,
                        "-o",
                        file
                    )
                    #expect(export.status == 0, "\(form): \(export.errors)")
                    let back = try await imported(file, as: "back\(index)", in: house)
                    #expect(back == first, "\(form)")
                }
            }
        }

        @Test("What no mapping can be suggested for says why", .timeLimit(.minutes(20)))
        func nothingToSuggest() async throws {
            try await House.with { house in
                for (name, text) in [("empty.json", ""), ("torn.xes", "<log><trace>"), ("number.json", "17")] {
                    try text.write(toFile: house.directory + "/" + name, atomically: true, encoding: .utf8)
                    let end = try await house.run("muster", "import", "--suggest", name)
                    #expect(end.status == 1, "\(name): \(end.output)")
                    #expect(end.errors.contains(name), "\(end.errors)")
                }
            }
        }

        /// Brings a file in by the mapping that is suggested for it, and gives the counts of its report.
        private func imported(_ file: String, as log: String, in house: House) async throws -> [String: Int] {
            let suggestion = try await house.run("muster", "import", "--suggest", file)
            #expect(suggestion.status == 0, "\(file): \(suggestion.errors)")
            let mapping = "\(file).yaml"
            try suggestion.output.write(toFile: house.directory + "/" + mapping, atomically: true, encoding: .utf8)
            let end = try await house.run(
                "muster",
                "import",
                "--data",
                house.data,
                "--log",
                log,
                "--mapping",
                mapping,
                file
            )
            #expect(end.status == 0, "\(file): \(end.errors)")
            let report = try await house.run("muster", "report", log, "--data", house.data, "--format", "json")
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(report.output.utf8)) as? [String: Any],
                "\(report.errors)"
            )
            return json.filter { ["events", "cases", "activities", "variants", "rejected"].contains($0.key) }
                .compactMapValues { $0 as? Int }
        }
    }
}

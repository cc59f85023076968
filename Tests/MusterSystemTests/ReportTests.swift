import Foundation
import PostgresServer
import Testing

extension Processes {
    /// From a file to an answer, as somebody goes who has a file and nothing else: look at it, bring it in, ask what happened.
    @Suite("Reports") struct ReportTests {
        private static let cases = 60
        /// Minutes from the dispatch to the arrival of the fire station, on which all time is lost.
        private static func wait(_ number: Int) -> Int { 120 + number }

        /// Incidents that the grid office reports and dispatches, and the fire station comes to and closes.
        private static var rows: String {
            let begin = Date(timeIntervalSince1970: 1_583_020_800)
            var rows = "incident,activity,time,department,officer\n"
            for number in 0..<cases {
                let minutes = [0, 5, 5 + wait(number), 15 + wait(number)]
                let steps = ["reported", "dispatched", "arrived", "closed"]
                for (step, minute) in zip(steps, minutes) {
                    let time = begin.addingTimeInterval(Double(number * 7_200 + minute * 60))
                    let party = minute <= 5 ? "Grid Office" : "Fire Station"
                    let text = time.formatted(.iso8601)
                    rows += "I-\(number),\(step),\(text),\(party),\(party.prefix(1))-\(number % 5)\n"
                }
            }
            return rows
        }

        private func muster(_ house: House, _ verb: String, _ arguments: String...) async throws -> String {
            try await muster(house, verb, arguments)
        }

        private func muster(_ house: House, _ verb: String, _ arguments: [String]) async throws -> String {
            let place = arguments.contains("--suggest") ? [] : ["--data", house.data]
            let end = try await house.start("muster", [verb] + place + arguments).end()
            #expect(end.status == 0, "\(verb) \(arguments.joined(separator: " ")): \(end.errors)")
            return end.output
        }

        private func report(_ house: House, _ arguments: [String] = []) async throws -> String {
            try await muster(house, "report", ["calls"] + arguments)
        }

        private func json(_ text: String) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        }

        private func page(_ name: String, in house: House) throws -> String {
            try String(contentsOfFile: house.directory + "/" + name, encoding: .utf8)
        }

        @Test(
            "A file is looked at, comes in as suggested, and its page says first where time is lost and who waits",
            .timeLimit(.minutes(20))
        )
        func fileToPage() async throws {
            try await House.with { house in
                try Self.rows.write(toFile: house.directory + "/calls.csv", atomically: true, encoding: .utf8)
                let mapping = try await muster(house, "import", "--suggest", "calls.csv")
                try mapping.write(toFile: house.directory + "/calls.yaml", atomically: true, encoding: .utf8)
                _ = try await muster(house, "import", "--log", "calls", "--mapping", "calls.yaml", "calls.csv")
                for language in ["en", "zh"] {
                    let page = ["--language", language, "-o", "\(language).html"]
                    #expect(try await report(house, page).isEmpty)
                }
                let report = try await json(report(house, ["--format", "json"]))
                try figures(report)
                try english(page("en.html", in: house), report)
                try chinese(page("zh.html", in: house), report)
                try await terminal(house)
                try await tables(house)
            }
        }

        /// What the file says when it is added up by hand.
        private func figures(_ report: [String: Any]) throws {
            let counts = ["events", "cases", "activities", "variants", "rejected"].map { report[$0] as? Int }
            #expect(counts == [4 * Self.cases, Self.cases, 4, 1, 0])
            let durations = try #require(report["durations"] as? [String: Double?])
            // From 135 to 194 minutes: the mean of the 30th and the 31st, the 54th, the 60th.
            #expect(durations["p50"] == (135 + 29.5) * 60)
            #expect(durations["p90"] == (135 + 53) * 60)
            #expect(durations["p99"] == (135 + 59) * 60)
            let graph = try #require(report["graph"] as? [[String: Any]])
            #expect(graph.count == 3)
            #expect(graph.allSatisfy { $0["count"] as? Int == Self.cases })
            let slow = try #require(graph.first { $0["from"] as? String == "dispatched" })
            #expect(slow["to"] as? String == "arrived")
            #expect(slow["total"] as? Double == Double((0..<Self.cases).reduce(0) { $0 + Self.wait($1) } * 60))
            let tables = try #require(report["tables"] as? [String: [[String: Any]]])
            let handovers = try #require(tables["handovers"])
            let handover = try #require(handovers.first { ($0["handover"] as? [String: String])?["en"] == "yes" })
            #expect(handover["from"] as? String == "Grid Office")
            #expect(handover["to"] as? String == "Fire Station")
            #expect(handover["p50_seconds"] as? Double == (120 + 29.5) * 60)
        }

        private func english(_ page: String, _ report: [String: Any]) throws {
            try standsAlone(page)
            #expect(page.contains("<html lang=\"en\">"))
            let first = try firstSection(of: page)
            #expect(first.hasPrefix("<article><h2>Most time is lost between dispatched and arrived</h2>"))
            #expect(first.contains("<h2>Grid Office waits longest for Fire Station</h2>"))
            // The page says what the report for machines says: findings word by word, and durations as exact microseconds.
            let findings = try #require(report["findings"] as? [[String: Any]])
            #expect(findings.count > 1)
            for finding in findings {
                for part in ["headline", "detail"] {
                    let words = try #require((finding[part] as? [String: String])?["en"])
                    #expect(page.contains(words), "\(words)")
                }
            }
            let tables = try #require(report["tables"] as? [String: [[String: Any]]])
            for row in try #require(tables["process-map"]) {
                let total = try #require(row["total_seconds"] as? Double)
                #expect(page.contains("data-v=\"\(Int64(total * 1_000_000))\""), "\(row)")
            }
        }

        private func chinese(_ page: String, _ report: [String: Any]) throws {
            try standsAlone(page)
            #expect(page.contains("<html lang=\"zh"))
            let findings = try #require(report["findings"] as? [[String: Any]])
            let headline = try #require((findings.first?["headline"] as? [String: String])?["zh"])
            #expect(try firstSection(of: page).hasPrefix("<article><h2>\(headline)</h2>"))
            #expect(headline.contains("dispatched") && headline.contains("耗在"), "\(headline)")
        }

        /// Nothing on the page comes from elsewhere.
        private func standsAlone(_ page: String) throws {
            #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
            for other in ["http://", "https://", "//cdn", " src=", "<link", "@import", "<iframe", "url(h", "fetch("] {
                #expect(!page.contains(other), "\(other)")
            }
        }

        private func firstSection(of page: String) throws -> Substring {
            let begin = try #require(page.firstRange(of: "<section class=\"findings"))
            let rest = page[begin.upperBound...]
            let end = try #require(rest.firstRange(of: "</section>"))
            let inside = rest[..<end.lowerBound]
            return inside.drop { $0 != ">" }.dropFirst().drop { $0 == "\n" }
        }

        private func terminal(_ house: House) async throws {
            let text = try await report(house)
            let expected = [
                "▸ Most time is lost between dispatched and arrived", "▸ Grid Office waits longest for Fire Station",
                "240 events", "events by hour", "Where time is lost",
            ]
            for words in expected { #expect(text.contains(words), "\(words)") }
            #expect(try await report(house, ["--language", "zh"]).contains("按时事件"))
        }

        private func tables(_ house: House) async throws {
            let summary = try await report(house, ["--format", "csv"])
            #expect(summary.hasPrefix("figure,value\r\nevents,240\r\n"))
            let hours = try await report(house, ["--query", "workload-by-hour", "--format", "csv"])
            let lines = hours.split(separator: "\r\n")
            #expect(lines.first == "kind,name,hour,events,share")
            let events = lines.filter { $0.hasPrefix("agency,") }.compactMap { Int($0.split(separator: ",")[3]) }
            #expect(events.count == 2 * 24)
            #expect(events.reduce(0, +) == 4 * Self.cases)
            let periods = ["--compare", "2020-03-01..2020-03-03", "--with", "2020-03-03..2020-03-10"]
            let sides = try await report(house, periods + ["--query", "comparison", "--format", "json"])
            let rows = try #require(try json(sides)["rows"] as? [[String: Any]])
            // The first 24 incidents against the other 36.
            #expect(rows.first?["left"] as? Double == (135 + 11.5) * 60)
            #expect(rows.first?["right"] as? Double == (135 + 41.5) * 60)
        }
    }
}

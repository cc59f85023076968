import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Records
import Testing

@testable import MusterHistory

/// Exports are read by pm4py, which must find in them what Muster finds in the log.
@Suite(.testDatabase, .needsPython("pm4py"))
struct PeerReadingTests {
    /// What a tool says of a log.
    private struct Reading: Decodable, Equatable {
        struct Edge: Decodable, Hashable {
            let from: String
            let to: String
            let count: Int
        }

        let events: Int
        let cases: Int
        let edges: Set<Edge>
    }

    private struct Answer: Decodable {
        let xes: Reading
        /// By format: the log flattened to its cases.
        let ocel: [String: Reading]
        let objects: [String: Int]
    }

    private static let script = """
        import json, sys, pm4py
        xes, *ocel = sys.argv[1:]
        def say(frame, case="case:concept:name"):
            edges, _, _ = pm4py.discover_dfg(frame)
            return {"events": len(frame), "cases": frame[case].nunique(),
                    "edges": [{"from": a, "to": b, "count": n} for (a, b), n in edges.items()]}
        readers = {"json": pm4py.read_ocel2_json, "xml": pm4py.read_ocel2_xml, "sqlite": pm4py.read_ocel2_sqlite}
        answer = {"xes": say(pm4py.read_xes(xes)), "ocel": {}, "objects": {}}
        for path in ocel:
            name = path.split(".")[-1]
            log = readers[name](path)
            answer["objects"][name] = len(log.objects)
            answer["ocel"][name] = say(pm4py.ocel_flattening(log, "case"))
        print(json.dumps(answer))
        """

    /// What Muster says.
    private static func reading(of log: Log) async throws -> Reading {
        let analysis = try await LogReport.make(from: log).analysis
        return Reading(
            events: analysis.counts.events,
            cases: analysis.counts.cases,
            edges: Set(
                analysis.graph.edges.map { edge in
                    Reading.Edge(
                        from: analysis.activities[edge.from].label.name,
                        to: analysis.activities[edge.to].label.name,
                        count: edge.count
                    )
                }
            )
        )
    }

    private static func check(_ log: Log) async throws {
        let directory = try ExportDirectoryForTests()
        let files = [
            (ExportFormat.xes, "log.xes"), (.ocelJSON, "log.json"), (.ocelXML, "log.xml"), (.ocelSQLite, "log.sqlite"),
        ]
        for (format, name) in files {
            try await ExportedLog.export(log, format).write(to: URL(filePath: directory.file(name)))
        }
        let text = try PeerPython.run(script, files.map { directory.file($0.1) })
        let answer = try JSONDecoder().decode(Answer.self, from: Data(text.utf8))
        let own = try await reading(of: log)
        #expect(!own.edges.isEmpty)
        same(answer.xes, own, .xes)
        for (format, name) in files.dropFirst() {
            same(try #require(answer.ocel[name.replacing("log.", with: "")]), own, format)
        }
        let json = try Data(contentsOf: URL(filePath: directory.file("log.json")))
        let document = try JSONSerialization.jsonObject(with: json) as? [String: Any]
        let objects = (document?["objects"] as? [Any])?.count ?? 0
        #expect(answer.objects == ["json": objects, "xml": objects, "sqlite": objects])
    }

    /// Says what differs, and not all that there is.
    private static func same(_ theirs: Reading, _ ours: Reading, _ format: ExportFormat) {
        #expect(theirs.events == ours.events, "\(format)")
        #expect(theirs.cases == ours.cases, "\(format)")
        let difference = theirs.edges.symmetricDifference(ours.edges).map { "\($0.from) → \($0.to): \($0.count)" }
        #expect(difference.sorted().prefix(4) == [], "\(format)")
    }

    @Test(.timeLimit(.minutes(20)))
    func `pm4py reads XES and all encodings of OCEL, and finds the same cases, events and edges`() async throws {
        try await TestDatabase.current.withLog("visits", mode: .history) { log in
            try await ExportedLog.importRows(ExportedLog.rows, into: log)
            try await ExportedLog.importRows(ExportedLog.correction, into: log)
            try await Self.check(log)
        }
    }

    @Test(.timeLimit(.minutes(20)), .needs("eventlogs/receipt.csv"))
    func `pm4py finds in the receipt phase of permits what Muster finds`() async throws {
        try await TestDatabase.current.withLog("receipt", mode: .history) { log in
            let mapping = try Mapping.named("receipt-phase")
            let path = SharedData.path("eventlogs/receipt.csv")
            _ = try await Importer(log: DatabaseLog(log: log)).run(input: path, mapping: mapping)
            try await Self.check(log)
        }
    }
}

import EventSourcing
import Testing

@testable import MusterHistory

/// Feeds that hold the latest alerts each time they are asked.
@Suite("Feeds of alerts", .timeLimit(.minutes(20)))
struct AlertFeedTests {
    private static func alert(_ id: Int, _ event: String = "Flood", urgency: String = "Expected") -> String {
        """
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A-\(id)</identifier><sender>s</sender>
        <sent>2024-05-01T0\(id):00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
        <info><language>en</language><category>Met</category><event>\(event)</event><urgency>\(urgency)</urgency>
        <severity>Minor</severity><certainty>Likely</certainty></info>
        <info><language>zh</language><category>Met</category><event>\(event)</event><urgency>\(urgency)</urgency>
        <severity>Minor</severity><certainty>Likely</certainty></info></alert>
        """
    }

    private static func feed(_ alerts: String...) -> String {
        let entries = alerts.enumerated().map { number, alert in
            "<entry><id>\(number)</id><content type=\"text/xml\">\(alert)</content></entry>"
        }
        return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>f</id>\(entries.joined())</feed>"
    }

    private func summary(_ feed: String, into log: MemoryLog) async throws -> ImportSummary {
        let file = try TemporaryFile("alerts.atom", text: feed)
        return try await Importer(log: log).run(input: file.path, mapping: Mapping.named("cap"))
    }

    @Test("windows that overlap add each alert once, and one that changed as a later revision")
    func overlap() async throws {
        let log = try MemoryLog()
        let first = try await summary(Self.feed(Self.alert(1), Self.alert(2), Self.alert(3)), into: log)
        #expect(first.added == 6)
        let next = try await summary(Self.feed(Self.alert(2), Self.alert(3, "Storm"), Self.alert(4)), into: log)
        #expect(next.rows == 6)
        #expect(next.added == 2)
        #expect(next.duplicates == 2)
        #expect(next.changed == 2)
        let again = try await summary(Self.feed(Self.alert(4), Self.alert(3, "Storm")), into: log)
        #expect(again.duplicates == 4)
        #expect(again.added + again.changed == 0)

        let rows = try ImportedRow.all(in: log)
        #expect(rows.cases == ["A-1", "A-2", "A-3", "A-4"])
        let third = rows.filter { $0.caseID == "A-3" && $0.attributes["language"] == "zh" }
        #expect(third.map(\.revision) == [1, 2])
        #expect(third.map { $0.attributes["event"] } == ["Flood", "Storm"])
    }

    @Test("an info that lacks what the standard requires is rejected; an alert without any info is whole")
    func requirements() async throws {
        let log = try MemoryLog()
        let bare = """
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>B</identifier><sender>s</sender>
            <sent>2024-05-01T09:00:00+08:00</sent><status>Actual</status><msgType>Cancel</msgType><scope>Public</scope>
            </alert>
            """
        let outcome = try await summary(Self.feed(Self.alert(1, urgency: ""), bare, Self.alert(2)), into: log)
        #expect(outcome.rejects == ["missing": 2])
        #expect(outcome.added == 3)
        #expect(try ImportedRow.all(in: log).cases == ["A-2", "B"])
    }
}

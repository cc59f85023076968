import EventSourcing
import MusterDomain
import Records
import Testing

/// Identifiers, limits, times and descriptions.
@Suite struct VocabularyTests {
    @Test("An identifier is letters, digits, hyphens, dots and underscores, beginning with a letter or digit")
    func identifiers() {
        for text in ["a", "M-0412", "passage.clear", "dq_02", String(repeating: "x", count: 64)] {
            #expect(MatterID(rawValue: text) != nil, "\(text)")
        }
        for text in ["", "-a", ".a", "a b", "a/b", "事项", "a\u{0}", String(repeating: "x", count: 65)] {
            #expect(MatterID(rawValue: text) == nil, "\(text)")
        }
    }

    @Test("Limits shrink with a faster clock, never below a second, and the senders' clocks stay")
    func scaledLimits() {
        let limits = Limits.standard.scaled(by: 1.0 / 60)
        #expect(limits.emergency.accept == .seconds(10))
        #expect(limits.urgent.onScene == .seconds(120))
        #expect(limits.clockAhead == .seconds(300))
        #expect(Limits.standard.scaled(by: 1e-9).emergency.accept == .seconds(1))
        #expect(Limits.standard.scaled(by: .nan) == .standard)
        #expect(Limits.standard.scaled(by: -1) == .standard)
    }

    @Test("Limits can be written to configuration and read back")
    func limitsRecord() throws {
        #expect(try Limits.record.decode(Limits.record.encode(.standard)) == .standard)
    }

    @Test(
        "A time that could not be stored for ever is refused",
        arguments: [
            "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1899-12-31T23:59:59Z", "2200-01-01T00:00:00Z",
            "2026-11-21T18:42:07", "yesterday",
        ]
    )
    func implausibleTimes(text: String) {
        #expect(throws: Problems.self) { try Codec<Timestamp>.timestamp.decode(Array("\"\(text)\"".utf8)) }
    }

    @Test(
        "A webhook address is absolute, without user or fragment",
        arguments: [
            ("https://fire.example.org/muster?x=1", true), ("http://127.0.0.1:8080/", true), ("ftp://x", false),
            ("https://", false), ("https:///x", false), ("https://a@b/", false), ("https://a/#b", false),
            ("https://a b/", false), ("//x", false), ("https://\(String(repeating: "x", count: 500))", false),
        ]
    )
    func webhookAddresses(text: String, isValid: Bool) {
        #expect((WebhookURL(rawValue: text) != nil) == isValid)
    }

    @Test("Commands have different names, both languages and somebody who may send them")
    func catalogue() {
        #expect(Set(CommandCatalogue.all.map(\.name)).count == CommandCatalogue.all.count)
        for entry in CommandCatalogue.all {
            #expect(!entry.roles.isEmpty, "\(entry.name)")
            #expect(entry.words.en != entry.words.zh, "\(entry.name)")
            for field in entry.fields { #expect(field.words.en != field.words.zh, "\(entry.name).\(field.name)") }
        }
    }

    @Test("R1.1 no command that is an order may be sent by a property company")
    func orders() {
        let wrong = CommandCatalogue.all.filter { $0.isOrder && $0.roles.contains(.propertyManager) }
        #expect(wrong.isEmpty)
    }

    @Test("What only Muster may send, nobody else may")
    func systemCommands() {
        for name in ["RecordNoShow", "EscalateWhistle", "RecordFeedbackMissing", "RecordMissedDeadline"] {
            #expect(CommandCatalogue.entry(named: name)?.roles == [.system])
        }
    }

    @Test("A command written as JSON is read as the same command")
    func commandRoundTrip() throws {
        let whistle = Scenario.emergency(lead: .firstReceiver)
        #expect(try BlowWhistle.description.record.decode(whistle.data) == whistle)
    }

    @Test("A misspelt member of a command is refused by name")
    func misspelt() {
        let data = Array(#"{"matter":"M-1","departement":"fire"}"#.utf8)
        let problems = #expect(throws: Problems.self) { try AcceptWhistle.description.record.decode(data) }
        #expect(problems?.list.map(\.pointer).sorted() == ["/departement", "/department"])
    }
}

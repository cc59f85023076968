import Foundation
import MusterDomain
import MusterRuntime
import Records
import Testing

/// The limits of a town, as its administrators write them.
@Suite struct LimitsFileTests {
    private static let document = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../deploy/limits.yaml").standardizedFileURL

    private func limits(_ text: String) throws -> Limits {
        let file = FileManager.default.temporaryDirectory.appending(path: "limits-\(UUID()).yaml")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try LimitsFile.limits(of: file.path)
    }

    @Test("What a file names is as it says, and everything else as it is by itself")
    func named() throws {
        let limits = try limits(
            """
            emergency:
              acceptSeconds: 300
              onSceneSeconds: 900
            consentSeconds: 7200
            incidents: {verificationSeconds: 3600}
            """
        )
        #expect(limits.emergency == ResponseLimits(accept: .seconds(300), onScene: .seconds(900)))
        #expect(limits.consent == .seconds(7_200))
        #expect(limits.incidents.verification == .seconds(3_600))
        #expect(limits.urgent == Limits.standard.urgent)
        #expect(limits.intake == .standard)
        #expect(try self.limits("{}") == .standard)
    }

    @Test("Whatever is wrong is named with its line")
    func problems() {
        let error = #expect(throws: ConfigurationError.self) {
            try limits("taskSeconds: 60\nconsentSeconds: soon\nfeedback: 3\n")
        }
        #expect(error?.key == "limits.file")
        #expect(error?.needs.contains("line 2, consentSeconds: ") == true)
        #expect(error?.needs.contains("line 3, feedback: ") == true)
        #expect(throws: ConfigurationError.self) { try LimitsFile.limits(of: "/nowhere/limits.yaml") }
    }

    // MARK: Every key

    @Test("A file may name any one key alone, and changes nothing else", arguments: LimitsKey.all)
    func alone(key: LimitsKey) throws {
        let changed = try limits(key.document(key.other))
        var expected = try LimitsKey.values(of: .standard)
        expected[key.name] = key.other
        #expect(try LimitsKey.values(of: changed) == expected)
    }

    @Test("A key that is not known is refused by its name and line, in every section", arguments: LimitsKey.sections)
    func unknown(section: [String]) {
        let key = LimitsKey(path: section + ["colour"], other: "7")
        let error = #expect(throws: ConfigurationError.self) { try limits(key.document("7")) }
        #expect(error?.needs.contains("line \(section.count + 1), \(key.name): is not known here") == true)
    }

    @Test("Every key says what it means and of which rule, in both languages")
    func help() {
        for key in LimitsKey.all {
            #expect(key.help?.en.contains(#/\((S\d+|R\d+\.\d+)\)$/#) == true, "\(key.name)")
            #expect(key.help?.zh.contains(#/（(S\d+|R\d+\.\d+)）$/#) == true, "\(key.name)")
        }
    }

    @Test("deploy/limits.yaml says what the source says, and reads as the standard limits")
    func documented() throws {
        let text = LimitsDocument.text(of: .standard)
        // Run the tests with MUSTER_WRITE_SCHEMAS=1 to bring the file up to date.
        if ProcessInfo.processInfo.environment["MUSTER_WRITE_SCHEMAS"] == "1" {
            try Data(text.utf8).write(to: Self.document)
        }
        #expect(try String(contentsOf: Self.document, encoding: .utf8) == text)
        #expect(try limits(text) == .standard)
    }

    @Test("Limits that are written out read back as they were")
    func readBack() throws {
        let scaled = Limits.standard.scaled(by: 0.25)
        #expect(try limits(LimitsDocument.text(of: scaled)) == scaled)
        let told = try limits("ladder: {communityPercent: 25}")
        #expect(told.ladder.communityPercent == 25)
        #expect(try limits(LimitsDocument.text(of: told)) == told)
    }
}

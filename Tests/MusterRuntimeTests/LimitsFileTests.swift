import Foundation
import MusterDomain
import MusterRuntime
import Testing

/// The limits of a town, as its administrators write them.
@Suite struct LimitsFileTests {
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
}

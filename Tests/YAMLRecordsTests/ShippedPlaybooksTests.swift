import Foundation
import MusterDomain
import Records
import Testing
import YAMLRecords

@Suite("Shipped playbooks")
struct ShippedPlaybooksTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../schemas/playbooks").standardizedFileURL
    private static let names = ["blocked-passage", "confirmed-case", "gas-leak", "returnee"]

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
    }

    @Test("R6.7 each can be published, and is named for its file", arguments: names)
    func isGood(name: String) throws {
        let playbook = try YAMLDocument(Self.text(name)).decode(Playbook.sent)
        #expect(playbook.playbook.rawValue == name)
        #expect(playbook.groups.count > 1)
        #expect(PublishPlaybook(playbook: playbook).data.count < 60_000, "it fits through the door")
    }

    @Test("there is no other one")
    func all() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.filter { $0.hasSuffix(".yaml") }.sorted() == Self.names.map { "\($0).yaml" })
    }

    @Test("R6.1 the confirmed case has its four groups, of which none waits for all others")
    func fourGroups() throws {
        let playbook = try YAMLDocument(Self.text("confirmed-case")).decode(Playbook.sent)
        #expect(
            playbook.groups.map(\.group.rawValue) == [
                "household-entry", "disease-prevention", "outdoor-monitor", "outdoor-disinfection",
            ]
        )
        #expect(playbook.groups.allSatisfy { group in group.steps.contains { $0.needs.isEmpty } })
        #expect(playbook.rechecks.map(\.after) == [.seconds(172_800), .seconds(1_209_600)])
    }

    @Test(
        "what is wrong with a playbook is told with its line",
        arguments: [
            (
                "needs: [close-valve, clear-building]", "needs: [close-valve, clear-house]",
                "groups[1].steps[2].needs[2]"
            ),
            ("    partyKind: community\n", "", "groups[2]"),
            ("playbook: gas-leak\nversion: 1", "playbook: gas-leak\nversion: one", "version"),
            ("unit: '%LEL', minimum: 0", "unit: '%LEL', minimum: 11", "groups[1].steps[2].evidence.minimum"),
            ("requires: [no-ignition]", "requires: [no-smoking]", "groups[2].steps[1].requires[1]"),
            (
                "coversSites: true\n      - step: report-shut-off", "coverSites: true\n      - step: report-shut-off",
                "groups[1].steps[2].coverSites"
            ),
        ]
    )
    func told(part: String, other: String, key: String) throws {
        let text = try Self.text("gas-leak")
        let broken = text.replacing(part, with: other)
        try #require(broken != text)
        let problems = try #require(throws: YAMLProblems.self) { try YAMLDocument(broken).decode(Playbook.sent) }
        #expect(problems.list.map(\.key) == [key])
        let line = try #require(problems.list.first?.line)
        let name = String(try #require(key.split(separator: ".").last).prefix { $0 != "[" })
        let found = broken.split(separator: "\n", omittingEmptySubsequences: false)[line - 1]
        #expect(found.contains(name == "groups" ? "- group: evacuation" : "\(name):"))
    }
}

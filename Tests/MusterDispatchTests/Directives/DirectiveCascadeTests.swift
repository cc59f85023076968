import EventLog
import EventSourcing
import MusterCommands
import MusterDomain
import MusterTesting
import Testing

@testable import MusterDispatch

/// A directive on its way down through the log, with a worker that is killed meanwhile (F8).
@Suite("The cascade of a directive", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct DirectiveCascadeTests {
    private static let text = "Each household is told."
    private static let directive = DirectiveID("D-1")
    private static let recalled = "recalled"

    @Test("F8 comes to everybody once, whoever is killed, and a recall half-way to everybody who has it")
    func halfWay() async throws {
        let tree = try CascadeTree([3, 6, 12, 60])
        try await Town.with { town in
            try await tree.found(in: town)
            let policies: [any Policy] = [DirectivePolicy()]
            let held = tree.places[3][0]
            let unreached = tree.children[held, default: []].count
            let reached = tree.addresseeCount - unreached
            try await town.running(town.runner(policies), town.runner(policies)) {
                try await Self.issue(tree, in: town)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await Self.relay(tree, except: held, in: town) }
                    group.addTask {
                        for _ in 1...5 { try await town.eventually { try await town.killLeader() } }
                    }
                    try await group.waitForAll()
                }
                try await town.events { $0.named("DirectiveReceived").count == reached }
                try await town.send(
                    RecallDirective(directive: Self.directive, reason: "Sent to the wrong city."),
                    as: tree.office(of: CascadeTree.city, 0)
                )
                #expect(try await Self.refusal(of: tree, relayBy: held, in: town) == Self.recalled)
                try await town.eventually { try await town.killLeader() }
                try await town.events { $0.named("RecallReceived").count == reached }
            }
            let events = try await town.allEvents()
            for name in ["DirectiveReceived", "RecallReceived"] {
                let streams = events.named(name).map(\.stream)
                #expect(streams.count == reached)
                #expect(Set(streams).count == reached, "\(name) once for each")
            }
            for grid in tree.children[held, default: []] {
                let stream = AddressedDirective.stream(Self.directive, Addressee(grid))
                #expect(!events.contains { $0.stream == stream })
            }
        }
    }

    @Test("S4 grids acknowledge side by side while the cascade goes on, without a conflict")
    func sideBySide() async throws {
        let tree = try CascadeTree([2, 4, 8, 40])
        try await Town.with { town in
            try await tree.found(in: town)
            try await town.running(town.runner([DirectivePolicy()])) {
                try await Self.issue(tree, in: town)
                try await Self.relay(tree, except: nil, in: town)
                try await town.events { $0.named("DirectiveReceived").count == tree.addresseeCount }
                try await Self.acknowledge(tree, in: town)
                // The grids by themselves, all others by their relay.
                try await town.events { $0.named("ReceiptAcknowledged").count == tree.addresseeCount }
            }
        }
    }

    // MARK: - Pieces

    private static func issue(_ tree: CascadeTree, in town: Town) async throws {
        let issue = IssueDirective(
            directive: directive,
            subject: DirectiveSubjectID("returnee.isolation"),
            title: "Those who come back stay at home",
            body: text,
            audience: tree.below(CascadeTree.city),
            effectiveFrom: town.clock.now
        )
        try await town.send(issue, as: tree.office(of: CascadeTree.city, 0))
    }

    /// Everybody passes it on, level by level.
    private static func relay(_ tree: CascadeTree, except held: TerritoryID?, in town: Town) async throws {
        for level in 1...3 {
            for place in tree.places[level] where place != held {
                try await town.send(relay(tree, place), as: tree.office(of: place, level))
            }
        }
    }

    private static func relay(_ tree: CascadeTree, _ place: TerritoryID) -> RelayDirective {
        RelayDirective(directive: directive, version: 1, hash: TextHash(of: text), to: tree.below(place))
    }

    /// Why a community may not pass it on; nil when it may.
    private static func refusal(
        of tree: CascadeTree,
        relayBy place: TerritoryID,
        in town: Town
    ) async throws -> String? {
        do {
            try await town.send(relay(tree, place), as: tree.office(of: place, 3))
            return nil
        } catch CommandFailure.rejected(let rejection) {
            return rejection.reason
        }
    }

    private static func acknowledge(_ tree: CascadeTree, in town: Town) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, grid) in tree.grids.enumerated() {
                if index >= 32 { try await group.next() }
                group.addTask {
                    let acknowledge = AcknowledgeReceipt(directive: directive, territory: grid, version: 1)
                    try await town.send(acknowledge, as: tree.office(of: grid, 4))
                }
            }
            try await group.waitForAll()
        }
    }
}

import EventLog
import EventSourcing
import MusterDomain
import MusterTesting
import Records
import TaskQueue
import Testing

@testable import MusterDispatch

/// From the command to the task of whoever the directive is for, and back.
@Suite("Directives as tasks", .testDatabase, .timeLimit(.minutes(20)))
struct DirectiveTaskTests {
    private static let text = "Each household is told.\n每户告知。"
    private static let policies: [any Policy] = [DirectivePolicy(), DirectiveDeliveryPolicy()]

    private static func issue(at time: Timestamp) -> IssueDirective {
        IssueDirective(
            directive: DirectiveID("D-1"),
            subject: DirectiveSubjectID("returnee.isolation"),
            title: "Those who come back stay at home",
            body: text,
            audience: [Addressee(Town.community), Addressee(Town.district, Town.fire)],
            effectiveFrom: time
        )
    }

    @Test("S4 a directive ends as one task of each party it is for, which is done once, whoever is killed meanwhile")
    func once() async throws {
        try await Town.with { town in
            try await town.foundDistrict()
            try await town.running(town.runner(Self.policies), town.runner(Self.policies)) {
                try await town.send(Self.issue(at: town.clock.now), as: Town.command)
                let leased = try await town.lease(PartyID("office"))
                let task = try #require(leased.first)
                #expect(leased.count == 1)
                #expect(task.kind == "directive")
                let content = try DirectiveDelivery.record.decode(Array(task.payload.utf8))
                #expect(content.territory == Town.community && content.party == nil)
                #expect(content.title == "Those who come back stay at home")
                #expect(content.text == Self.text && content.hash == TextHash(of: Self.text))
                #expect(content.due == town.clock.now + Limits.standard.directives.hop(under: nil))
                // What the task asks for, with what it says.
                let receipt = AcknowledgeReceipt(
                    directive: content.directive,
                    territory: content.territory,
                    party: content.party,
                    version: content.version
                )
                try await town.send(receipt, as: Town.head)
                #expect(try await town.queue.acknowledge([task.grant]) == [task.grant])
                try await town.eventually { try await town.killLeader() }
                let recall = RecallDirective(directive: DirectiveID("D-1"), reason: "Sent to the wrong community.")
                try await town.send(recall, as: Town.command)
                let recalled = try #require(try await town.lease(PartyID("office")).first)
                #expect(recalled.kind == "directive-recalled")
                #expect(recalled.payload.contains("Sent to the wrong community."))
                try await town.eventually { try await town.tasks().count == 4 }
            }
            #expect(
                try await town.tasks() == [
                    "fire directive waiting", "fire directive-recalled waiting", "office directive done",
                    "office directive-recalled leased",
                ]
            )
        }
    }

    @Test("S4 the sender is told who let the limit pass")
    func overdue() async throws {
        try await Town.with { town in
            try await town.foundDistrict()
            let officer = Actor(
                person: PersonID("fire-duty"),
                party: Town.fire,
                role: .departmentOfficer,
                territory: Town.district
            )
            try await town.send(
                AppointPerson(
                    person: officer.person,
                    role: officer.role,
                    party: officer.party,
                    territory: officer.territory,
                    from: town.clock.now
                ),
                as: Town.administrator
            )
            try await town.running(town.runner(Self.policies)) {
                try await town.send(Self.issue(at: town.clock.now), as: Town.command)
                try await town.events { $0.named("DirectiveReceived").count == 2 }
                let receipt = AcknowledgeReceipt(
                    directive: DirectiveID("D-1"),
                    territory: Town.district,
                    party: Town.fire,
                    version: 1
                )
                try await town.send(receipt, as: officer)
                town.clock.advance(by: .seconds(7_200))
                let told = try #require(try await town.lease(PartyID("command")).first)
                #expect(told.kind == "receipt-overdue")
                let content = try DirectiveDelivery.record.decode(Array(told.payload.utf8))
                #expect(content.territory == Town.community)
            }
        }
    }
}

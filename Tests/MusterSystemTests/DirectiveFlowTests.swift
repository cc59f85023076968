import EventSourcing
import Foundation
import MusterDomain
import MusterTesting
import Records
import Testing

extension Processes {
    /// Through the door alone, as the systems of parties see it.
    @Suite("A directive on its way down") struct DirectiveFlowTests {
        @Test(
            "F8 six hops with an amendment and a recall half-way: everybody is told everything once, whatever is killed",
            .timeLimit(roundsWithin: 20),
            .namesSeed
        )
        func halfWay() async throws {
            try await Rounds.run("cascades", share: 0.3) { try await halfWay(seed: $0) }
        }

        private func halfWay(seed: UInt64) async throws {
            // Each part is killed in one of the five stretches, and now and then another with it.
            let blows = Blows(seed: seed, stretches: 5)
            try await House.with { house in
                let fleet = try await Fleet(in: house)
                let administrator = try await house.token(for: Neighbourhood.administrator, keys: fleet.keys)
                try await fleet.door.post(Cascade.founding, token: administrator)
                let systems = try await Systems(in: fleet)

                try await blows.fall(in: 0, on: fleet) { try await systems.command.send(Cascade.issue()) }
                try await blows.fall(in: 1, on: fleet) { try await systems.relayDown() }
                try await systems.command.send(Cascade.amend())
                try await blows.fall(in: 2, on: fleet) { try await systems.takeAmendment() }
                try await blows.fall(in: 3, on: fleet) { try await systems.reachHouseholds() }
                let refused = try await systems.street.refusal(of: Cascade.relay(to: Addressee(Cascade.otherCommunity)))
                #expect(refused.status == 422 && refused.body.contains("not-current-version"), "\(refused.body)")
                try await systems.command.send(Cascade.recall())
                try await blows.fall(in: 4, on: fleet) { try await systems.takeRecall() }

                let late = try await systems.street.refusal(
                    of: Cascade.relay(to: Addressee(Cascade.otherCommunity), version: 2, Cascade.amended)
                )
                #expect(late.status == 422 && late.body.contains("\"reason\":\"recalled\""), "\(late.body)")
                try await check(systems, house)
                try await fleet.stop()
            }
        }

        /// What everybody was told, and what the log says of it.
        private func check(_ systems: Systems, _ house: House) async throws {
            for system in systems.all { try await system.repeatAll() }
            for system in [systems.bureau, systems.subBureau, systems.street, systems.head] {
                #expect(
                    await system.told.map(\.kind) == ["directive", "directive-amended", "directive-recalled"]
                )
            }
            let rows = try await house.sql(
                """
                select type, count(*), count(distinct stream) from recorded_events
                where type in ('DirectiveReceived', 'AmendmentReceived', 'RecallReceived') group by type order by type
                """
            )
            #expect(
                rows == [
                    ["AmendmentReceived", "4", "4"], ["DirectiveReceived", "5", "5"], ["RecallReceived", "5", "5"],
                ]
            )
            let unreached = try await house.number(
                "select count(*) from recorded_events where stream like 'addressed-%kd-c2%' or stream like '%kd-g2%'"
            )
            #expect(unreached == 0)
            try await eventually("tasks that are all done") {
                for system in systems.all { try await system.exchange(wait: 0) }
                let states = try await house.sql("select state, count(*) from task_standings group by state")
                return states == [["done", "12"]]
            }
            let head = try await house.number("select max(position) from events")
            try await house.checkBoards(reach: Position(head))
        }
    }
}

/// The systems of all parties on the way down.
private struct Systems: Sendable {
    let command: PartySystem
    let bureau: PartySystem
    let subBureau: PartySystem
    let street: PartySystem
    let head: PartySystem
    let gridWorker: PartySystem

    init(in fleet: Fleet) async throws {
        command = try await PartySystem(of: Cascade.command, in: fleet)
        bureau = try await PartySystem(of: Cascade.bureau, in: fleet)
        subBureau = try await PartySystem(of: Cascade.subBureau, in: fleet)
        street = try await PartySystem(of: Cascade.streetOffice, in: fleet)
        head = try await PartySystem(of: Cascade.head, in: fleet)
        gridWorker = try await PartySystem(of: Cascade.gridWorker, in: fleet)
    }

    var all: [PartySystem] { [command, bureau, subBureau, street, head, gridWorker] }

    private static let places: [Addressee] = [
        Addressee(Cascade.city, Cascade.bureau.party), Addressee(Cascade.district, Cascade.subBureau.party),
        Addressee(Cascade.street), Addressee(Cascade.community),
    ]

    private var told: [(system: PartySystem, place: Addressee)] {
        zip([bureau, subBureau, street, head], Self.places).map { (system: $0, place: $1) }
    }

    /// Each takes the task and passes the directive on; the community acknowledges it.
    func relayDown() async throws {
        for (index, step) in told.enumerated() {
            let task = try DirectiveDelivery.record.decode(try await step.system.take(.directive).payload)
            #expect(task.territory == step.place.territory && task.party == step.place.party)
            #expect(task.hash == TextHash(of: task.text) && task.text == Cascade.text)
            if index < 3 {
                try await step.system.send(Cascade.relay(to: Self.places[index + 1]))
            } else {
                try await step.system.send(Cascade.acknowledge(step.place, version: task.version))
            }
        }
    }

    /// Everybody takes the new version and acknowledges it.
    func takeAmendment() async throws {
        for step in told {
            let task = try DirectiveDelivery.record.decode(try await step.system.take(.directiveAmended).payload)
            #expect(task.version == 2 && task.text == Cascade.amended && task.hash == TextHash(of: Cascade.amended))
            try await step.system.send(Cascade.acknowledge(step.place, version: task.version))
        }
    }

    /// The community passes the new version on to its grid worker, who goes from door to door.
    func reachHouseholds() async throws {
        let grid = Addressee(Cascade.grid)
        try await head.send(Cascade.relay(to: grid, version: 2, Cascade.amended))
        // No task tells of it: the own house does.
        try await gridWorker.send(Cascade.acknowledge(grid, version: 2), isEarly: true)
        try await gridWorker.send(Cascade.acknowledge(grid, version: 2, households: 200))
    }

    func takeRecall() async throws {
        for step in told {
            let task = try DirectiveDelivery.record.decode(try await step.system.take(.directiveRecalled).payload)
            #expect(task.text == Cascade.recall().reason)
        }
    }
}

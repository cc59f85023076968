import EventLog
import EventSourcing
import MusterDomain
import MusterTesting
import Postgres
import TaskQueue
import Testing

@testable import MusterDispatch

/// What tasks say of a person who was erased.
@Suite("The runner of policies, when somebody is erased", .testDatabase, .timeLimit(.minutes(20)))
struct ErasureTests {
    private static let payloads = Statement(
        "test.payloads",
        """
        select
            kind, payload::json ->> 'title', payload::json ->> 'place', payload::json ->> 'text',
            payload::json ->> 'matter'
        from tasks
        order by number
        """
    )

    @Test("R16.1 forgets title and place of tasks that are queued, leased or done, and of those alone")
    func forgets() async throws {
        try await Town.with { town in
            try await town.blow(1, reporter: PersonID("resident-9"))
            try await town.blow(2, reporter: PersonID("resident-8"))
            try await town.running(town.runner([MatterDeliveryPolicy()])) {
                try await eventually(town) { $0.count == 4 }
                try await town.erase(PersonID("resident-9"))
                let tasks = try await eventually(town) { $0.contains { $0.title == PersonalFields.erasedText } }
                for task in tasks where task.matter == "M-1" {
                    #expect(task.title == PersonalFields.erasedText)
                    #expect(task.place == PersonalFields.erasedText)
                    #expect(task.text == "Fire engines cannot pass.", "what the community said stays")
                }
                for task in tasks where task.matter == "M-2" { #expect(task.title == "Blocked passage") }
                // What comes later of the same matter does not bring it back.
                try await town.withdraw(1)
                let later = try await eventually(town) { $0.count == 6 }
                for task in later where task.matter == "M-1" { #expect(task.title == PersonalFields.erasedText) }
            }
        }
    }

    @Test("R16.1 forgets what a resident said of a measure, and not what others said of it")
    func forgetsChallenges() async throws {
        try await Town.with { town in
            try await town.foundDistrict()
            try await town.limitGatherings(MeasureID("limit"))
            let neighbour = Actor(
                person: PersonID("resident-2"),
                party: Town.resident.party,
                role: .resident,
                territory: Town.community
            )
            try await town.running(town.runner([MatterDeliveryPolicy(), MeasureDeliveryPolicy()])) {
                for (name, actor) in [("C-1", Town.resident), ("C-2", neighbour)] {
                    let challenge = ChallengeMeasure(
                        challenge: try #require(ChallengeID(rawValue: name)),
                        measure: MeasureID("limit"),
                        text: "I am \(actor.person)."
                    )
                    try await town.send(challenge, as: actor)
                }
                try await eventually(town) { $0.count == 2 }
                try await town.erase(Town.resident.person)
                let tasks = try await eventually(town) { $0.contains { $0.text == PersonalFields.erasedText } }
                #expect(tasks.map(\.text) == [PersonalFields.erasedText, "I am resident-2."])
                #expect(tasks.allSatisfy { $0.title?.hasPrefix("Limit on gatherings") == true })
            }
        }
    }

    private struct Payload {
        let title: String?
        let place: String?
        let text: String?
        let matter: String?
    }

    @discardableResult
    private func eventually(_ town: Town, _ isSo: ([Payload]) -> Bool) async throws -> [Payload] {
        while true {
            let payloads = try await town.log.pool.query(Self.payloads).map { row in
                let (_, title, place, text, matter) = try row.decode(
                    String.self,
                    String?.self,
                    String?.self,
                    String?.self,
                    String?.self
                )
                return Payload(title: title, place: place, text: text, matter: matter)
            }
            if isSo(payloads) { return payloads }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}

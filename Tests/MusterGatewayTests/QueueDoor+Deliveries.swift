import EventSourcing
import MusterBoards
import MusterDomain
import MusterTesting
import TaskQueue

extension QueueDoor {
    /// What a receiver answered, as somebody would who wants to get into the page.
    static let note = #"<script>alert("note")</script>"#

    /// Registers a party that is called by webhook.
    func callByWebhook() async throws {
        let register = RegisterParty(
            party: PartyID("water"),
            nameEN: "Water",
            nameZH: "供水",
            kind: .department,
            channel: .webhook,
            webhookURL: WebhookURL(rawValue: "https://water.example.org/muster")
        )
        try await fixture.town.send(register, by: SmallTown.administrator)
        _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
    }

    /// Writes deliveries down in the order in which they were made.
    func log(_ deliveries: [Delivery]) async throws {
        let log = DeliveryLog(queue: queue, logger: try TestDatabase.current.logger)
        for delivery in deliveries { log.add(delivery) }
        try await log.flush()
    }

    static func delivery(
        _ number: Int64,
        to party: String = "water",
        _ outcome: Delivery.Outcome = .delivered,
        status: Int? = 204,
        took: Duration = .milliseconds(20),
        attempt: Int32 = 1,
        note: String? = nil,
        circuit: Delivery.OpenCircuit? = nil
    ) -> Delivery {
        let task = LeasedTask(
            grant: Grant(task: TaskNumber(number), token: FencingToken(1)),
            agency: party,
            kind: "whistle",
            uniqueKey: "\(party)-\(number)",
            payload: "{}",
            priority: 0,
            attempt: attempt,
            leasedUntil: SmallTown.evening,
            enqueuedAt: SmallTown.evening
        )
        return Delivery(
            of: task,
            message: task.uniqueKey,
            startedAt: SmallTown.evening - .seconds(60),
            duration: took,
            status: status,
            answerBytes: 0,
            outcome: outcome,
            note: note,
            circuit: circuit
        )
    }
}

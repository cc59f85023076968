import EventSourcing
import Logging
import MusterCommands
import MusterDomain
import MusterTesting
import Testing

@testable import MusterDispatch

@Suite("Issuing a policy's commands", .timeLimit(.minutes(20)))
struct CommandIssuerTests {
    private static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    private func store(_ faults: [AppendError] = []) throws -> FlakyStore {
        let name = try #require(LogName("test"))
        return FlakyStore(InMemoryEventStore(name: name, now: { Self.now }), faults: faults)
    }

    private func issuer(_ store: FlakyStore) -> CommandIssuer {
        CommandIssuer(
            handler: CommandHandler(store: store, limits: .standard, now: { Self.now }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func command(
        _ key: String,
        _ territory: String = "d-1",
        role: Role = .administrator
    ) throws -> IssuedCommand {
        let place = try #require(TerritoryID(rawValue: territory))
        return IssuedCommand(
            PolicyTimer(
                key: key,
                due: Self.now,
                command: DefineTerritory(territory: place, level: .district, nameEN: "Place", nameZH: "地方"),
                actor: Actor(person: PersonID("p"), party: PartyID("q"), role: role, territory: place),
                cause: nil
            ),
            policy: "test"
        )
    }

    @Test(
        "goes on until there is an answer, and appends once",
        arguments: [
            [.overloaded(retryAfter: .milliseconds(1))], [.outcomeUnknown], [.unavailable(reason: "down")],
            [.unavailable(reason: "down"), .outcomeUnknown],
        ] as [[AppendError]]
    )
    func goesOn(faults: [AppendError]) async throws {
        let store = try store(faults)
        try await issuer(store).issue(try command("a"))
        #expect(try await store.tail() == Position(1))
    }

    @Test("takes a refusal for an answer")
    func refused() async throws {
        let store = try store()
        try await issuer(store).issue(try command("a", role: .resident))
        #expect(try await store.tail() == .origin)
    }

    @Test("under the same id again appends nothing")
    func again() async throws {
        let store = try store()
        let command = try command("a")
        try await issuer(store).issue(command)
        try await issuer(store).issue(command)
        #expect(try await store.tail() == Position(1))
    }

    @Test("carries out many at once")
    func many() async throws {
        let store = try store()
        try await issuer(store).issue(try (1...200).map { try command("\($0)", "d-\($0)") })
        #expect(try await store.tail() == Position(200))
    }

    @Test("ends when it is cancelled, without an answer")
    func cancelled() async throws {
        let store = try store(Array(repeating: .unavailable(reason: "down"), count: 1_000))
        let command = try command("a")
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await issuer(store).issue(command) }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
    }
}

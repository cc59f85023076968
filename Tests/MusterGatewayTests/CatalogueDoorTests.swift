import EventSourcing
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterGateway
import MusterTesting
import Testing

/// Every board of the catalogue at the door: its JSON, its page, its event stream and its past. A new board is among them by
/// itself, as every kind of event is in what they are told.
@Suite(.timeLimit(.minutes(20))) struct CatalogueDoorTests {
    private static let start = SmallTown.evening

    /// A gateway whose boards have seen events of every kind, and stand still since.
    private func town() async throws -> GatewayFixture {
        let fixture = try await GatewayFixture()
        try await fixture.whileFollowing {
            // An erasure makes every watcher begin anew.
            let appends = try ReleasedEvents.appends(from: Self.start).filter { append in
                append.writes.allSatisfy { $0.events.allSatisfy { $0.type.name != "SubjectKeyErased" } }
            }
            for (index, append) in appends.enumerated() {
                fixture.clock.set(max(Self.start + .seconds(60 * index), append.occurredAt))
                _ = try await fixture.store.append(append)
                // What happens between two looks is one change.
                guard index.isMultiple(of: 5) else { continue }
                _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
                for board in fixture.boards.all { _ = board.encodedSnapshot() }
            }
            _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
            for board in fixture.boards.all { _ = board.encodedSnapshot() }
        }
        return fixture
    }

    @Test func `Every board tells its watchers what happens, and shows its past as JSON and as a page`() async throws {
        let fixture = try await town()
        let tail = try await fixture.store.tail()
        let half = (Self.start + .seconds(30 * Int(tail.rawValue))).rfc3339
        let application = Application(router: try fixture.gateway.makeRouter())
        try await application.test(.router) { client in
            func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
                try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
            }
            for board in BoardCatalogue.all.map({ $0.name }) {
                let stream = try await get("/v1/boards/\(board)/events", [.lastEventID: "1"])
                let ids = stream.text.split(separator: "\n").compactMap {
                    $0.hasPrefix("id: ") ? Int64($0.dropFirst(4)) : nil
                }
                #expect(!stream.text.contains("event: reset"), "\(board)")
                #expect(ids.count > 1 && ids == ids.sorted() && ids.allSatisfy { $0 <= tail.rawValue }, "\(board)")

                let now = try await get("/v1/boards/\(board)")
                #expect(now.text.contains("\"position\":\(tail),"), "\(board)")
                for cut in ["asKnownAt", "asTrueAt"] {
                    let past = try await get("/v1/boards/\(board)?\(cut)=\(half)")
                    #expect(past.status == .ok, "\(board) \(cut)")
                    #expect(past.text.hasPrefix("{\"board\":\"\(board)\""), "\(board) \(cut)")
                    #expect(past.text.contains("\"past\":{\"\(cut)\":\"\(half)\"}"), "\(board) \(cut)")
                    let page = try await get("/boards/\(board)?lang=en&\(cut)=\(half)", [.accept: "text/html"])
                    #expect(page.status == .ok && page.text.contains("PAST: as of "), "\(board) \(cut)")
                }
            }
        }
    }
}

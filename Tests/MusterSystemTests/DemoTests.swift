import AsyncHTTPClient
import Foundation
import MusterDomain
import NIOCore
import NIOHTTP1
import Testing

extension Processes {
    @Suite("The living town") struct DemoTests {
        @Test("The board fills and moves, streams resume, and the printed links open a desk", .timeLimit(.minutes(20)))
        func town() async throws {
            try await House.with { house in
                let daemon = try await house.up("--demo", "--speed", "200")
                let door = daemon.door
                let board = try await eventually("row on the board", within: .seconds(60)) { () async throws -> Rows? in
                    let answer = try await door.get("/v1/boards/operations")
                    guard answer.status == 200 else { return nil }
                    let board = try JSONDecoder().decode(Rows.self, from: Data(answer.body.utf8))
                    return board.rows.isEmpty ? nil : board
                }
                #expect(board.rows.allSatisfy { !$0.title.isEmpty })

                let first = try await events(from: door, after: nil, atLeast: 3)
                #expect(first.first?.name == "reset")
                #expect(first.dropFirst().allSatisfy { $0.name == "change" })
                let seen = try #require(first.dropLast().last)
                let resumed = try await events(from: door, after: seen.id, atLeast: 1)
                #expect(resumed.first == first.last, "nothing is missed and nothing comes twice")

                try await signIn(as: "fenglin-01-resident-1", from: daemon)
                daemon.child.send(SIGTERM)
                let end = try await daemon.child.end()
                #expect(end.status == 0)
                #expect(end.failures == [])
            }
        }

        private struct Rows: Decodable {
            struct Row: Decodable { let title: String }
            let rows: [Row]
        }

        private struct Event: Equatable {
            let id: Int64
            let name: String
        }

        /// The first events of a board's stream.
        private func events(from door: Door, after position: Int64?, atLeast count: Int) async throws -> [Event] {
            let headers: HTTPHeaders = position.map { ["Last-Event-ID": "\($0)"] } ?? [:]
            let response = try await door.open(.GET, "/v1/boards/operations/events", headers: headers)
            #expect(response.headers.first(name: "Content-Type")?.hasPrefix("text/event-stream") == true)
            var text = ""
            for try await part in response.body {
                text += String(buffer: part)
                let events = text.matches(of: /id: (\d+)\nevent: ([a-z]+)\n/).map { match in
                    Event(id: Int64(match.1) ?? 0, name: String(match.2))
                }
                if events.count >= count { return events }
            }
            return []
        }

        private func signIn(as person: String, from daemon: House.Daemon) async throws {
            let door = daemon.door
            let printed = try #require(
                daemon.child.output.split(separator: "(\(person))\n").dropFirst().first?.split(separator: "\n").first
            )
            let token = try #require(printed.split(separator: "token=").last)
            // Looking at the link, as previews of messengers do, does not use it up.
            #expect(try await door.get("/sign-in?token=\(token)").status == 200)
            let answer = try await post("/sign-in", "token=\(token)", to: door)
            #expect(answer.status == 303)
            let set = try #require(answer.headers.first(name: "Set-Cookie"))
            #expect(set.contains("HttpOnly"))
            let again = try await post("/sign-in", "token=\(token)", to: door)
            #expect(again.status == 401)
            #expect(again.headers.first(name: "Set-Cookie")?.contains("muster-session=ey") != true)

            let cookie = String(set.prefix { $0 != ";" })
            let form = try await door.get("/desk/SubmitReport", headers: ["Cookie": cookie, "Accept-Language": "en"])
            #expect(form.status == 200)
            let hidden = form.body.matches(of: /type="hidden" name="(_[^"]*)" value="([^"]*)"/)
                .map { "\($0.1)=\($0.2)" }.joined(separator: "&")
            let report = try await post(
                "/desk/SubmitReport",
                hidden + "&kind=noise&territory=fenglin-01&channel=web&place=Fenglin+Road+7&text=Drilling",
                to: door,
                cookie: cookie
            )
            #expect(report.status == 303, "\(report.body)")
            #expect(try await door.get("/desk/BlowWhistle", headers: ["Cookie": cookie]).status == 403)
        }

        private func post(
            _ path: String,
            _ form: String,
            to door: Door,
            cookie: String? = nil
        ) async throws -> Door.Answer {
            var headers: HTTPHeaders = [
                "Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "Accept-Language": "en",
            ]
            if let cookie { headers.add(name: "Cookie", value: cookie) }
            return try await door.send(.POST, path, headers: headers, body: .bytes(ByteBuffer(string: form)))
        }
    }
}

import Foundation
import PostgresServer
import Testing

extension Processes {
    @Suite("Rebuild") struct RebuildTests {
        private func load(_ house: House) async throws -> Load {
            Load(
                resident: try await house.token(for: Neighbourhood.resident),
                worker: try await house.token(for: Neighbourhood.gridWorker)
            )
        }

        private func position(_ door: Door) async throws -> Int64 {
            let answer = try await door.get("/v1/boards/operations")
            try #require(answer.status == 200, "\(answer.body)")
            let match = try #require(answer.body.firstMatch(of: /"position":(\d+)/))
            return try #require(Int64(match.1))
        }

        @Test("A board is rebuilt under load, and readers notice nothing", .timeLimit(.minutes(20)))
        func underLoad() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let load = try await load(house)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await load.run(on: daemon.door) }
                    group.addTask {
                        var last: Int64 = 0
                        while !Task.isCancelled {
                            let position = try await position(daemon.door)
                            #expect(position >= last, "a board never goes back")
                            last = position
                        }
                    }
                    try await eventually("rows to compare with") {
                        let end = try await house.run("muster", "rebuild", "operations", "--data", house.data)
                        return !end.output.contains("nothing yet")
                    }
                    for _ in 0..<3 {
                        let before = await load.acknowledged
                        let end = try await house.run("muster", "rebuild", "operations", "--data", house.data)
                        #expect(end.status == 0, "\(end.output)\(end.errors)")
                        #expect(end.output.contains("\nEQUAL: readers get the new rows now"), "\(end.output)")
                        #expect(await load.acknowledged > before)
                    }
                    group.cancelAll()
                    while let result = await group.nextResult() {
                        if case .failure(let error) = result, !(error is CancellationError) {
                            // A request that was given up with the test's end.
                            #expect("\(error)".contains("ancel"), "\(error)")
                        }
                    }
                }

                #expect(await load.surprises == [])
                let tail = try await house.number("select max(position) from events")
                try await eventually("rows of the log's end") {
                    try await house.number("select min(position) from board_projections") >= tail
                }
                let end = try await house.run("muster", "rebuild", "operations", "--check", "--data", house.data)
                #expect(end.status == 0, "\(end.output)\(end.errors)")
                #expect(end.output.hasSuffix("\nEQUAL\n"))
            }
        }

        @Test("Rows that differ are named and kept, until they are accepted or gone back to", .timeLimit(.minutes(20)))
        func differences() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let worker = try await house.token(for: Neighbourhood.gridWorker)
                #expect(try await daemon.door.post(Posting(Neighbourhood.matter("M-1")), token: worker).status == 201)
                let tail = try await house.number("select max(position) from events")
                try await eventually("rows of the log's end") {
                    try await house.number("select min(position) from board_projections") >= tail
                }
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
                try await house.cluster.start()
                _ = try await house.sql(
                    """
                    update board_generation_rows
                    set row = regexp_replace(row::text, '"title":"[^"]*"', '"title":"Nothing"')::json
                    where board = 'operations'
                    """
                )
                /// How many tampered rows readers get; each verb stops the server that nobody else uses.
                func shown() async throws -> Int64 {
                    try await house.cluster.start()
                    return try await house.number(
                        "select count(*) from board_rows where board = 'operations' and row ->> 'title' = 'Nothing'"
                    )
                }
                func rebuild(_ options: String...) async throws -> Child.End {
                    try await house.start("muster", ["rebuild", "operations", "--data", house.data] + options).end()
                }
                for end in [try await rebuild("--check"), try await rebuild()] {
                    #expect(end.status == 1)
                    #expect(end.output.contains("row M-1: differs in title\n"), "\(end.output)")
                    #expect(try await shown() == 1)
                }
                let none = try await rebuild("--rollback")
                #expect(none.status == 1)
                #expect(none.errors.contains("no earlier rows"), "\(none.errors)")

                let accepted = try await rebuild("--accept-differences", "--format", "json")
                #expect(accepted.status == 0, "\(accepted.errors)")
                #expect(accepted.output.contains(#""isLive":true"#))
                #expect(accepted.output.contains(#"{"row":"M-1","kind":"members","members":["title"]}"#))
                #expect(try await shown() == 0)

                let back = try await rebuild("--rollback")
                #expect(back.status == 0, "\(back.errors)")
                let again = /earlier rows of board operations again: version \d+, position (\d+)/
                #expect(back.output.firstMatch(of: again)?.output.1 == "\(tail)", "\(back.output)")
                #expect(try await shown() == 1)
            }
        }
    }
}

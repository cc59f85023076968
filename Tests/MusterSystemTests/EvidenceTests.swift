import Evidence
import Foundation
import PostgresServer
import Testing

extension Processes {
    @Suite("Evidence") struct EvidenceTests {
        @Test("What was sent is sealed, and proven live, from an export and by receipt alone", .timeLimit(.minutes(20)))
        func proven() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let posting = Posting(Neighbourhood.report("R-1"))
                let resident = try await house.token(for: Neighbourhood.resident)
                #expect(try await daemon.door.post(posting, token: resident).status == 201)
                let receipt = try await eventually("receipt") {
                    let answer = try await daemon.door.get("/v1/receipts/\(posting.id.uuidString.lowercased())")
                    return answer.status == 200 ? answer.body : nil
                }
                let checkpoint = try await daemon.door.get("/v1/logs/town/checkpoint").body
                let key = try await daemon.door.get("/v1/logs/town/keys").body
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                let path = house.directory + "/receipt.json"
                try receipt.write(toFile: path, atomically: true, encoding: .utf8)
                let anchor = house.directory + "/anchor"
                try checkpoint.write(toFile: anchor, atomically: true, encoding: .utf8)

                // While the daemon runs, and after it has stopped.
                for isRunning in [true, false] {
                    if !isRunning {
                        daemon.child.send(SIGTERM)
                        #expect(try await daemon.child.end().status == 0)
                    }
                    let live = try await house.run("muster", "verify", "--data", house.data, "--anchor", anchor)
                    #expect(live.status == 0, "\(live.output)\(live.errors)")
                    #expect(live.output.hasSuffix("PROVEN\n"))
                }

                let export = house.directory + "/export"
                let exported = try await house.run("muster", "export", "--data", house.data, "--evidence", export)
                #expect(exported.status == 0, "\(exported.errors)")
                try FileManager.default.removeItem(atPath: house.data + "/keys")
                let alone = try await house.run("muster", "verify", "--export", export)
                #expect(alone.status == 0, "\(alone.output)\(alone.errors)")
                #expect(alone.output.contains("compare it with one you know"))
                let keyed = try await house.run("muster", "verify", "--export", export, "--key", key)
                #expect(keyed.status == 0, "\(keyed.output)\(keyed.errors)")
                #expect(!keyed.output.contains("compare it"))

                let own = try await house.run("muster", "verify", "--receipt", path, "--key", key)
                #expect(own.status == 0, "\(own.output)\(own.errors)")
                #expect(own.output.contains("ReportSubmitted"))
            }
        }

        @Test("One changed byte of one row is found and its position named", .timeLimit(.minutes(20)))
        func tampered() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let tail = try await house.number("select max(position) from events")
                try await eventually("sealed founding") {
                    try await house.number("select coalesce(max(size), 0) from seal_checkpoints") >= tail
                }
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
                try await house.cluster.start()
                _ = try await house.sql(
                    "update events set data = overlay(data placing 'x' from position('a' in data) for 1) where position = 11"
                )
                let end = try await house.run("muster", "verify", "--data", house.data)
                #expect(end.status == 1)
                #expect(end.output == "position 11 differs from what was sealed\nNOT PROVEN: 1 finding\n")
            }
        }

        @Test("A sealer that was killed is followed by one that goes on", .timeLimit(.minutes(20)))
        func killed() async throws {
            try await House.with { house in
                var daemon = try await house.upFounded()
                let resident = try await house.token(for: Neighbourhood.resident)
                for number in 1...3 {
                    for report in 0..<20 {
                        let posting = Posting(Neighbourhood.report("R-\(number)-\(report)"))
                        #expect(try await daemon.door.post(posting, token: resident).status == 201)
                    }
                    daemon.child.send(SIGKILL)
                    _ = try await daemon.child.end()
                    daemon = try await house.up()
                }
                try await house.checkIsProven()
            }
        }

        @Test(
            "Wrong use ends with 64, what cannot be read with 65, what is not proven with 1",
            .timeLimit(.minutes(20))
        )
        func manners() async throws {
            try await House.with { house in
                let nonsense = house.directory + "/nonsense"
                try "{}".write(toFile: nonsense, atomically: true, encoding: .utf8)
                let table: [(arguments: [String], status: Int32, words: String)] = [
                    (["verify", "--export", "x", "--receipt", "y"], 64, "exclude each other"),
                    (["verify", "--export", "x", "--log", "town"], 64, "--log excludes"),
                    (["verify", "--export", "x", "--database", "y"], 64, "--database excludes"),
                    (["verify", "--key", "abc"], 64, "not a verifier key"),
                    (["export"], 64, "--evidence"),
                    (["verify", "--receipt", house.directory + "/none"], 65, "cannot be read"),
                    (["verify", "--receipt", nonsense], 65, "is not a receipt"),
                    (["verify", "--export", "x", "--anchor", nonsense], 65, "not a signed note"),
                    (["verify", "--export", house.directory + "/none"], 1, "holds no finished export"),
                ]
                for row in table {
                    let end = try await house.start("muster", row.arguments).end()
                    #expect(end.status == row.status, "\(row.arguments): \(end.errors)")
                    #expect(end.errors.contains(row.words), "\(end.errors)")
                }
            }
        }
    }
}

import Foundation
import Testing

private enum ClientTools {
    static let areThere = ["curl", "jq"].allSatisfy { name in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
}

extension Processes {
    @Suite(
        "The example of a client",
        .enabled(if: ClientTools.areThere, "curl and jq are not installed; scripts/install-needs brings them")
    )
    struct LeaseScriptTests {
        private static let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../examples/lease-tasks.sh").standardizedFileURL.path

        @Test("Prints each task, and acknowledges the last ones when it is told to end", .timeLimit(.minutes(20)))
        func takesAll() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let worker = try await house.token(for: Neighbourhood.gridWorker)
                let child = try house.start(
                    "/usr/bin/env",
                    Self.command(daemon.door),
                    environment: [
                        "MUSTER_TOKEN": try await house.token(for: Neighbourhood.fire), "MAX_TASKS": "2",
                        "WAIT_SECONDS": "1",
                    ]
                )
                for number in 1...5 {
                    let postings = [
                        Posting(Neighbourhood.matter("M-\(number)")), Posting(Neighbourhood.whistle("M-\(number)")),
                    ]
                    try await daemon.door.post(postings, token: worker)
                }
                try await eventually("tasks of five whistles") { Self.keys(in: child.output).count >= 5 }
                child.send(SIGTERM)
                let end = try await child.end()
                #expect(end.status == 0, "\(end.errors)")
                #expect(end.errors.isEmpty)
                let keys = Self.keys(in: end.output)
                #expect(Set(keys).count == keys.count)
                let standings = try await house.sql(
                    "select unique_key, state from task_standings where agency = 'fire' order by number"
                )
                // What came after it was told to end, if anything, waits for the next worker.
                #expect(standings.filter { $0[1] == "done" }.map { $0[0] } == keys)
                #expect(!standings.contains { $0[1] == "leased" })
            }
        }

        @Test("Says what is wrong with a token and ends", .timeLimit(.minutes(20)))
        func refused() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let child = try house.start(
                    "/usr/bin/env",
                    Self.command(daemon.door),
                    environment: ["MUSTER_TOKEN": "abc"]
                )
                let end = try await child.end()
                #expect(end.status == 1)
                #expect(end.errors.contains("token-invalid"))
            }
        }

        /// Threads of ours block signals, and what they start inherits that: a shell would hear of nothing.
        private static func command(_ door: Door) -> [String] { ["--default-signal", "/bin/sh", script, door.url] }

        private static func keys(in output: String) -> [String] {
            output.split(separator: "\n").compactMap { line in
                line.firstMatch(of: /"key":"([^"]*)"/).map { String($0.1) }
            }
        }
    }

    @Suite("Deliveries on the command line") struct DeliveryLineTests {
        @Test("muster queue deliveries shows attempts and open circuits", .timeLimit(.minutes(20)))
        func shows() async throws {
            try await House.with { house in
                _ = try await house.upFounded()
                _ = try await house.sql(
                    """
                    insert into deliveries (
                        segment, agency, task, message, attempt, started_at, duration, status, answer_bytes, outcome,
                        note, circuit_open_since, circuit_probe_at
                    )
                    values
                        (1, 'fire', 7, 'w-7', 1, '2026-03-01 08:00Z', '20 ms', 204, 0, 'delivered', null, null, null),
                        (1, 'gas', 8, 'w-8', 3, '2026-03-01 08:01Z', '10 s', null, 0, 'returned',
                            'no answer within 10.0 seconds', '2026-03-01 08:00Z', '2026-03-01 08:02Z')
                    """
                )
                let all = try await house.run("muster", "queue", "deliveries", "--data", house.data)
                #expect(all.status == 0, "\(all.errors)")
                let lines = all.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
                #expect(
                    lines == [
                        "started agency task attempt status took bytes outcome webhook-id note",
                        "2026-03-01T08:00:00Z fire 7 1 204 20 ms 0 delivered w-7",
                        "2026-03-01T08:01:00Z gas 8 3 – 10 s 0 returned w-8 no answer within 10.0 seconds",
                        "gas is not asked since 2026-03-01T08:00:00Z: no answer within 10.0 seconds. One task is tried after 2026-03-01T08:02:00Z.",
                    ]
                )
                let failed = try await house.run(
                    "muster",
                    "queue",
                    "deliveries",
                    "fire",
                    "--failed",
                    "--data",
                    house.data
                )
                #expect(failed.output == "No deliveries.\n")
                let json = try await house.run("muster", "queue", "deliveries", "--json", "--data", house.data)
                #expect(json.output.contains(#""circuits":[{"agency":"gas","openSince":"2026-03-01T08:00:00Z""#))
            }
        }
    }
}

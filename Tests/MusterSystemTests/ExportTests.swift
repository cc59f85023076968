import Foundation
import MusterDomain
import PostgresServer
import Testing

extension Processes {
    /// `muster export` on a log that a daemon has written, with what people really said in it.
    @Suite("Exports") struct ExportTests {
        private static let formats = ["xes", "ocel-json", "ocel-xml", "ocel-sqlite", "csv", "ndjson"]
        private static let person = Neighbourhood.resident.person.rawValue
        private static let words = ["Dongqiao Road 7", "Somebody drills since six"]

        private static func export(_ house: House, _ format: String, _ arguments: String...) async throws -> Data {
            let path = "\(house.directory)/\(format)-\(UUID().uuidString)"
            let fixed = ["export", "--data", house.data, "--format", format, "-o", path]
            let end = try await house.start("muster", fixed + arguments).end()
            #expect(end.status == 0, "\(end.output)\(end.errors)")
            return try Data(contentsOf: URL(filePath: path))
        }

        private static func holds(_ bytes: Data, _ text: String) -> Bool {
            bytes.firstRange(of: Data(text.utf8)) != nil
        }

        @Test(
            "R16.1 R16.4 people leave the log by name for a purpose alone, and never once erased",
            .timeLimit(.minutes(20))
        )
        func people() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let resident = try await house.token(for: Neighbourhood.resident)
                let posting = Posting(Neighbourhood.report("R-1"))
                #expect(try await daemon.door.post(posting, token: resident).status == 201)
                // The last that Muster does about it.
                let assigned = "select count(*) from recorded_events where type = 'InvestigatorAssigned'"
                try await eventually("the investigator of its matter") { try await house.number(assigned) == 1 }
                try await eventually("sealed") {
                    try await house.number("select max(position) - (select size from seals) from events") == 0
                }
                // A log that was never sealed names no key.
                let key = try await daemon.door.get("/v1/logs/town/keys").body
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)

                var first: [String: Data] = [:]
                for format in Self.formats {
                    let bytes = try await Self.export(house, format)
                    for secret in Self.words + [Self.person, "enc1"] {
                        #expect(!Self.holds(bytes, secret), "\(format)")
                    }
                    first[format] = bytes
                }
                let named = try await Self.export(house, "ndjson", "--purpose", "audit 2026-031")
                for secret in Self.words + [Self.person] { #expect(Self.holds(named, secret)) }

                let receipts = house.directory + "/town.csv.receipts.ndjson"
                let csv = try await house.run(
                    "muster",
                    "export",
                    "--data",
                    house.data,
                    "--format",
                    "csv",
                    "-o",
                    house.directory + "/town.csv",
                    "--receipts"
                )
                #expect(csv.status == 0, "\(csv.errors)")
                let proof = try await house.run("muster", "verify", "--receipts", receipts, "--key", key)
                #expect(proof.status == 0, "\(proof.output)\(proof.errors)")
                #expect(proof.output.hasSuffix("PROVEN\n"))
                var lines = try String(contentsOfFile: receipts, encoding: .utf8).split(separator: "\n")
                lines.swapAt(0, 1)
                lines[0] = Substring(lines[0].replacing("\"proof\":[\"", with: "\"proof\":[\"AAAA"))
                try lines.joined(separator: "\n").write(toFile: receipts, atomically: true, encoding: .utf8)
                let forged = try await house.run("muster", "verify", "--receipts", receipts, "--key", key)
                #expect(forged.status != 0)

                let erased = try await house.run(
                    "muster",
                    "erase",
                    "--data",
                    house.data,
                    "--person",
                    Self.person,
                    "--yes"
                )
                #expect(erased.status == 0, "\(erased.errors)")
                let after = try await Self.export(house, "ndjson", "--purpose", "audit 2026-031")
                for word in Self.words { #expect(!Self.holds(after, word)) }
                #expect(Self.holds(after, "[erased]"))
                // Without a purpose the same position gives the same bytes, also after an erasure.
                try await house.cluster.start()
                let position = try await house.number("select max(position) - 1 from events")
                for format in Self.formats {
                    #expect(
                        try await Self.export(house, format, "--position", "\(position)") == first[format],
                        "\(format)"
                    )
                }
            }
        }

        @Test("Wrong use ends with 64, and what stands in the way with 1 and its name", .timeLimit(.minutes(20)))
        func manners() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
                let taken = house.directory + "/taken"
                try "mine".write(toFile: taken, atomically: true, encoding: .utf8)
                let table: [(arguments: [String], status: Int32, words: String)] = [
                    (["--format", "xes"], 64, "-o FILE"),
                    (["-o", "x"], 64, "--format"),
                    (["--format", "parquet", "-o", "x"], 64, "ocel-sqlite"),
                    (["--evidence", "x", "--format", "xes"], 64, "none of the other options"),
                    (["--format", "csv", "-o", "x", "--case", "matter"], 64, "--case is for xes"),
                    (["--format", "csv", "-o", "x", "--purpose", ""], 64, "--purpose is one line"),
                    (["--format", "csv", "-o", "x", "--keys", "y"], 64, "--keys is for --purpose"),
                    (["--format", "csv", "-o", "x", "--position=-1"], 64, "--position is 0 or more"),
                    (["--format", "csv", "-o", "x", "--log", "No Log"], 64, "log"),
                    (["--format", "csv", "-o", "x", "--log", "nolog"], 1, "there is no log nolog"),
                    (["--format", "csv", "-o", taken], 1, "--force replaces it"),
                    (["--format", "csv", "-o", house.directory + "/none/x"], 1, "No such file or directory"),
                    (["--format", "csv", "-o", house.directory], 1, "is a directory"),
                    (["--format", "csv", "-o", "x", "--position", "100000"], 1, "is not in the log"),
                ]
                for row in table {
                    let end = try await house.start("muster", ["export", "--data", house.data] + row.arguments).end()
                    #expect(end.status == row.status, "\(row.arguments): \(end.errors)")
                    #expect(end.errors.contains(row.words), "\(row.arguments): \(end.errors)")
                }
                #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
            }
        }
    }
}

import Foundation
import MusterDomain
import PostgresServer
import Testing

extension Processes {
    /// A person is erased, for good and everywhere, and the log is as whole as it was (R16.1).
    @Suite("Erasure") struct ErasureTests {
        private static let person = Neighbourhood.resident.person.rawValue
        /// Of the resident's report and of the matter that Muster made of it.
        private static let words = ["Behind the third door", "the neighbour coughs"]

        private static func report(_ id: ReportID) -> Posting {
            Posting(
                SubmitReport(
                    report: id,
                    channel: .app,
                    kind: .noise,
                    territory: Neighbourhood.grid,
                    place: words[0],
                    text: words[1]
                )
            )
        }

        /// Which of the resident's words stand anywhere in the tables.
        private static func stored(_ house: House) async throws -> [String] {
            let rows = try await house.sql(
                """
                select string_agg(line, ' ') from (
                    select data || metadata as line from events
                    union all select row::text from board_generation_rows
                    union all select payload::text from tasks
                    union all select person_keys::text from person_keys
                ) as lines
                """
            )
            let text = rows.joined().joined()
            return words.filter { text.contains($0) }
        }

        /// Waits for the matter that Muster makes of the resident's report, and for their words in the tables. A matter
        /// made after an erasure has a new key.
        private static func isTakenUp(in house: House) async throws {
            try await eventually("matter of the report") {
                try await house.number("select count(*) from recorded_events where type = 'MatterRaised'") == 1
            }
            try await eventually("stored rows") { try await stored(house) == words }
        }

        private static func erase(_ house: House, _ arguments: String...) async throws -> Child.End {
            try await house.start("muster", ["erase", "--data", house.data] + arguments).end()
        }

        @Test("R16.1 one who is erased is on no board and in no row, and the log is PROVEN", .timeLimit(.minutes(20)))
        func erased() async throws {
            try await House.with { house in
                var daemon = try await house.upFounded()
                let resident = try await house.token(for: Neighbourhood.resident)
                let posting = Self.report(ReportID("R-1"))
                #expect(try await daemon.door.post(posting, token: resident).status == 201)
                try await Self.isTakenUp(in: house)
                let board = try await daemon.door.get("/v1/boards/operations").body
                #expect(board.contains(Self.words[0]))

                let end = try await Self.erase(house, "--person", Self.person, "--ground", "request", "--yes")
                #expect(end.status == 0, "\(end.errors)")
                // The daemon may have destroyed the key before the command could.
                #expect(end.output.contains("is erased: "), "\(end.output)")
                #expect(try await house.number("select count(*) from person_keys where wrapped_key is null") == 1)

                try await eventually("erased boards") {
                    let board = try await daemon.door.get("/v1/boards/operations").body
                    let matter = try await daemon.door.get("/v1/matters/R-1").body
                    guard Self.words.allSatisfy({ !board.contains($0) && !matter.contains($0) }) else { return false }
                    return board.contains("[erased]") && matter.contains("[erased]")
                }
                try await eventually("erased rows") { try await Self.stored(house).isEmpty }
                // Sent again, it is the same command still; anything new is kept with a new key.
                #expect(try await daemon.door.post(posting, token: resident).status == 200)
                #expect(try await daemon.door.post(Self.report(ReportID("R-2")), token: resident).status == 201)

                for isRestarted in [false, true] {
                    if isRestarted {
                        daemon.child.send(SIGKILL)
                        _ = try await daemon.child.end()
                        daemon = try await house.up()
                    }
                    try await house.checkIsProven()
                    let parity = try await house.run("muster", "rebuild", "operations", "--data", house.data, "--check")
                    #expect(parity.status == 0, "\(parity.output)\(parity.errors)")
                    let matter = try await daemon.door.get("/v1/matters/R-1").body
                    #expect(matter.contains("[erased]") && !matter.contains(Self.words[1]))
                    #expect(try await daemon.door.get("/v1/matters/R-2").body.contains(Self.words[1]))
                }
            }
        }

        @Test("R16.1 muster erase says what it did, and does nothing twice", .timeLimit(.minutes(20)))
        func verb() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let resident = try await house.token(for: Neighbourhood.resident)
                #expect(try await daemon.door.post(Self.report(ReportID("R-1")), token: resident).status == 201)
                try await Self.isTakenUp(in: house)

                let unknown = try await Self.erase(house, "--person", "nobody", "--yes")
                #expect(unknown.status == 1)
                #expect(unknown.errors.contains("holds nothing of a person nobody"))
                let unasked = try await Self.erase(house, "--person", Self.person)
                #expect(unasked.status == 64)
                #expect(unasked.errors.contains("--yes"))
                let ground = try await Self.erase(house, "--person", Self.person, "--ground", "mood", "--yes")
                #expect(ground.status == 64)
                #expect(ground.errors.contains("request, retention, unlawful, order"))

                let first = try await Self.erase(house, "--person", Self.person, "--by", "officer", "--yes")
                #expect(first.status == 0, "\(first.errors)")
                let again = try await Self.erase(house, "--person", Self.person, "--yes")
                #expect(again.status == 0)
                #expect(again.output == "\(Self.person) was erased before; nothing was left to do.\n")

                let records = try await house.sql(
                    """
                    select data->>'person', data->>'ground', metadata->>'person' from recorded_events
                    where type = 'SubjectKeyErased'
                    """
                )
                #expect(records == [[Self.person, "request", "officer"]])
            }
        }

        @Test("R16.1 an erasure that came by the common door is carried out too", .timeLimit(.minutes(20)))
        func door() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let resident = try await house.token(for: Neighbourhood.resident)
                #expect(try await daemon.door.post(Self.report(ReportID("R-1")), token: resident).status == 201)
                try await Self.isTakenUp(in: house)
                let erase = Posting(EraseSubjectKey(person: Neighbourhood.resident.person, ground: .order))
                #expect(try await daemon.door.post(erase, token: resident).status == 403)
                let administrator = try await house.token(for: Neighbourhood.administrator)
                #expect(try await daemon.door.post(erase, token: administrator).status == 201)
                let destroyed = "select count(*) from person_keys where destroyed_at is not null"
                try await eventually("destroyed key") { try await house.number(destroyed) == 1 }
                try await eventually("erased rows") { try await Self.stored(house).isEmpty }
            }
        }

        @Test("R16.1 without its key file, or with another, a daemon names the file and does not start")
        func keyFile() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                daemon.child.send(SIGTERM)
                #expect(try await daemon.child.end().status == 0)
                let file = house.data + "/keys/persons.key"
                let key = try Data(contentsOf: URL(filePath: file))
                #expect(key.count == 32)
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o600)

                try FileManager.default.removeItem(atPath: file)
                let missing = try await house.run("muster", "up", "--data", house.data, "--port", "0")
                #expect(missing.status == 1)
                #expect(missing.errors.contains("\(file) is missing"))
                #expect(!FileManager.default.fileExists(atPath: file), "no other is put in its place")

                try Data(key.reversed()).write(to: URL(filePath: file))
                let other = try await house.run("muster", "up", "--data", house.data, "--port", "0")
                #expect(other.status == 1)
                #expect(other.errors.contains("\(file) is not the key"))

                try key.write(to: URL(filePath: file))
                let right = try await house.up()
                right.child.send(SIGTERM)
                #expect(try await right.child.end().status == 0)
            }
        }
    }
}

import Foundation
import MusterDomain
import PostgresServer
import Testing

extension Processes {
    @Suite("Manners of the command line") struct CommandLineTests {
        @Test("Help names every verb and ends with 0", .timeLimit(.minutes(20)))
        func help() async throws {
            try await House.with { house in
                let end = try await house.run("muster", "--help")
                #expect(end.status == 0)
                let verbs = [
                    "up", "migrate", "token", "secret", "send", "import", "export", "report", "verify", "rebuild",
                    "log", "playbook", "territory",
                ]
                for verb in verbs {
                    #expect(end.output.contains("  \(verb) "), "\(verb)")
                }
            }
        }

        struct Mistake: Sendable, CustomTestStringConvertible {
            let arguments: [String]
            /// What the message must say.
            let words: String
            var testDescription: String { arguments.joined(separator: " ") }
        }

        @Test(
            "A wrong word on the command line ends with 64 and is named",
            .timeLimit(.minutes(20)),
            arguments: [
                Mistake(arguments: ["up", "--bogus"], words: "--bogus"),
                Mistake(arguments: ["flap"], words: "flap"),
                Mistake(arguments: ["up", "--port", "70000"], words: "0 to 65535, not 70000"),
                Mistake(arguments: ["up", "--listen", "8080"], words: "HOST:PORT, not '8080'"),
                Mistake(arguments: ["up", "--speed", "0"], words: "0.1 to 10000"),
                Mistake(arguments: ["up", "--log", "No Such"], words: "'No Such' is no name for a log"),
                Mistake(arguments: ["up", "--data", "x", "--database", "y"], words: "exclude each other"),
                Mistake(
                    arguments: ["token", "--role", "king", "--person", "a", "--party", "b", "--territory", "c"],
                    words: "resident"
                ),
                Mistake(
                    arguments: ["token", "--role", "resident", "--person", "a b", "--party", "b", "--territory", "c"],
                    words: "--person must be"
                ),
                Mistake(arguments: ["send", "FlyAway", "{}"], words: "no command is called 'FlyAway'"),
                Mistake(arguments: ["send", "SubmitReport", "{}"], words: "MUSTER_TOKEN"),
                Mistake(arguments: ["report", "--log", "x", "--format", "xml"], words: "xml"),
                Mistake(arguments: ["log", "archive", "--log", "x"], words: "--before"),
                Mistake(arguments: ["log", "archive", "--log", "x", "--before", "0"], words: "1 or more, not 0"),
                Mistake(arguments: ["import", "x.csv"], words: "--mapping is missing"),
                Mistake(arguments: ["import", "x.csv", "--mapping", "y"], words: "--log is missing"),
                Mistake(arguments: ["import", "x.csv", "--log", "x", "--maping", "y"], words: "'--maping'"),
                Mistake(arguments: ["rebuild"], words: "<board>"),
                Mistake(arguments: ["playbook", "check"], words: "<files>"),
                Mistake(arguments: ["playbook", "check", "/nowhere.yaml"], words: "/nowhere.yaml cannot be read"),
                Mistake(arguments: ["playbook", "publish"], words: "<file>"),
                Mistake(arguments: ["appraise", "A-1"], words: "--from is missing"),
                Mistake(
                    arguments: ["appraise", "A-1", "--from", "2026-12-01", "--to", "2026-12-02T00:00:00Z"],
                    words: "--from must be a time with an offset"
                ),
                Mistake(
                    arguments: ["appraise", "A-1", "--from", "2020-02-01T00:00:00Z", "--to", "2020-01-01T00:00:00Z"],
                    words: "--to must lie after --from"
                ),
                Mistake(
                    arguments: ["appraise", "A-1", "--formula", "2025-9", "--check"],
                    words: "--formula must be one of 2026-1, not '2025-9'"
                ),
                Mistake(arguments: ["rebuild", "weather"], words: "no board weather; there are operations, whistles"),
                Mistake(arguments: ["rebuild", "whistles", "--check", "--rollback"], words: "exclude each other"),
                Mistake(arguments: ["rebuild", "whistles", "--log", "No Such"], words: "is no name for a log"),
            ]
        )
        func usage(_ mistake: Mistake) async throws {
            try await House.with { house in
                let end = try await house.start("muster", mistake.arguments).end()
                #expect(end.status == 64)
                #expect(end.errors.contains(mistake.words), "\(end.errors)")
                #expect(end.output == "")
            }
        }

        @Test("A command is sent with a token, and a refusal ends with 65", .timeLimit(.minutes(20)))
        func send() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let environment = ["MUSTER_TOKEN": try await house.token(for: Neighbourhood.resident)]
                let fields = try await house.run("muster", "send", "SubmitReport")
                #expect(fields.status == 0)
                #expect(fields.output.contains("territory"))
                let help = try await house.run("muster", "send", "SubmitReport", "--help")
                #expect(help.status == 0 && help.output == fields.output)
                let usage = try await house.run("muster", "send", "--help")
                #expect(usage.status == 0)
                #expect(usage.output.contains("--url"))
                let report = String(decoding: Neighbourhood.report("R-1").data, as: UTF8.self)
                let taken = try await house.run(
                    "muster",
                    "send",
                    "--url",
                    daemon.door.url,
                    "SubmitReport",
                    report,
                    environment: environment
                )
                #expect(taken.status == 0, "\(taken.errors)")
                #expect(taken.output.contains("\"outcome\":\"appended\""))
                let refused = try await house.run(
                    "muster",
                    "send",
                    "--url",
                    daemon.door.url,
                    "SubmitReport",
                    "{}",
                    environment: environment
                )
                #expect(refused.status == 65)
                #expect(refused.output.contains("/data/report"))
                let away = try await house.run(
                    "muster",
                    "send",
                    "--url",
                    "http://127.0.0.1:1",
                    "SubmitReport",
                    report,
                    environment: environment
                )
                #expect(away.status == 75, "\(away.errors)")
                #expect(away.errors.contains("http://127.0.0.1:1"), "\(away.errors)")
            }
        }

        @Test("Territories come in by their codes, once, and wrong lines are named", .timeLimit(.minutes(20)))
        func territories() async throws {
            try await House.with { house in
                let file = "\(house.directory)/streets.csv"
                try """
                code,name
                230717,"伊美区"
                230717001,东升街道
                230718001,没有上级
                ２３０７１７００２,全角
                """.write(toFile: file, atomically: true, encoding: .utf8)
                let daemon = try await house.upFounded()
                let environment = ["MUSTER_TOKEN": try await house.token(for: Neighbourhood.administrator)]
                for _ in 1...2 {
                    let end = try await house.run(
                        "muster",
                        "territory",
                        "import",
                        "--url",
                        daemon.door.url,
                        "--top",
                        "district",
                        file,
                        environment: environment
                    )
                    #expect(end.status == 65, "\(end.output) \(end.errors)")
                    #expect(end.output == "2 of 3 defined.\n", "\(end.output)")
                    #expect(end.errors.contains("streets.csv:4: There is no territory 230718."), "\(end.errors)")
                    #expect(end.errors.contains("streets.csv:5: the code must have"), "\(end.errors)")
                }
            }
        }

        @Test("A playbook is checked line by line, and published once", .timeLimit(.minutes(20)))
        func playbook() async throws {
            try await House.with { house in
                let shipped = URL(filePath: #filePath).deletingLastPathComponent()
                    .appending(path: "../../schemas/playbooks/gas-leak.yaml").standardizedFileURL
                let good = try await house.run("muster", "playbook", "check", shipped.path)
                #expect(good.status == 0, "\(good.errors)")
                #expect(good.output.contains("Gas leak, version 1, 3 groups, 11 steps"), "\(good.output)")
                let text = try String(contentsOf: shipped, encoding: .utf8)
                let broken = "\(house.directory)/broken.yaml"
                try text.replacing("version: 1", with: "version: none").write(
                    toFile: broken,
                    atomically: true,
                    encoding: .utf8
                )
                let bad = try await house.run("muster", "playbook", "check", broken)
                #expect(bad.status == 65)
                #expect(bad.errors.contains("broken.yaml: line 3, version: "), "\(bad.errors)")
                let daemon = try await house.upFounded()
                let environment = ["MUSTER_TOKEN": try await house.token(for: Neighbourhood.district)]
                for outcome in ["appended", "nothing-to-do"] {
                    let end = try await house.run(
                        "muster",
                        "playbook",
                        "publish",
                        "--url",
                        daemon.door.url,
                        shipped.path,
                        environment: environment
                    )
                    #expect(end.status == 0, "\(end.output) \(end.errors)")
                    #expect(end.output.contains("\"outcome\":\"\(outcome)\""), "\(end.output)")
                }
            }
        }

        @Test("An appraisal is computed, published as it is printed, and computed again", .timeLimit(.minutes(20)))
        func appraise() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                let place = ["--data", house.data, "--log", Neighbourhood.log]
                let period = ["--from", "2026-01-01T00:00:00Z", "--to", "2026-01-02T00:00:00+08:00"]
                let table = try await house.start("muster", ["appraise", "A-1"] + period + place).end()
                #expect(table.status == 0, "\(table.errors)")
                #expect(table.output == "Nobody led anything in this period.\n", "\(table.output)")
                let unknown = try await house.start("muster", ["appraise", "A-1", "--check"] + place).end()
                #expect(unknown.status == 64)
                #expect(unknown.errors.contains("no appraisal is called 'A-1'"), "\(unknown.errors)")
                let command = try await house.start(
                    "muster",
                    ["appraise", "A-1", "--format", "json"] + period + place
                ).end()
                let madeUp = command.output.replacing("A-1", with: "A-2").replacing(
                    #""lines":[]"#,
                    with: #""lines":[{"party":"fire","closedOnTime":1,"closedLate":1,"overdueOpen":0,"solved":0,"#
                        + #""notSolved":0,"silent":0,"appealsUpheld":0,"score":50}]"#
                )
                let environment = ["MUSTER_TOKEN": try await house.token(for: Neighbourhood.district)]
                for data in [command.output, madeUp] {
                    let sent = try await house.run(
                        "muster",
                        "send",
                        "--url",
                        daemon.door.url,
                        "PublishAppraisal",
                        data,
                        environment: environment
                    )
                    #expect(sent.status == 0, "\(sent.output) \(sent.errors)")
                }
                let good = try await house.start("muster", ["appraise", "A-1", "--check"] + place).end()
                #expect(good.status == 0, "\(good.errors)")
                #expect(good.output.contains("REPRODUCED  A-1: formula 2026-1"), "\(good.output)")
                #expect(!good.output.contains("NOT"))
                let bad = try await house.start("muster", ["appraise", "A-2", "--check"] + place).end()
                #expect(bad.status == 1)
                #expect(bad.output.contains("NOT REPRODUCED  A-2: formula 2026-1"), "\(bad.output)")
            }
        }

        @Test("The partitions of a log are listed, and a live log is not archived", .timeLimit(.minutes(20)))
        func partitions() async throws {
            try await House.with { house in
                _ = try await house.upFounded()
                let place = ["--data", house.data, "--log", Neighbourhood.log]
                let list = try await house.start("muster", ["log", "partitions"] + place).end()
                #expect(list.status == 0, "\(list.errors)")
                #expect(list.output.contains("events_from_1  attached"), "\(list.output)")
                let archive = try await house.start("muster", ["log", "archive", "--before", "6000000"] + place).end()
                #expect(archive.status == 1)
                #expect(archive.errors.contains("is live"), "\(archive.errors)")
                let nothing = try await house.start("muster", ["log", "attach"] + place).end()
                #expect(nothing.status == 0)
                #expect(nothing.output.contains("No partition of the log is detached"))
                let wrong = try await house.start("muster", ["log", "attach", "--from", "7"] + place).end()
                #expect(wrong.status == 1)
                #expect(wrong.errors.contains("no such partition from position 7"), "\(wrong.errors)")
            }
        }

        @Test("muster up runs on another server's database, from an empty directory", .timeLimit(.minutes(20)))
        func otherServer() async throws {
            try await House.with { house in
                try await house.cluster.start()
                let child = try house.start("muster", ["up", "--database", house.cluster.conninfo, "--port", "0"])
                _ = try await child.line(containing: "  Boards ")
                child.send(SIGINT)
                let end = try await child.end()
                #expect(end.status == 0)
                #expect(end.failures == [])
                #expect(house.cluster.isRunning, "the server is not ours to stop")
            }
        }

        @Test("A port in use is named, and no server is left behind", .timeLimit(.minutes(20)))
        func portInUse() async throws {
            try await House.with { house in
                let first = try await house.up()
                let port = try #require(first.door.url.split(separator: ":").last)
                let other = house.directory + "/other"
                let second = try await house.start("muster", ["up", "--data", other, "--port", String(port)]).end()
                #expect(second.status == 1)
                #expect(second.errors.contains("127.0.0.1:\(port)"), "\(second.errors)")
                #expect(second.errors.contains("in use"), "\(second.errors)")
                #expect(!House.cluster(in: other).isRunning)

                // On the same data the first one and its server go on.
                let third = try await house.start("muster", ["up", "--data", house.data, "--port", String(port)]).end()
                #expect(third.status == 1)
                #expect(third.errors.contains("in use"), "\(third.errors)")
                #expect(try await first.door.get("/readyz").status == 200)
            }
        }
    }
}

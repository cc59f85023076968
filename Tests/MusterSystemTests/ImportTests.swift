import Foundation
import PostgresServer
import Testing

extension Processes {
    /// `muster import` and `muster report`, as somebody uses them who has read the README alone.
    @Suite("Imports") struct ImportTests {
        private static let mapping = """
            name: calls
            version: 1
            title: {en: Test calls, zh: 测试}
            format: {type: csv}
            time: {zone: America/New_York, formats: [yyyy-MM-dd HH:mm:ss]}
            case: Call
            key: Id
            required: [Taken]
            stages: {taken: Taken, done: Done}
            report:
              intervals: [{from: taken, to: done}]
            """

        private static func rows(_ count: Int) -> String {
            "Id,Call,Taken,Done\n"
                + (1...count).map { "\($0),\($0 / 2),2020-03-01 10:00:00,2020-03-01 10:01:00\n" }.joined()
        }

        @Test(
            "A sample comes in once, whole, and is reported on; wrong files say what is wrong",
            .timeLimit(.minutes(20))
        )
        func sample() async throws {
            try await House.with { house in
                try Self.mapping.write(toFile: house.directory + "/calls.yaml", atomically: true, encoding: .utf8)
                try Self.rows(500).write(toFile: house.directory + "/calls.csv", atomically: true, encoding: .utf8)

                let first = try await importing("calls.csv", in: house)
                #expect(first.status == 0, "\(first.errors)")
                #expect(first.output.contains("added        500"))
                let second = try await importing("calls.csv", in: house)
                #expect(second.status == 0)
                #expect(second.output.contains("added        0"))
                #expect(second.output.contains("there before 500"))

                let report = try await house.run("muster", "report", "--data", house.data, "--log", "calls")
                #expect(report.status == 0, "\(report.errors)")
                #expect(report.output.contains("500"))
                let json = try await house.run(
                    "muster",
                    "report",
                    "--data",
                    house.data,
                    "--log",
                    "calls",
                    "--format",
                    "json"
                )
                #expect(json.output.contains(#""rows":500"#))
                _ = try JSONSerialization.jsonObject(with: Data(json.output.utf8))

                try await wrongFiles(in: house)
                let none = try await house.run("muster", "report", "--data", house.data, "--log", "nowhere")
                #expect(none.status == 1)
                #expect(none.errors.contains("nowhere"), "\(none.errors)")
                #expect(!house.cluster.isRunning)
            }
        }

        private func wrongFiles(in house: House) async throws {
            try Data(Self.rows(500).utf8.dropLast(9)).write(to: URL(filePath: house.directory + "/cut.csv"))
            let cut = try await importing("cut.csv", in: house)
            #expect(cut.status == 65)
            #expect(cut.output.contains("rejected     1 "), "\(cut.output)")
            #expect(cut.output.contains("cut.csv.rejects.csv"))
            let rejects = try String(contentsOfFile: house.directory + "/cut.csv.rejects.csv", encoding: .utf8)
            #expect(rejects.contains("501"), "\(rejects)")

            try "name: calls\nversion: one\n".write(
                toFile: house.directory + "/wrong.yaml",
                atomically: true,
                encoding: .utf8
            )
            let table: [(input: String, mapping: String, words: [String])] = [
                (house.directory, "calls.yaml", [house.directory, "is a directory"]),
                ("missing.csv", "calls.yaml", ["missing.csv", "No such file"]),
                ("calls.csv", "sf-fire-calls", ["calls.csv", "sf-fire-calls", "Call Number"]),
                ("calls.csv", "no-such-mapping", ["no-such-mapping", "nyc-311"]),
                ("calls.csv", "wrong.yaml", ["wrong.yaml", "line 2"]),
            ]
            for row in table {
                let end = try await importing(row.input, mapping: row.mapping, in: house)
                #expect(end.status == 1, "\(row)")
                for word in row.words { #expect(end.errors.contains(word), "\(row): \(end.errors)") }
            }
            let live = try await house.run(
                "muster",
                "migrate",
                "--data",
                house.data,
                "--log",
                "town"
            )
            #expect(live.status == 0)
            let intoLive = try await house.run(
                "muster",
                "import",
                "--data",
                house.data,
                "--log",
                "town",
                "--mapping",
                "calls.yaml",
                "calls.csv"
            )
            #expect(intoLive.status == 1)
            #expect(intoLive.errors.contains("town"), "\(intoLive.errors)")
        }

        @Test("Rejects are listed beside their file, so files of one name keep their own", .timeLimit(.minutes(20)))
        func rejectsBesideFiles() async throws {
            try await House.with { house in
                try Self.mapping.write(toFile: house.directory + "/calls.yaml", atomically: true, encoding: .utf8)
                for (folder, wrong) in [("a", "soon"), ("b", "later")] {
                    let path = house.directory + "/" + folder
                    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                    try "\(Self.rows(5))6,1,\(wrong),2020-03-01 10:01:00\n".write(
                        toFile: path + "/calls.csv",
                        atomically: true,
                        encoding: .utf8
                    )
                    let end = try await importing(folder + "/calls.csv", in: house)
                    #expect(end.status == 65, "\(end.errors)")
                    #expect(end.output.contains("reason: \(folder)/calls.csv.rejects.csv\n"), "\(end.output)")
                }
                for (folder, wrong) in [("a", "soon"), ("b", "later")] {
                    let path = "\(house.directory)/\(folder)/calls.csv.rejects.csv"
                    let rejects = try String(contentsOfFile: path, encoding: .utf8)
                    #expect(rejects.contains("7,\"Taken\",time,\"“\(wrong)”"), "\(rejects)")
                }
                let inDirectory = house.directory + "/calls.csv.rejects.csv"
                #expect(!FileManager.default.fileExists(atPath: inDirectory))
            }
        }

        @Test("Where nobody may write, files without rejects come in", .timeLimit(.minutes(20)))
        func rejectsInReadOnlyFolder() async throws {
            try await House.with { house in
                try Self.mapping.write(toFile: house.directory + "/calls.yaml", atomically: true, encoding: .utf8)
                // Root may write anywhere, but not make a file where a folder has its name.
                let list = house.directory + "/wrong.csv.rejects.csv"
                try FileManager.default.createDirectory(atPath: list, withIntermediateDirectories: false)
                let folder = house.directory + "/locked"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
                try Self.rows(5).write(toFile: folder + "/right.csv", atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
                let right = try await importing("locked/right.csv", in: house)
                #expect(right.status == 0, "\(right.errors)")
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["right.csv"])

                try "\(Self.rows(5))6,1,soon,\n".write(
                    toFile: house.directory + "/wrong.csv",
                    atomically: true,
                    encoding: .utf8
                )
                let wrong = try await importing("wrong.csv", in: house)
                #expect(wrong.status == 1, "\(wrong.output)")
                #expect(wrong.errors.contains("wrong.csv.rejects.csv: Is a directory"), "\(wrong.errors)")
                #expect(wrong.errors.contains("--rejects"), "\(wrong.errors)")
                let named = try await importing("wrong.csv", "--rejects", "elsewhere.csv", in: house)
                #expect(named.status == 65, "\(named.errors)")
                #expect(FileManager.default.fileExists(atPath: house.directory + "/elsewhere.csv"))
            }
        }

        @Test("Impossible rows are listed with their line, for who wants to look them up", .timeLimit(.minutes(20)))
        func impossibleRows() async throws {
            try await House.with { house in
                try Self.mapping.write(toFile: house.directory + "/calls.yaml", atomically: true, encoding: .utf8)
                try "\(Self.rows(5))6,C-9,2020-03-01 10:00:00,2020-03-01 09:00:00\n".write(
                    toFile: house.directory + "/calls.csv",
                    atomically: true,
                    encoding: .utf8
                )
                let end = try await importing("calls.csv", in: house)
                #expect(end.output.contains("muster report calls --query impossible"), "\(end.output)")
                let table = try await house.run(
                    "muster",
                    "report",
                    "calls",
                    "--data",
                    house.data,
                    "--query",
                    "impossible",
                    "--format",
                    "csv"
                )
                #expect(
                    table.output.split(separator: "\r\n").dropFirst() == [
                        "C-9,done,2020-03-01T14:00:00Z,taken,2020-03-01T15:00:00Z,calls.csv,7"
                    ],
                    "\(table.output)\(table.errors)"
                )
            }
        }

        @Test(
            "Real fire calls give the known answers",
            .timeLimit(.minutes(20)),
            .needs("calls/sf_fire_calls_2020.csv")
        )
        func fireCalls() async throws {
            try await House.with { house in
                let report = try await known("calls/sf_fire_calls_2020.csv", "sf-fire-calls", added: 10_410, in: house)
                #expect(report.contains(#""rows":10410"#))
                #expect(report.contains(#""cases":5292"#))
                #expect(report.contains("201053540"))
                #expect(
                    report.contains(#""median":446"#) || report.contains(#""medianSeconds":446"#),
                    "\(report.prefix(3_000))"
                )
            }
        }

        @Test(
            "Real service requests give the known answers",
            .timeLimit(.minutes(20)),
            .needs("requests/nyc311_2018-06.csv")
        )
        func requests() async throws {
            try await House.with { house in
                let report = try await known("requests/nyc311_2018-06.csv", "nyc-311", added: 1_000, in: house)
                #expect(report.contains(#"{"stage":"closed","due":"due","rows":479,"late":52}"#))
                #expect(report.contains(#"{"from":"created","to":"closed","rows":976,"missing":14,"negative":10,"#))
            }
        }

        /// Imports a real file twice, and gives its report as JSON.
        private func known(_ file: String, _ mapping: String, added: Int, in house: House) async throws -> String {
            let path = URL(filePath: SharedData.path(file)).standardizedFileURL.path
            let first = try await importing(path, mapping: mapping, in: house)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output.contains("added        \(added)\n"), "\(first.output)")
            let second = try await importing(path, mapping: mapping, in: house)
            #expect(second.output.contains("added        0\n"), "\(second.output)")
            let report = try await house.run(
                "muster",
                "report",
                "--data",
                house.data,
                "--log",
                "calls",
                "--format",
                "json"
            )
            #expect(report.status == 0, "\(report.errors)")
            return report.output
        }

        private func importing(
            _ input: String,
            _ options: String...,
            mapping: String = "calls.yaml",
            in house: House
        ) async throws -> Child.End {
            let arguments = ["import", "--data", house.data, "--log", "calls", "--mapping", mapping, input]
            return try await house.start("muster", arguments + options).end()
        }
    }
}

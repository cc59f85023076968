import EventLog
import EventSourcing
import Foundation
import MusterDomain
import MusterTesting
import Postgres
import Testing

@testable import MusterHistory

@Suite(.testDatabase, .serialized)
struct AnalystsDoorTests {
    /// The page of recipes, found from this file.
    private static let page = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "schemas/sql/README.md")

    /// The blocks of the page that are marked so.
    private static func recipes(_ mark: String) throws -> [String] {
        let page = try String(contentsOf: page, encoding: .utf8)
        return page.split(separator: "\n```\n").compactMap { part in
            part.range(of: "```\(mark)\n").map { String(part[$0.upperBound...]) }
        }
    }

    private static func withTown(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("town") { log in
            if try await log.tail() == .origin { try await ExportedLog.found(log) }
            try await body(log)
        }
    }

    private static func withCalls(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("calls", mode: .history) { log in
            if try await log.tail() == .origin {
                try await ExportedLog.importRows(ExportedLog.rows, into: log)
                try await ExportedLog.importRows(ExportedLog.correction, into: log)
            }
            try await body(log)
        }
    }

    /// Runs statements as an analyst.
    private static func asAnalyst<T: Sendable>(
        _ log: Log,
        _ body: @escaping @Sendable (Connection) async throws -> T
    ) async throws -> T {
        let connection = try await Connection.connect(log.connecting, logger: try TestDatabase.current.logger)
        try await connection.script("set role muster_analyst; set default_transaction_read_only = on;")
        let result: Result<T, any Error>
        do { result = .success(try await body(connection)) } catch { result = .failure(error) }
        await connection.close()
        return try result.get()
    }

    private static let question = Statement(
        "test_question",
        """
        select array(select coalesce(j.value, '') from json_each_text(q.row) as j (name, value))
        from question as q
        """
    )

    /// The rows that an analyst gets, as texts.
    private static func texts(_ log: Log, _ sql: String) async throws -> [[String]] {
        try await asAnalyst(log) { connection in
            // Of the next transaction on.
            try await connection.script("set default_transaction_read_only = off")
            try await connection.script(
                "create temporary view question as select row_to_json(a) as row from (\(sql)) as a"
            )
            return try await connection.query(question).map { try $0.value(0, as: [String].self) }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Every recipe of the page runs as an analyst`() async throws {
        let recipes = try Self.recipes("sql")
        #expect(recipes.count >= 10)
        try await Self.withTown { town in
            try await Self.withCalls { _ in
                for recipe in recipes {
                    do {
                        try await Self.asAnalyst(town) { try await $0.script(recipe) }
                    } catch {
                        Issue.record("\(error)\n\(recipe)")
                    }
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `The statements that let somebody in are right`() async throws {
        let admission = try Self.recipes("sql admin")
        #expect(admission.count == 2)
        try await Self.withTown { log in
            let name = "ana_\(UInt32.random(in: 0 ... .max))"
            try await log.pool.withConnection { connection in
                // The role is there already: the rest must go through.
                try await connection.script(String(admission[0].split(separator: ";\n", maxSplits: 1)[1]))
                try await connection.script(admission[1].replacing("role ana", with: "role \(name)"))
                let settings = try await connection.query(
                    Statement("test_settings", "select rolconfig from pg_roles where rolname = $1"),
                    name
                )[0].value(0, as: [String].self)
                #expect(settings.contains("statement_timeout=60s"))
                try await connection.script("drop role \(name)")
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Views tell nothing of a person`() async throws {
        try await Self.withTown { log in
            let events = try await Self.texts(log, "select to_jsonb(e)::text from analyst_town.events as e")
            #expect(events.count == 8)
            let activities = try await Self.texts(log, "select to_jsonb(a)::text from analyst_town.activities as a")
            #expect(activities.count == 8)
            for row in events + activities {
                for secret in ExportedLog.secrets { #expect(!row[0].contains(secret), "\(secret) in \(row[0])") }
            }
            #expect(events.contains { $0[0].contains("[sealed]") })
            let raised = try await Self.texts(
                log,
                "select data ->> 'title', data ->> 'place', data ->> 'reporter', person from analyst_town.events where position = 2"
            )
            let pseudonyms = Pseudonyms(key: try await log.pseudonymKey())
            #expect(
                raised == [
                    ["[sealed]", "[sealed]", pseudonyms.pseudonym(of: "ann.li"), pseudonyms.pseudonym(of: "bo-chen")]
                ]
            )
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Texts on boards are sealed unless they are known to say nothing of a person`() async throws {
        try await Self.withTown { log in
            try await log.pool.withConnection { connection in
                try await connection.script(
                    """
                    insert into live_boards (board, generation) values ('test', 1);
                    insert into board_generations (board, version, epoch, holder, held_until, position, generation)
                    values ('test', 1, 1, 'x', now(), 8, 1);
                    insert into board_generation_rows (board, generation, key, position, ordering, row)
                    values ('test', 1, 'M-1', 8, 'a', '{"matter":"M-1","title":"Secret flat 302","open":3,"isLate":true,'
                        '"territoryName":{"en":"One","zh":"一"},"remark":{"en":"ann.li"},"tags":[{"kind":"x","text":"ann.li"}]}');
                    """
                )
            }
            let rows = try await Self.texts(log, "select row::text from analyst_town.board_rows where board = 'test'")
            let text = try #require(rows.first?.first)
            let row = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
            #expect(
                row == [
                    "matter": "M-1", "title": "[sealed]", "open": 3, "isLate": true,
                    "territoryName": ["en": "One", "zh": "一"], "remark": ["en": "[sealed]"],
                    "tags": [["kind": "x", "text": "[sealed]"]],
                ] as NSDictionary
            )
            #expect(
                try await Self.texts(log, "select board, position::text from analyst_town.boards") == [["test", "8"]]
            )
        }
    }

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            "select * from log_town.events", "select * from log_town.pseudonym_key",
            "select * from log_town.person_keys",
            "select * from muster.logs", "delete from analyst_town.events",
            "select * from analyst_town.boards for update", "create table analyst_town.mine (id integer)",
        ]
    )
    func `An analyst reads the views and nothing else`(sql: String) async throws {
        try await Self.withTown { log in
            await #expect(throws: PostgresError.self) { try await Self.asAnalyst(log) { try await $0.script(sql) } }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Imported rows are activities, in their newest revision`() async throws {
        try await Self.withCalls { log in
            let rows = try await Self.texts(
                log,
                "select case_id, activity, agency from analyst_calls.activities order by case_id, at, position"
            )
            #expect(
                rows == [
                    ["A-1", "call", "street"], ["A-1", "visit", "street"], ["B-1", "visit", "fire"],
                    ["B-1", "close", "police"], ["C-1", "visit", "street"], ["C-1", "close", "street"],
                ]
            )
            let revisions = try await Self.texts(
                log,
                "select revision::text, is_current::text from analyst_calls.imported_rows where key = '4' order by revision"
            )
            #expect(revisions == [["1", "false"], ["2", "true"]])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Imported rows have pseudonyms for what their mapping calls personal`() async throws {
        try await TestDatabase.current.withLog("persons", mode: .history) { log in
            let pseudonyms = Pseudonyms(key: try await log.pseudonymKey())
            let rows = """
                select attributes ->> 'who', attributes ->> 'note' from analyst_persons.imported_rows where source is null
                """
            let events = """
                select data #>> '{attributes,who}', data #>> '{attributes,note}' from analyst_persons.events
                where type = 'RowImported' and data ->> 'source' is null
                """
            let (who, note) = ("Wang Xiaoming", "flat of Mrs Zhou")
            func expect(_ who: String, _ note: String) async throws {
                for sql in [rows, events] { #expect(try await Self.texts(log, sql) == [[who, note]], "\(sql)") }
            }
            // An import of before, whose mapping says in YAML alone who acts.
            let mapping = String(decoding: try JSONEncoder().encode(ExportedLog.mapping), as: UTF8.self)
            try await ExportedLog.append(
                to: log,
                "import-a",
                "ImportStarted",
                #"{"source":"a.csv","bytes":1,"sha256":"a","mapping":"visits","mappingVersion":1,"mappingText":\#(mapping)}"#
            )
            try await ExportedLog.append(
                to: log,
                "case-A-1",
                "RowImported",
                #"{"mapping":{"name":"visits","version":1},"key":"1","attributes":{"who":"\#(who)","note":"\#(note)"}}"#
            )
            try await expect(pseudonyms.pseudonym(of: who), note)
            // It did not tell whether cases and keys are people, so that they may be; exports say the same.
            let ids = try await Self.texts(
                log,
                """
                select r.case_id, r.key, e.event_id
                from analyst_persons.imported_rows as r
                join analyst_persons.events as e using (position)
                """
            )
            let exported = try ExportFormatTests.csv(try await ExportedLog.export(log, .csv))
            let header = try #require(exported.first)
            let columns = try ["case", "key", "event"].map { try #require(header.firstIndex(of: $0)) }
            #expect(ids == exported.dropFirst().map { row in columns.map { row[$0] } })
            #expect(ids.first?.first == pseudonyms.pseudonym(of: "A-1"))
            try await ExportedLog.importRows(ExportedLog.rows, into: log, ExportedLog.mapping + "\npersonal: [note]\n")
            let current = rows.replacing("source is null", with: "key = '1' and revision = 1")
            #expect(try await Self.texts(log, current).contains([who, pseudonyms.pseudonym(of: note)]))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Imported cases that are people have the pseudonyms that exports have`() async throws {
        try await TestDatabase.current.withLog("patients", mode: .history) { log in
            let mapping = ExportedLog.mapping + "\npersonal: [case, who]\n"
            try await ExportedLog.importRows(
                ExportedLog.rows,
                into: log,
                mapping.replacing("key: Id", with: "key: [Case, Id]")
            )
            try await ExportedLog.importRows(
                ExportedLog.correction,
                into: log,
                mapping.replacing("key: Id", with: "key: [Case, Id]")
            )
            let exported = try ExportFormatTests.csv(try await ExportedLog.export(log, .csv))
            let header = try #require(exported.first)
            let columns = try ["case", "key", "event"].map { try #require(header.firstIndex(of: $0)) }
            let rows = try await Self.texts(
                log,
                """
                select r.case_id, r.key, e.event_id
                from analyst_patients.imported_rows as r
                join analyst_patients.events as e using (position)
                where r.is_current and e.case_id = r.case_id and e.data ->> 'key' = r.key
                """
            )
            #expect(rows.count == 6)
            #expect(Set(rows) == Set(exported.dropFirst().map { row in columns.map { row[$0] } }))
            let activities = try await Self.texts(log, "select to_jsonb(a)::text from analyst_patients.activities as a")
            let events = try await Self.texts(log, "select to_jsonb(e)::text from analyst_patients.events as e")
            let ids = try await log.events(after: .origin, limit: 100).filter { $0.type == ImportEventType.row }
                .map(\.id.command.description)
            for row in activities + events {
                for secret in ["A-1", "B-1", "C-1"] + ids {
                    #expect(!row[0].contains(secret), "\(secret) in \(row[0])")
                }
            }
        }
    }

    @Test(
        .timeLimit(.minutes(20)),
        .enabled(
            if: PeerPython.passes("import duckdb; duckdb.connect().execute('install postgres; load postgres')"),
            "SKIPPED: \(PeerPython.path) has no DuckDB, or one that cannot fetch its extension postgres"
        )
    )
    func `The recipe for DuckDB copies the activities`() async throws {
        try #require(try Self.recipes("sql duckdb").count == 1)
        let recipe = try Self.recipes("sql duckdb")[0]
        try await Self.asPythonOfAna(recipe) { recipe in
            """
            import duckdb
            db = duckdb.connect()
            db.execute(\"\"\"\(recipe)\"\"\")
            print(db.execute("select count(*) from activities").fetchone()[0])
            """
        }
    }

    @Test(.timeLimit(.minutes(20)), .needsPython("pandas", "psycopg", "pm4py"))
    func `The recipe for pandas reads the cases, and pm4py takes them`() async throws {
        try #require(try Self.recipes("python pandas").count == 1)
        let formatting = #"pm4py.format_dataframe(log, case_id="case_id", activity_key="activity", timestamp_key="at")"#
        #expect(try String(contentsOf: Self.page, encoding: .utf8).contains(formatting))
        try await Self.asPythonOfAna(try Self.recipes("python pandas")[0]) { recipe in
            """
            \(recipe)
            import pm4py
            print(len(\(formatting)))
            """
        }
    }

    /// Runs a recipe from Python, signed in as an analyst, and expects it to count what the view holds.
    private static func asPythonOfAna(
        _ recipe: String,
        _ script: @escaping @Sendable (String) -> String
    ) async throws {
        try await withTown { log in
            let name = "ana_\(UInt32.random(in: 0 ... .max))"
            try await log.pool.withConnection { connection in
                try await connection.script("create role \(name) login in role muster_analyst")
            }
            let conninfo = "\(log.connecting.conninfo) user=\(name)"
            let counted = try PeerPython.run(
                script(recipe.replacing("host=/run/postgresql dbname=muster user=ana", with: conninfo))
            )
            let category = recipe.contains("category = 'matter'") ? "matter" : "%"
            let held = try await texts(
                log,
                "select count(*)::text from analyst_town.activities where category like '\(category)'"
            )
            #expect([[counted.trimmingCharacters(in: .whitespacesAndNewlines)]] == held)
            try await log.pool.withConnection { try await $0.script("drop role \(name)") }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `The views know every personal member and every name that events describe`() async throws {
        // Exports know every kind of event: otherwise what is new would be exported without its data.
        let described = SchemaDocuments.all().keys.filter { $0.hasPrefix("events/") }
        #expect(Set(EventFields.all.keys.map { "events/\($0.name).v\($0.version).json" }) == Set(described))
        var wanted: Set<[String]> = []
        for (type, fields) in EventFields.all {
            for member in fields.personal { wanted.insert([type.name, member, "false"]) }
            for (member, node) in fields.members where node.namesPeople && !fields.personal.contains(member) {
                wanted.insert([type.name, member, "true"])
                // Inside of an object the views know one name.
                for (inner, node) in node.members where node.namesPeople {
                    #expect(inner == "worker", "\(type) \(member)")
                }
            }
            #expect(fields.personal == Set(PersonalFields.of(type)?.erased.keys.map { $0 } ?? []))
        }
        let expected = wanted
        try await Self.withTown { log in
            let rows = try await log.pool.withConnection { connection in
                try await connection.query(
                    Statement(
                        "test_members",
                        "select array[type, member, is_name::text] from personal_members"
                    )
                ).map { try $0.value(0, as: [String].self) }
            }
            #expect(Set(rows) == expected, "a later migration adds what is missing in personal_members")
        }
    }
}

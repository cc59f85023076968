import Crypto

/// One forward step of the schema, as it is embedded in the program.
struct Migration: Sendable {
    let number: Int32
    let name: String
    let sql: String
    /// SHA-256 of the text. A released migration is never edited; this is how an edited one is noticed.
    let checksum: [UInt8]

    init(_ number: Int32, _ name: String, _ sql: [UInt8]) {
        self.number = number
        self.name = name
        self.sql = String(decoding: sql, as: UTF8.self)
        self.checksum = Array(SHA256.hash(data: sql))
    }

    /// The steps of the database as a whole, in order. The text is that of `schemas/sql/database`.
    static let database = [
        Migration(1, "logs", PackageResources._001_logs_sql)
    ]

    /// The steps of each log's own schema, in order. The text is that of `schemas/sql/log`.
    static let log = [
        Migration(1, "events", PackageResources._001_events_sql),
        Migration(2, "checkpoints", PackageResources._002_checkpoints_sql),
        Migration(3, "boards", PackageResources._003_boards_sql),
        Migration(4, "tasks", PackageResources._004_tasks_sql),
        Migration(5, "partitions", PackageResources._005_partitions_sql),
        Migration(6, "evidence", PackageResources._006_evidence_sql),
        Migration(7, "board_generations", PackageResources._007_board_generations_sql),
        Migration(8, "person_keys", PackageResources._008_person_keys_sql),
        Migration(9, "task_queue", PackageResources._009_task_queue_sql),
        Migration(10, "deliveries", PackageResources._010_deliveries_sql),
        Migration(11, "enqueue_twice", PackageResources._011_enqueue_twice_sql),
        Migration(12, "analysts", PackageResources._012_analysts_sql),
        Migration(13, "append_rows", PackageResources._013_append_rows_sql),
        Migration(14, "imported_persons", PackageResources._014_imported_persons_sql),
        Migration(15, "imported_cases", PackageResources._015_imported_cases_sql),
    ]
}

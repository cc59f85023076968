import EventSourcing
import Postgres

extension AppendReceipt {
    /// Reads a row of `AppendSQL.receipts`.
    static func decode(_ row: Row) throws(PostgresError) -> (CommandID, AppendReceipt) {
        let (command, first, count, recordedAt) = try row.decode(
            UUIDBytes.self,
            Int64.self,
            Int16.self,
            PostgresTimestamp.self
        )
        let receipt = AppendReceipt(
            first: Position(first),
            count: Int(count),
            recordedAt: Timestamp(microseconds: recordedAt.microsecondsSince1970)
        )
        return (CommandID(command), receipt)
    }
}

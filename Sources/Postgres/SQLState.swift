/// The five-character code by which PostgreSQL names a condition.
///
/// The set is open: servers, extensions and our own functions raise codes that are not listed here. Compare by code
/// (`state == .uniqueViolation`) or by class (`state.isInClass("40")`), never by message text.
/// See https://www.postgresql.org/docs/15/errcodes-appendix.html
package struct SQLState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Names a code known when the program is written.
    package init(_ code: StaticString) {
        self.rawValue = code.description
    }

    package var description: String { rawValue }

    /// The first two characters, which group related conditions.
    package var conditionClass: Substring { rawValue.prefix(2) }

    /// Whether the code belongs to the class of two characters.
    package func isInClass(_ conditionClass: String) -> Bool {
        self.conditionClass == conditionClass
    }
}

extension SQLState {
    package static let successfulCompletion = SQLState("00000")
    package static let warning = SQLState("01000")

    package static let connectionException = SQLState("08000")
    package static let connectionFailure = SQLState("08006")
    package static let protocolViolation = SQLState("08P01")

    package static let dataException = SQLState("22000")
    package static let divisionByZero = SQLState("22012")
    package static let invalidParameterValue = SQLState("22023")
    package static let invalidTextRepresentation = SQLState("22P02")
    package static let untranslatableCharacter = SQLState("22P05")

    package static let notNullViolation = SQLState("23502")
    package static let foreignKeyViolation = SQLState("23503")
    package static let uniqueViolation = SQLState("23505")
    package static let checkViolation = SQLState("23514")
    package static let exclusionViolation = SQLState("23P01")

    package static let activeTransaction = SQLState("25001")
    package static let readOnlyTransaction = SQLState("25006")
    package static let inFailedTransaction = SQLState("25P02")
    package static let idleInTransactionSessionTimeout = SQLState("25P03")

    package static let invalidStatementName = SQLState("26000")
    package static let invalidAuthorization = SQLState("28000")
    package static let invalidPassword = SQLState("28P01")
    package static let invalidDatabaseName = SQLState("3D000")
    package static let invalidSchemaName = SQLState("3F000")

    package static let serializationFailure = SQLState("40001")
    package static let statementCompletionUnknown = SQLState("40003")
    package static let deadlockDetected = SQLState("40P01")

    package static let insufficientPrivilege = SQLState("42501")
    package static let syntaxError = SQLState("42601")
    package static let undefinedColumn = SQLState("42703")
    package static let undefinedFunction = SQLState("42883")
    package static let undefinedTable = SQLState("42P01")
    package static let duplicateDatabase = SQLState("42P04")
    package static let duplicateSchema = SQLState("42P06")
    package static let duplicateTable = SQLState("42P07")
    package static let duplicateObject = SQLState("42710")

    package static let diskFull = SQLState("53100")
    package static let outOfMemory = SQLState("53200")
    package static let tooManyConnections = SQLState("53300")
    package static let programLimitExceeded = SQLState("54000")
    package static let objectInUse = SQLState("55006")
    package static let lockNotAvailable = SQLState("55P03")

    package static let queryCanceled = SQLState("57014")
    package static let adminShutdown = SQLState("57P01")
    package static let crashShutdown = SQLState("57P02")
    package static let cannotConnectNow = SQLState("57P03")
    package static let databaseDropped = SQLState("57P04")
    package static let idleSessionTimeout = SQLState("57P05")

    package static let ioError = SQLState("58030")
    package static let raisedException = SQLState("P0001")
    package static let internalError = SQLState("XX000")
    package static let dataCorrupted = SQLState("XX001")
}

import EventLog
package import EventSourcing
import Glibc
import Logging
import MusterCommands
package import MusterDomain
import PersonalData

/// What `muster erase` does: it has an erasure recorded, as everybody's commands are, and carries it out at once.
///
/// Whoever follows the log would carry it out too, so that one that is interrupted between the two is not lost.
package struct ErasureVerbs: Sendable {
    /// What became of it.
    package enum Outcome: Sendable, Equatable {
        /// So many keys were destroyed; the record stands at a position.
        case erased(keys: Int, at: Position)
        /// All their keys were destroyed before: nothing was left to do.
        case erasedBefore
        /// Whoever was asked said no: nothing was done.
        case declined
    }

    private let access: DatabaseAccess
    private let log: LogName
    private let logger = Logger(label: "muster")

    package init(access: DatabaseAccess, log: LogName) {
        self.access = access
        self.log = log
    }

    /// The name of the account that this process runs for, when it is one that Muster knows names in.
    package static var accountName: PersonID? {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return nil }
        return PersonID(rawValue: String(cString: name))
    }

    /// Erases a person in the log.
    ///
    /// - Parameters:
    ///   - administrator: who does it; stands in the record.
    ///   - confirm: is asked before anything is done, when there is something to do.
    /// - Throws: `UnknownPerson`; what the log and the database throw.
    package func erase(
        _ person: PersonID,
        because ground: ErasureGround,
        by administrator: PersonID,
        confirm: @Sendable @escaping () throws -> Bool
    ) async throws -> Outcome {
        try await access.withDatabase(logger: logger) { [log] database in
            try await database.withLog(log) { log in
                let table = PersonKeyTable(pool: log.pool)
                let keys = try await table.count(of: person)
                guard keys.living + keys.destroyed > 0 else { throw UnknownPerson(person: person, log: log.name) }
                guard keys.living > 0 else { return .erasedBefore }
                guard try confirm() else { return .declined }
                let receipt = try await record(EraseSubjectKey(person: person, ground: ground), administrator, in: log)
                let erasure = PersonErasure(person: person, recordedAt: receipt.recordedAt)
                return .erased(keys: try await table.destroy([erasure]), at: receipt.first)
            }
        }
    }

    private func record(
        _ command: EraseSubjectKey,
        _ administrator: PersonID,
        in log: Log
    ) async throws -> AppendReceipt {
        // What decides an erasure holds no personal fields: it needs no keys.
        let handler = CommandHandler(store: log, limits: .standard, now: Timestamp.now)
        var random = SystemRandomNumberGenerator()
        let outcome = try await handler.handle(
            CommandEnvelope(
                id: CommandID(UniqueID(version7At: Timestamp.now(), random: (random.next(), random.next()))),
                command: command,
                entry: CommandCatalogue.entry(of: command),
                actor: Actor(
                    person: administrator,
                    party: Actor.systemParty,
                    role: .administrator,
                    territory: TerritoryID(rawValue: log.name.rawValue) ?? TerritoryID("town")
                )
            )
        )
        guard let receipt = outcome.receipt else { throw ErasureNotRecorded() }
        return receipt
    }
}

/// Nothing was ever said by, or of, such a person in the log.
package struct UnknownPerson: Error, CustomStringConvertible {
    package let person: PersonID
    package let log: LogName

    package var description: String {
        "log \(log) holds nothing of a person \(person). Persons are named as in tokens and events, as \(PersonTag.hint)."
    }
}

/// The command was taken and did nothing, which it never does.
private struct ErasureNotRecorded: Error {}

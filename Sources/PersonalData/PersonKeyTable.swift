import EventSourcing
package import MusterDomain
package import Postgres

/// The keys of the persons of one log, in its database.
package struct PersonKeyTable: Sendable {
    private let pool: ConnectionPool

    /// - Parameter pool: of the log.
    package init(pool: ConnectionPool) { self.pool = pool }

    /// A digest of the key that all keys are encrypted with; nil before the first process has set it.
    package func wrappedWith() async throws -> [UInt8]? {
        try await pool.query(PersonKeysSQL.wrappedWith)[0].value(0, as: [UInt8]?.self)
    }

    /// How many keys a person has, and how many they had.
    package func count(of person: PersonID) async throws -> (living: Int, destroyed: Int) {
        let row = try await pool.query(PersonKeysSQL.count, person.rawValue)[0]
        let (living, destroyed) = try row.decode(Int64.self, Int64.self)
        return (Int(living), Int(destroyed))
    }

    /// Destroys what keys persons had when their erasure was recorded; none that was made later. Doing it again is
    /// harmless.
    ///
    /// - Returns: how many keys were destroyed now.
    @discardableResult
    package func destroy(_ erasures: [PersonErasure]) async throws -> Int {
        guard !erasures.isEmpty else { return 0 }
        let row = try await pool.query(
            PersonKeysSQL.destroy,
            erasures.map(\.person.rawValue),
            erasures.map { PostgresTimestamp(microsecondsSince1970: $0.recordedAt.microseconds) }
        )[0]
        return Int(try row.value(0, as: Int64.self))
    }

    /// Fixes the key that all keys are encrypted with.
    ///
    /// - Returns: false when it is another one already.
    func claim(_ digest: [UInt8]) async throws -> Bool {
        try await pool.execute(PersonKeysSQL.claim, digest)
        return try await wrappedWith() == digest
    }

    /// The keyrings of some persons, as of one moment. Whoever has none has no entry.
    func read(
        _ persons: some Collection<PersonID>,
        unwrap: ([UInt8], PersonKeyID) -> PersonKey?
    ) async throws -> PersonKeyAnswer {
        var answer = PersonKeyAnswer()
        for row in try await pool.query(PersonKeysSQL.read, persons.map(\.rawValue)) {
            let (destructions, text, number, wrapped) = try row.decode(
                Int64.self,
                String?.self,
                Int32?.self,
                [UInt8]?.self
            )
            answer.destructions = destructions
            guard let person = text.flatMap({ PersonID(rawValue: $0) }), let number else { continue }
            let state: PersonKeyring.State
            if let wrapped {
                state = unwrap(wrapped, PersonKeyID(person: person, number: number)).map { .living($0) } ?? .damaged
            } else {
                state = .destroyed
            }
            answer.keyrings[person, default: PersonKeyring()].add(number, state)
        }
        return answer
    }

    /// Adds a key for each person who has none that is not destroyed. The others' keys are not used.
    func make(_ wrapped: [(person: PersonID, key: [UInt8])]) async throws {
        try await pool.execute(PersonKeysSQL.make, wrapped.map(\.person.rawValue), wrapped.map(\.key))
    }
}

/// What the database said about keys, all of one moment.
struct PersonKeyAnswer: Sendable {
    var keyrings: [PersonID: PersonKeyring] = [:]
    /// How many destructions there had been.
    var destructions: Int64 = 0
}

package import EventSourcing
package import Logging
import Metrics
import MusterDomain
import Records

/// A log whose personal fields are encrypted on the way in and clear on the way out (R16.1).
///
/// It stands at the edge: commands, policies and boards see plain values through it. The log below holds what is encrypted,
/// and whoever seals, audits or exports reads that one: hashes and proofs are over what is stored, and hold when a key is
/// gone. What was encrypted with a destroyed key reads as `[erased]`; what cannot be read for another reason stays as it
/// is stored, which no event's description accepts.
///
/// A command that is sent again is encrypted anew. That changes nothing: the log knows commands by their ids and gives the
/// first receipt again.
package struct PersonalStore: EventStore {
    private let base: any EventStore
    private let keys: PersonKeys
    private let logger: Logger
    private let unreadable = Counter(label: "muster_personal_values_unreadable_total")

    /// - Parameter base: holds the events as they are stored.
    package init(_ base: any EventStore, keys: PersonKeys, logger: Logger) {
        self.base = base
        self.keys = keys
        self.logger = logger
    }

    package var name: LogName { base.name }
    package var mode: LogMode { base.mode }

    // MARK: Writing

    package func append(_ append: Append) async throws(AppendError) -> Verdict {
        try await base.append(try await encrypted([append])[0])
    }

    /// The appends as they are stored; the keys of all of them are looked up at once.
    ///
    /// - Throws: `.invalid` for an append that is not what its description says, `.unavailable` without keys.
    package func encrypted(_ appends: [Append]) async throws(AppendError) -> [Append] {
        var plans: [(index: Int, plan: EncryptionPlan)] = []
        for (index, append) in appends.enumerated() {
            if let plan = try EncryptionPlan(append) { plans.append((index, plan)) }
        }
        guard !plans.isEmpty else { return appends }
        let keys: [PersonID: PersonKey]
        do {
            keys = try await self.keys.current(of: plans.reduce(into: []) { $0.formUnion($1.plan.persons) })
        } catch {
            throw .unavailable(reason: "personal fields cannot be encrypted: \(error)")
        }
        var encrypted = appends
        for (index, plan) in plans { encrypted[index] = try plan.encrypt(appends[index], with: keys) }
        return encrypted
    }

    package func receipt(of command: CommandID) async throws -> AppendReceipt? {
        try await base.receipt(of: command)
    }

    package func tail() async throws -> Position { try await base.tail() }

    // MARK: Reading

    package func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        try await decrypted(try await base.events(after: versions, limit: limit))
    }

    package func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await decrypted(try await base.events(after: position, limit: limit))
    }

    /// The batches of a subscription in clear, for whoever follows the log and keeps what it reads.
    ///
    /// When an erasure comes by, the person's keys are destroyed before the batch is handed on. So an erasure that the log
    /// has recorded is carried out by the first that reads it, whatever happened to whoever asked for it, and nobody folds
    /// it while the person can still be read.
    package func follow<Batches: AsyncSequence>(
        _ batches: Batches
    ) -> some AsyncSequence<[RecordedEvent], any Error> where Batches.Element == [RecordedEvent] {
        batches.map { batch in
            let erasures = batch.compactMap(PersonErasure.init)
            if !erasures.isEmpty { try await keys.destroy(erasures) }
            return try await decrypted(batch)
        }
    }

    /// The events in clear; the keys of all of them are looked up at once.
    package func decrypted(_ events: [RecordedEvent]) async throws -> [RecordedEvent] {
        var found: [(index: Int, values: [EncryptedValue])] = []
        for (index, event) in events.enumerated() where EncryptedValue.mayStand(in: event.data) {
            let values = EncryptedValue.all(in: event.data)
            if !values.isEmpty { found.append((index, values)) }
        }
        guard !found.isEmpty else { return events }
        let keyrings = try await keys.keyrings(
            holding: found.reduce(into: []) { ids, found in for value in found.values { ids.insert(value.key) } }
        )
        var clear = events
        for (index, values) in found {
            let event = events[index]
            let read = PersonalEvent.decrypt(event.data, values, of: event.id, event.type) { id in
                keyrings[id.person]?[id.number]
            }
            if read.unreadable > 0 { report(event, read.unreadable) }
            clear[index] = event.with(data: read.data)
        }
        return clear
    }

    private func report(_ event: RecordedEvent, _ count: Int) {
        unreadable.increment(by: count)
        logger.error(
            "personal fields cannot be read: they were changed, moved, or their key was",
            metadata: [
                "event.position": "\(event.position)", "event.type": "\(event.type)", "fields": "\(count)",
            ]
        )
    }
}

extension RecordedEvent {
    fileprivate func with(data: [UInt8]) -> RecordedEvent {
        RecordedEvent(
            position: position,
            stream: stream,
            version: version,
            id: id,
            type: type,
            occurredAt: occurredAt,
            recordedAt: recordedAt,
            metadata: metadata,
            data: data
        )
    }
}

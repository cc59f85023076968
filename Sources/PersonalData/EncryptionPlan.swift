import EventSourcing
import MusterDomain
import Records

/// Which events of an append hold personal fields, and whose.
struct EncryptionPlan {
    private struct Part {
        let write: Int
        let event: Int
        let id: EventID
        let fields: PersonalFields
        let person: PersonID
    }

    private var parts: [Part] = []

    var persons: Set<PersonID> { Set(parts.map(\.person)) }

    /// Nil when the append holds none.
    ///
    /// - Throws: `.invalid` when it is not what the descriptions of its events say.
    init?(_ append: Append) throws(AppendError) {
        var ordinal: Int16 = 0
        var actor: Actor?
        for (write, content) in append.writes.enumerated() {
            for (event, new) in content.events.enumerated() {
                defer { ordinal &+= 1 }
                guard let fields = PersonalFields.of(new.type) else { continue }
                do throws(Problems) {
                    let known: Actor
                    if let actor {
                        known = actor
                    } else {
                        known = try EventMetadata.record.decode(append.metadata).actor
                    }
                    actor = known
                    guard let person = try fields.person(new.data, actor: known) else { continue }
                    let id = EventID(command: append.command, ordinal: ordinal)
                    parts.append(Part(write: write, event: event, id: id, fields: fields, person: person))
                } catch {
                    throw Self.invalid(new.type, error)
                }
            }
        }
        guard !parts.isEmpty else { return nil }
    }

    /// The append with its personal fields encrypted.
    func encrypt(_ append: Append, with keys: [PersonID: PersonKey]) throws(AppendError) -> Append {
        var events = append.writes.map(\.events)
        for part in parts {
            let new = events[part.write][part.event]
            guard let key = keys[part.person] else { throw .unavailable(reason: "a person has no key") }
            do throws(Problems) {
                let data = try PersonalEvent.encrypt(new.data, part.fields, of: part.id, with: key)
                events[part.write][part.event] = NewEvent(type: new.type, data: data)
            } catch {
                throw Self.invalid(new.type, error)
            }
        }
        return Append(
            command: append.command,
            occurredAt: append.occurredAt,
            metadata: append.metadata,
            writes: zip(append.writes, events).map { write, events in
                StreamWrite(stream: write.stream, expected: write.expected, events: events)
            }
        )
    }

    private static func invalid(_ type: EventType, _ problems: Problems) -> AppendError {
        let first = problems.list.first.map { "\($0.pointer) \($0.code)" } ?? ""
        return .invalid(reason: "event \(type) is not what its description says: \(first)")
    }
}

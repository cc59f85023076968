import EventSourcing
import MusterDomain

/// Every matter of a log and the rows that are open in it: what the boards of clocks have in common, folded once for
/// all of them.
struct ClockBook: Sendable {
    private(set) var register = Register()
    private var files: [StreamName: MatterFile] = [:]
    /// The matters that have rows.
    private var open: Set<StreamName> = []

    /// Takes in one fact, and says what it did.
    mutating func fold(_ fact: Fact) -> ClockChanges {
        switch fact.event {
        case .matter(let event):
            guard let index = index(of: fact.stream) else { return ClockChanges() }
            let changes = files.values[index].fold(event, fact, register)
            if let state = changes.matter, state.isOpen != state.wasOpen {
                if state.isOpen { open.insert(fact.stream) } else { open.remove(fact.stream) }
            }
            return changes
        case .authority, .territory:
            guard register.fold(fact) else { return ClockChanges() }
            // Names are on every row; parties and territories are set up before there are many.
            var changes = ClockChanges()
            for stream in open {
                if let index = files.index(forKey: stream) {
                    changes.rows += files.values[index].remakeRows(register, .names)
                }
            }
            return changes
        case .privacy(.subjectKeyErased(let erased)):
            return erase(erased.person)
        case .report, .unknown:
            return ClockChanges()
        case .incident, .playbook:
            return ClockChanges()
        }
    }

    /// Erasures are rare: all matters are looked through.
    private mutating func erase(_ person: PersonID) -> ClockChanges {
        var changes = ClockChanges()
        for (stream, file) in files where file.subject == person {
            guard let index = files.index(forKey: stream) else { continue }
            changes.rows += files.values[index].erase(register)
            if let note = files.values[index].note { changes.notes[file.id] = note }
        }
        return changes
    }

    /// Where the file of a matter is; nil for streams of other things.
    private mutating func index(of stream: StreamName) -> Dictionary<StreamName, MatterFile>.Index? {
        if let index = files.index(forKey: stream) { return index }
        guard let matter = Self.matter(of: stream) else { return nil }
        files[stream] = MatterFile(matter)
        return files.index(forKey: stream)
    }

    /// The matter whose stream it is; nil for other streams.
    static func matter(of stream: StreamName) -> MatterID? {
        stream.category == "matter" ? MatterID(rawValue: String(stream.id)) : nil
    }
}

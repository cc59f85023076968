package import EventSourcing
package import MusterDomain
package import Records

/// One line of what just happened. Its words are made when somebody reads it.
package final class FeedEntry: Sendable {
    private let fact: Fact
    /// The names of that time.
    private let register: Register
    /// Nil for what belongs to no matter yet.
    package let matter: MatterID?

    /// Nil for facts that are no news: parties, posts, territories, erasures, and what this build does not know.
    init?(_ fact: Fact, in matter: MatterID?, _ register: Register) {
        switch fact.event {
        case .matter, .report: break
        case .authority, .territory, .privacy, .unknown: return nil
        case .incident, .playbook: return nil
        }
        self.fact = fact
        self.matter = matter
        self.register = register
    }

    package var position: Position { fact.position }
    /// When it happened.
    package var at: Timestamp { fact.origin.occurredAt }
    /// When the log learned of it.
    package var recordedAt: Timestamp { fact.origin.recordedAt }
    package var words: Words { FactWords.line(of: fact, register) }
    package var isAbnormal: Bool { FactWords.isAbnormal(fact) }

    /// The matter's or the report's; nil where neither has a name.
    package var reference: String? {
        switch fact.event {
        case .matter: matter.map { Reference.text($0.rawValue) }
        case .report: Reference.text(String(fact.stream.id))
        case .authority, .territory, .privacy, .unknown: nil
        case .incident, .playbook: nil
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("position", position.rawValue)
        writer.member("at", at)
        writer.member("recordedAt", recordedAt)
        writer.member("words", words)
        writer.member("matter", matter?.rawValue)
        writer.member("reference", reference)
        writer.member("isAbnormal", isAbnormal)
        writer.endObject()
    }
}

extension FeedEntry: Equatable {
    /// Entries of one log are the same when they are of the same event.
    package static func == (lhs: FeedEntry, rhs: FeedEntry) -> Bool { lhs.position == rhs.position }
}

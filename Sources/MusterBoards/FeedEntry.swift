package import EventSourcing
package import MusterDomain
package import Records

/// One line of what just happened.
package struct FeedEntry: Hashable, Sendable {
    package let position: Position
    /// When it happened.
    package let at: Timestamp
    /// When the log learned of it.
    package let recordedAt: Timestamp
    package let words: Words
    /// Nil for what belongs to no matter yet.
    package let matter: MatterID?
    package let reference: String?
    package let isAbnormal: Bool

    /// Nil for facts that are no news: parties, posts, territories, and what this build does not know.
    init?(_ fact: Fact, _ register: Register) {
        switch fact.event {
        case .matter:
            matter = ClockBook.matter(of: fact)
            reference = matter.map { Reference.text($0.rawValue) }
        case .report:
            matter = nil
            reference = Reference.text(String(fact.stream.id))
        case .authority, .territory, .unknown:
            return nil
        }
        position = fact.position
        at = fact.origin.occurredAt
        recordedAt = fact.origin.recordedAt
        words = FactWords.line(of: fact, register)
        isAbnormal = FactWords.isAbnormal(fact)
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

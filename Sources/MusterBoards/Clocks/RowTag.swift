package import EventSourcing
import MusterDomain
package import Records

/// Something about a row that is not as it should be, or that a person must decide.
package struct RowTag: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case noShow = "no-show"
        /// The community was told halfway through the limit: nothing is late yet.
        case communityCalled = "community-called"
        /// A higher level was told.
        case escalated
        case disputed
        case repeated
        case reopened
        case ratificationMissing = "ratification-missing"
        case ratificationRefused = "ratification-refused"
        case learnedLate = "learned-late"
    }

    package let kind: Kind
    package let words: Words
    /// Since when; nil when it has no time of its own.
    package let at: Timestamp?

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", kind.rawValue)
        writer.member("words", words)
        writer.member("at", at)
        writer.endObject()
    }
}

extension RowTag {
    static func noShow(at: Timestamp?) -> RowTag {
        RowTag(kind: .noShow, words: Words("no-show", zh: "逾期未到"), at: at)
    }

    static func noAnswer(at: Timestamp?) -> RowTag {
        RowTag(kind: .noShow, words: Words("no answer", zh: "逾期未签收"), at: at)
    }

    static func escalated(to level: EscalationLevel, at: Timestamp?) -> RowTag {
        let words =
            switch level {
            case .community: Words("community called", zh: "已报社区")
            case .street: Words("street called", zh: "已报街道")
            case .district: Words("district called", zh: "已报区")
            case .city: Words("city called", zh: "已报市")
            }
        return RowTag(kind: level == .community ? .communityCalled : .escalated, words: words, at: at)
    }

    static func disputed(at: Timestamp?) -> RowTag {
        RowTag(kind: .disputed, words: Words("competence disputed", zh: "管辖有争议"), at: at)
    }

    static func repeated(_ round: Int) -> RowTag {
        RowTag(kind: .repeated, words: Words("whistle no. \(round)", zh: "第 \(round) 次吹哨"), at: nil)
    }

    static func reopened(at: Timestamp?) -> RowTag {
        RowTag(kind: .reopened, words: Words("reopened", zh: "已重开"), at: at)
    }

    static var ratificationMissing: RowTag {
        RowTag(kind: .ratificationMissing, words: Words("not ratified yet", zh: "尚未追认"), at: nil)
    }

    static var ratificationRefused: RowTag {
        RowTag(kind: .ratificationRefused, words: Words("ratification refused", zh: "未获追认"), at: nil)
    }

    static func learnedLate(at: Timestamp) -> RowTag {
        RowTag(kind: .learnedLate, words: Words("learned late", zh: "事后得知"), at: at)
    }
}

/// What else there is to say about a row, without alarm.
package struct RowRemark: Hashable, Sendable {
    package let words: Words
    package let at: Timestamp?

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("words", words)
        writer.member("at", at)
        writer.endObject()
    }
}

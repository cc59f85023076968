package import EventSourcing
package import MusterDomain
package import Records

/// One directive as a whole: where it stands, hop by hop.
package struct DirectiveFigures: Hashable, Sendable {
    /// Those who are equally far from the issuer.
    package struct Hop: Hashable, Sendable {
        package let hop: Int
        package let tally: CascadeTally
    }

    package let directive: DirectiveID
    package let subject: DirectiveSubjectID
    package let title: String
    package let issuer: Addressee
    package let issuerName: Words
    package let version: Int
    /// What binds at the moment of the board; nil before it takes effect, and after its end (R4.4).
    package internal(set) var bindingVersion: Int? = nil
    package let issuedAt: Timestamp
    /// The first instant at which the current version binds no more; nil without an end.
    package let effectiveTo: Timestamp?
    /// Whether that instant has passed at the moment of the board.
    package internal(set) var isExpired = false
    package let cascadeBy: Timestamp
    package let recalledAt: Timestamp?
    package let supersededBy: DirectiveID?
    package let hops: [Hop]
    package let total: CascadeTally
    /// Branches where it did not go on in time.
    package let stopped: Int
    /// Relays with a note of their own.
    package let notes: Int
    /// Others that bind beside it at the moment of the board and say something else.
    package internal(set) var contradictions: [DirectiveID] = []

    /// Whether it is to be seen to: neither ended nor over by its date.
    package var isOpen: Bool { recalledAt == nil && supersededBy == nil && !isExpired }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("directive", directive.rawValue)
        writer.member("subject", subject.rawValue)
        writer.member("title", title)
        writer.member("issuer", issuer.text)
        writer.member("issuerName", issuerName)
        writer.member("version", version)
        writer.member("bindingVersion", bindingVersion.map(Int64.init))
        writer.member("issuedAt", issuedAt)
        writer.member("effectiveTo", effectiveTo)
        writer.member("cascadeBy", cascadeBy)
        writer.member("recalledAt", recalledAt)
        writer.member("supersededBy", supersededBy?.rawValue)
        writer.list("hops", hops) { hop, writer in
            writer.beginObject()
            writer.member("hop", hop.hop)
            hop.tally.write(to: &writer)
            writer.endObject()
        }
        writer.object("total", total.write)
        writer.member("stopped", stopped)
        writer.member("notes", notes)
        writer.list("contradictions", contradictions) { other, writer in writer.string(other.rawValue) }
        writer.endObject()
    }
}

/// What stands beside the rows of the directives board.
package struct DirectivesFigures: BoardFigures {
    /// The latest first.
    package let directives: [DirectiveFigures]

    package func write(since previous: DirectivesFigures?, to writer: inout JSONWriter) {
        if directives != previous?.directives {
            writer.list("directives", directives) { directive, writer in directive.write(to: &writer) }
        }
    }
}

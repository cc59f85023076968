package import MusterDomain
package import Records

/// A branch of a cascade: somebody who was to pass a directive on, and how it fares with those right below.
package struct DirectiveRow: BoardRow, Hashable {
    package let key: String
    package let directive: DirectiveID
    package let directiveTitle: String
    /// Who passes it on: its issuer, or an addressee.
    package let sender: Addressee
    package let senderName: Words
    /// 0 for the issuer.
    package let hop: Int
    /// Who passed it on to the sender; nil for the issuer.
    package let from: Addressee?
    package let below: CascadeTally
    /// What the sender added to the text, the latest last: where texts drift from level to level.
    package let notes: [String]
    /// The territories right below that it did not reach in time: the place where the cascade stopped.
    package let missing: [TerritoryID]
    package let missingNames: [Words]
    package let isEnded: Bool
    package let order: BoardOrder

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("order", order.text)
        writer.member("directive", directive.rawValue)
        writer.member("title", directiveTitle)
        writer.member("territory", sender.territory.rawValue)
        writer.member("party", sender.party?.rawValue)
        writer.member("name", senderName)
        writer.member("hop", hop)
        writer.member("from", from?.text)
        writer.object("below", below.write)
        writer.list("notes", notes) { note, writer in writer.string(note) }
        writer.list("missing", zip(missing, missingNames)) { place, writer in
            writer.beginObject()
            writer.member("territory", place.0.rawValue)
            writer.member("name", place.1)
            writer.endObject()
        }
        writer.member("isStopped", !missing.isEmpty)
        writer.member("isEnded", isEnded)
        writer.endObject()
    }
}

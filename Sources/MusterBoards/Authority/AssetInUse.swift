package import EventSourcing
package import MusterDomain
package import Records

/// A thing that an office took into use, and has not given back (征用).
package struct AssetInUse: Hashable, Sendable {
    package let asset: AssetID
    package let what: String
    package let ownerName: Words
    package let takerName: Words
    package let to: Timestamp
    /// Its time is over.
    package private(set) var isLate = false

    init(_ payload: AssetRequisitioned, _ origin: Origin, _ register: Register) {
        asset = payload.asset
        what = payload.what
        ownerName = register.name(of: payload.owner)
        takerName = register.name(of: origin.actor.party)
        to = payload.to
    }

    /// The same as it stands at a time.
    func at(_ now: Timestamp) -> AssetInUse {
        var asset = self
        asset.isLate = to < now
        return asset
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("asset", asset.rawValue)
        writer.member("what", what)
        writer.member("owner", ownerName)
        writer.member("takenBy", takerName)
        writer.member("to", to)
        writer.member("isLate", isLate)
        writer.endObject()
    }
}

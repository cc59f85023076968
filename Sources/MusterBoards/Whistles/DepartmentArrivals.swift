package import MusterDomain
package import Records

/// How one department's calls of today ended, in the order of time.
package struct DepartmentArrivals: Hashable, Sendable {
    package enum Mark: String, Hashable, Sendable, CaseIterable {
        case inTime = "in-time"
        case late
        case noShow = "no-show"
    }

    package let party: PartyID
    package let name: Words
    package let marks: [Mark]

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("party", party.rawValue)
        writer.member("name", name)
        writer.list("marks", marks) { mark, writer in writer.string(mark.rawValue) }
        writer.endObject()
    }
}

package import MusterDomain
import Records

/// Somebody with more than one post, whose hands are one pair (R1.6).
package struct MultiHattedPerson: Hashable, Sendable {
    package let person: PersonID
    package let posts: [Appointment]

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("person", person.rawValue)
        writer.list("posts", posts) { post, writer in
            writer.beginObject()
            writer.member("role", post.role.rawValue)
            writer.member("party", post.party.rawValue)
            writer.member("territory", post.territory.rawValue)
            writer.member("to", post.to)
            writer.endObject()
        }
        writer.endObject()
    }
}

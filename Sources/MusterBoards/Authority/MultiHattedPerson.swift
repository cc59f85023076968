package import MusterDomain
import Records

/// Somebody with more than one post, whose hands are one pair (R1.6).
package struct MultiHattedPerson: Hashable, Sendable {
    package let person: PersonID
    package let posts: [Appointment]
    /// The parties of the posts, in the same order.
    let partyNames: [Words]

    init(_ person: PersonID, _ posts: [Appointment], _ register: Register) {
        self.person = person
        self.posts = posts
        partyNames = posts.map { register.name(of: $0.party) }
    }

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

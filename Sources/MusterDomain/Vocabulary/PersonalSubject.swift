/// Whose the personal fields of a kind of event are: with this person's key they are encrypted, and destroying it erases
/// them (R16.1).
package enum PersonalSubject: Hashable, Sendable {
    /// Who acted.
    case actor
    /// The person in another field of the event; who acted when it is missing.
    case member(String)
    /// Who acted, when as a resident. In any other role they speak for their office, and what they say is nobody's own.
    case resident
}

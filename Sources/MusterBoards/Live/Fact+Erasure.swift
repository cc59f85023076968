import MusterDomain

extension Fact {
    /// Whether it erases a person.
    var isErasure: Bool {
        if case .privacy(.subjectKeyErased) = event { true } else { false }
    }
}

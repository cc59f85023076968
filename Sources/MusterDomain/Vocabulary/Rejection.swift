package import Records

/// The domain says no: which rule, why in plain words, and what to do instead. A rejection appends nothing.
package struct Rejection: Error, Hashable, Sendable {
    /// How the refusal is to be understood by whoever sent the command.
    package enum Kind: Hashable, Sendable {
        /// This actor may never do this here.
        case forbidden
        /// What the command is about is not there.
        case notFound
        /// A rule says no in the present state.
        case refused
    }

    package let kind: Kind
    /// The rule of the domain, as `R3.2`, or the system, as `S3`, where only the lifecycle says so.
    package let rule: String
    /// A stable word for programs, as `consent-missing`.
    package let reason: String
    /// What happened, in a sentence.
    package let words: Words
    /// What to do next, or who can decide otherwise.
    package let advice: Words?

    package init(kind: Kind = .refused, rule: String, reason: String, _ words: Words, advice: Words? = nil) {
        self.kind = kind
        self.rule = rule
        self.reason = reason
        self.words = words
        self.advice = advice
    }
}

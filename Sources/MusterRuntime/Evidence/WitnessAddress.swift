package import Evidence

/// A witness that checkpoints are shown to: its key and where it is, written `KEY URL`.
package struct WitnessAddress: Hashable, Sendable {
    package let key: NoteKey
    /// What `/add-checkpoint` is put after.
    package let url: String

    /// Nil unless the text is the verifier key of a witness, a space, and an HTTP URL.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let key = try? NoteKey(text: parts[0]), key.algorithm == .cosignature,
            parts[1].hasPrefix("https://") || parts[1].hasPrefix("http://")
        else { return nil }
        self.key = key
        url = String(parts[1].hasSuffix("/") ? parts[1].dropLast() : parts[1])
    }
}

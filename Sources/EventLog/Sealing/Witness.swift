package import Evidence

/// Somebody outside who signs that the log only grows. Two who are shown different trees cannot both be satisfied, as long
/// as they ask for the same witness's signature.
package struct Witness: Sendable {
    /// Checks its signatures; of the kind `cosignature`.
    package let key: NoteKey
    /// Hands it a checkpoint. Takes its time, but not for ever.
    package let ask: @Sendable (WitnessRequest) async throws -> WitnessAnswer

    package init(key: NoteKey, ask: @escaping @Sendable (WitnessRequest) async throws -> WitnessAnswer) {
        self.key = key
        self.ask = ask
    }
}

/// What a witness answers.
package enum WitnessAnswer: Hashable, Sendable {
    /// It has checked the checkpoint and signed under it.
    case cosigned([NoteSignature])
    /// It has cosigned a tree of this size last, and not the one it was told.
    case standsAt(Int)
}

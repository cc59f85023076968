/// Why the keys of persons cannot be used.
package enum PersonKeyError: Error, Hashable, Sendable {
    /// The log's keys are encrypted with another key than this process has.
    case otherKeyEncryptionKey
    /// The keys that a person needs cannot be decrypted: the row was changed.
    case damaged
    /// The process stops.
    case stopped
    /// The cipher itself failed.
    case cipher
}

extension PersonKeyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .otherKeyEncryptionKey: "the keys of persons in this log are encrypted with another key than this one"
        case .damaged: "the key of a person cannot be decrypted: its row was changed"
        case .stopped: "the keys of persons are not looked up any more: the process stops"
        case .cipher: "the cipher failed"
        }
    }
}

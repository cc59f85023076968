import MusterDomain

/// The keys of one person, all that there ever were.
struct PersonKeyring: Sendable {
    /// What has become of one key.
    enum State: Sendable {
        case living(PersonKey)
        /// For ever: what it encrypted is erased.
        case destroyed
        /// Its row was changed, so that it cannot be decrypted. What it encrypted is neither erased nor readable.
        case damaged
    }

    /// In no order; nearly everyone has one.
    private var keys: [(number: Int32, state: State)] = []

    /// Nil for a key that was not there when the keyring was read.
    subscript(number: Int32) -> State? {
        keys.first { $0.number == number }?.state
    }

    /// The one to write with: at most one is not destroyed.
    var current: State? {
        keys.first { if case .destroyed = $0.state { false } else { true } }?.state
    }

    mutating func add(_ number: Int32, _ state: State) { keys.append((number, state)) }
}

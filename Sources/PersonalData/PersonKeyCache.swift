import MusterDomain

/// The keyrings that were used last, at most `capacity` and at least half of that, for as long as no key was destroyed.
///
/// Two generations: what is used stays young; when the young are many, the old are dropped and the young become old.
struct PersonKeyCache: Sendable {
    private let half: Int
    private let lifetime: Duration
    private var young: [PersonID: PersonKeyring] = [:]
    private var old: [PersonID: PersonKeyring] = [:]
    /// How many destructions had happened when these were read.
    private var destructions: Int64 = 0
    private var checkedAt: ContinuousClock.Instant?

    /// - Parameter lifetime: how long it is trusted without asking whether a key was destroyed.
    init(capacity: Int, lifetime: Duration) {
        half = max(1, capacity / 2)
        self.lifetime = lifetime
    }

    /// Whether what it holds may be used without asking.
    func isFresh(at now: ContinuousClock.Instant) -> Bool {
        checkedAt.map { now - $0 < lifetime } ?? false
    }

    var count: Int { young.count + old.count }

    subscript(person: PersonID) -> PersonKeyring? {
        mutating get {
            if let keyring = young[person] { return keyring }
            guard let keyring = old.removeValue(forKey: person) else { return nil }
            insert(keyring, for: person)
            return keyring
        }
    }

    /// Takes in what the database said.
    ///
    /// - Parameter askedAt: before the database was asked.
    mutating func take(_ answer: PersonKeyAnswer, askedAt: ContinuousClock.Instant) {
        // An answer that was overtaken by a younger one may hold a key that was destroyed since.
        guard answer.destructions >= destructions else { return }
        if answer.destructions > destructions {
            young = [:]
            old = [:]
            destructions = answer.destructions
        }
        checkedAt = max(checkedAt ?? askedAt, askedAt)
        for (person, keyring) in answer.keyrings {
            old[person] = nil
            insert(keyring, for: person)
        }
    }

    private mutating func insert(_ keyring: PersonKeyring, for person: PersonID) {
        young[person] = keyring
        if young.count >= half {
            old = young
            young = [:]
        }
    }
}

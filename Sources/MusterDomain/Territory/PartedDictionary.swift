/// A dictionary in parts, so that a change to a copy of it copies one part and not the whole: the tree of a city is kept
/// in a cache and changed one territory at a time.
package struct PartedDictionary<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// A power of two, so that a part is found by a mask.
    private static var partCount: Int { 512 }

    /// One part until there are many entries: most trees are small.
    private var parts: [[Key: Value]] = [[:]]
    package private(set) var count = 0

    package init() {}

    package subscript(key: Key) -> Value? {
        get { parts[part(of: key)][key] }
        set {
            if newValue != nil, parts.count == 1, count == Self.partCount { spread() }
            let part = part(of: key)
            let before = parts[part].count
            parts[part][key] = newValue
            count += parts[part].count - before
        }
    }

    package subscript(key: Key, default value: @autoclosure () -> Value) -> Value {
        get { self[key] ?? value() }
        set { self[key] = newValue }
    }

    /// Alters a value where it is; nothing when there is none.
    package mutating func update(_ key: Key, _ change: (inout Value) -> Void) {
        let part = part(of: key)
        guard let index = parts[part].index(forKey: key) else { return }
        change(&parts[part].values[index])
    }

    package var keys: some Sequence<Key> { parts.lazy.flatMap(\.keys) }
    package var values: some Sequence<Value> { parts.lazy.flatMap(\.values) }

    private func part(of key: Key) -> Int { parts.count == 1 ? 0 : key.hashValue & (Self.partCount - 1) }

    private mutating func spread() {
        let all = parts[0]
        parts = Array(repeating: [:], count: Self.partCount)
        for (key, value) in all { parts[part(of: key)][key] = value }
    }
}

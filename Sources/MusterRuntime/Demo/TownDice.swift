/// Chance that is the same after every restart: each throw is named, and its result follows from name and seed alone.
struct TownDice: Sendable {
    let seed: UInt64

    /// From 0 up to 1.
    func fraction(_ name: String) -> Double {
        Double(bits(name) >> 11) / Double(1 << 53)
    }

    func isTrue(_ name: String, chance: Double) -> Bool { fraction(name) < chance }

    func pick<Element>(_ elements: [Element], _ name: String) -> Element? {
        guard !elements.isEmpty else { return nil }
        return elements[Int(bits(name) % UInt64(elements.count))]
    }

    /// A time around `mean` with a long tail, at most `mean × 6`.
    func delay(_ name: String, mean: Duration) -> Duration {
        let fraction = fraction(name)
        let stretched = 0.25 + 0.6 * fraction + 1.6 * fraction * fraction * fraction * fraction
        return mean * min(6, stretched)
    }

    /// FNV-1a over the name, then the finaliser of SplitMix64.
    private func bits(_ name: String) -> UInt64 {
        var hash = 0xCBF2_9CE4_8422_2325 ^ seed
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }
}

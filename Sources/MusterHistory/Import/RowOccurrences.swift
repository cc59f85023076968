/// Counts equal rows of one file, so that rows without a key of their own are each known by content and number.
///
/// Exports without ids hold rows that are equal because the same thing happened twice in a minute; the same file again, or
/// one that overlaps it, names them the same.
struct RowOccurrences {
    /// Rows are told apart by 64 bits of their hash: a Set of so many takes some 64 MiB. Past that equal rows count as one.
    private static let maximumRows = 4 << 20

    private var seen: Set<UInt64> = []
    private var repeated: [UInt64: Int] = [:]

    /// The number of this row among its equals, from 1.
    mutating func number(of hash: some Sequence<UInt8>) -> Int {
        var short: UInt64 = 0
        for byte in hash.prefix(8) { short = short << 8 | UInt64(byte) }
        if let count = repeated[short] {
            repeated[short] = count + 1
            return count + 1
        }
        guard seen.count < Self.maximumRows || seen.contains(short) else { return 1 }
        if seen.insert(short).inserted { return 1 }
        repeated[short] = 2
        return 2
    }
}

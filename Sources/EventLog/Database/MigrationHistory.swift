/// What has been applied to a schema, beside what this program knows: pure, so that every mismatch can be tested.
struct MigrationHistory: Sendable {
    /// A step the database says was applied.
    struct Applied: Sendable, Hashable {
        let number: Int32
        let name: String
        let checksum: [UInt8]
    }

    /// The steps still to be applied, in order.
    ///
    /// - Throws: when what was applied is not a beginning of what is known: a gap, a changed text, a version from the
    ///   future.
    static func pending(
        _ known: [Migration],
        applied: [Applied],
        schema: String
    ) throws(LogDatabaseError) -> ArraySlice<Migration> {
        let applied = applied.sorted { $0.number < $1.number }
        for (index, step) in applied.enumerated() {
            guard step.number == index + 1 else {
                throw .migrationGap(schema: schema, expected: Int32(index + 1), found: step.number)
            }
            guard index < known.count else {
                throw .schemaFromFuture(schema: schema, number: step.number, name: step.name)
            }
            guard step.checksum == known[index].checksum else {
                throw .migrationChanged(schema: schema, number: step.number, name: step.name)
            }
        }
        return known[applied.count...]
    }
}

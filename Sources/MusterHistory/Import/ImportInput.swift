/// A file that an import can begin with: it was read once for its hash, and the mapping fits its columns.
///
/// Opening it needs no log, so a file that cannot be imported is refused before anything is made for it.
package struct ImportInput: Sendable {
    let source: RowSource
    let file: RowSource.Identity
    let mapping: Mapping
    /// The rate of an import counts from here.
    let opened: ContinuousClock.Instant

    /// - Throws: `ImportError`, which names what is wrong with the file or does not fit.
    package static func open(_ path: String, mapping: Mapping) async throws -> ImportInput {
        let opened = ContinuousClock.now
        let source = try RowSource(path: path, mapping: mapping)
        return ImportInput(source: source, file: try await source.identify(), mapping: mapping, opened: opened)
    }
}

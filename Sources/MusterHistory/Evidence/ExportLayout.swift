package import Evidence

/// How evidence lies in a directory: as [C2SP tlog-tiles](https://c2sp.org/tlog-tiles) serves it, so that the directory can
/// be served as it is; and beside that what an audit without the log needs.
package enum ExportLayout {
    /// The newest checkpoint; written last, so that it is there only when everything under it is.
    package static let checkpoint = "checkpoint"
    /// All checkpoints, one a line.
    package static let checkpoints = "checkpoints.ndjson"
    /// The verifier keys that have signed them, one a line.
    package static let keys = "keys"

    package static func tile(_ tile: Tile) -> String { tile.path }
    package static func entries(_ slot: TileSlot) -> String { EntryBundle.path(slot) }

    /// Metadata and payload of each event of a bundle of entries, each after its length in four bytes.
    package static func contents(_ slot: TileSlot) -> String { "contents/\(slot.path)" }
}

/// Something that is not what was signed. The description is a line for people.
package enum Finding: Hashable, Sendable {
    case nothingSealed
    case differs(position: Int)
    case missing(positions: ClosedRange<Int>)
    /// They were moved away on purpose: what they are is not proven until they are back.
    case away(positions: ClosedRange<Int>)
    case unreadable(position: Int, reason: String)
    case tileMissing(Tile)
    case tileDiffers(Tile)
    case checkpointUnreadable(size: Int, reason: String)
    /// A signature that claims to be by a trusted key, and is not.
    case checkpointForged(size: Int, reason: String)
    /// No trusted key has signed it, and no trusted checkpoint covers it.
    case checkpointUntrusted(size: Int)
    /// The tree that the tiles make is not the one of the checkpoint, though it was that of the checkpoint before.
    case rootDiffers(size: Int, lastGood: Int)
    /// A checkpoint kept elsewhere is not one of this log's.
    case anchorDiffers(size: Int)
    /// A checkpoint kept elsewhere is over more events than any trusted one here.
    case anchorAhead(size: Int, sealed: Int)
}

extension Finding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nothingSealed: "there is no checkpoint by a trusted key: nothing is proven"
        case .differs(let position): "position \(position) differs from what was sealed"
        case .missing(let positions): "\(Self.words(positions)) missing"
        case .away(let positions):
            "\(Self.words(positions)) in a detached partition: attach it (muster log attach), or verify an export of it"
        case .unreadable(let position, let reason): "position \(position) cannot be read: \(reason)"
        case .tileMissing(let tile): "\(tile.path) is missing or too short"
        case .tileDiffers(let tile): "\(tile.path) differs from what was sealed; the events under it do not"
        case .checkpointUnreadable(let size, let reason): "checkpoint \(size) cannot be read: \(reason)"
        case .checkpointForged(let size, let reason): "checkpoint \(size) is forged: \(reason)"
        case .checkpointUntrusted(let size): "checkpoint \(size) is signed by no trusted key"
        case .rootDiffers(let size, let lastGood):
            "positions \(lastGood + 1) to \(size) are not what checkpoint \(size) was signed over"
        case .anchorDiffers(let size): "the checkpoint that was kept, of size \(size), is not over this log"
        case .anchorAhead(let size, let sealed):
            "the checkpoint that was kept is over \(size) events; here only \(sealed) are sealed"
        }
    }

    private static func words(_ positions: ClosedRange<Int>) -> String {
        positions.count == 1
            ? "position \(positions.lowerBound) is"
            : "positions \(positions.lowerBound) to \(positions.upperBound) are"
    }
}

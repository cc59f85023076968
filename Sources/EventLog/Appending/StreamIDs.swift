/// Numbers for new streams that were taken from the log's sequence in blocks and belong to one process alone.
struct StreamIDs {
    /// As in the sequence's definition.
    static let blockSize: Int32 = 512

    private var blocks: [Range<Int32>] = []

    mutating func take() -> Int32? {
        guard let block = blocks.first else { return nil }
        blocks[0] = block.lowerBound + 1..<block.upperBound
        if blocks[0].isEmpty { blocks.removeFirst() }
        return block.lowerBound
    }

    mutating func add(blockFrom first: Int32) {
        let (end, overflows) = first.addingReportingOverflow(Self.blockSize)
        guard first > 0, !overflows else { return }
        blocks.append(first..<end)
    }
}

import Records

/// A whole board at one position.
package struct BoardSnapshot<B: Board>: Sendable {
    package let head: BoardHead
    /// In the board's order.
    package let rows: [B.Row]
    package let figures: B.Figures

    package init(head: BoardHead, rows: [B.Row], figures: B.Figures) {
        self.head = head
        self.rows = rows
        self.figures = figures
    }

    /// The board as JSON text.
    package func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 2_048 + rows.count * 640)
        writer.beginObject()
        head.write(to: &writer)
        B.write(rows, figures, to: &writer)
        writer.endObject()
        return writer.bytes
    }
}

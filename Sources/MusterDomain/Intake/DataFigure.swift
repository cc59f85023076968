package import Records

/// A figure, and what it counts.
package struct DataFigure: Hashable, Sendable {
    package static let range = 0...1_000_000_000

    package let item: DataItemID
    package let figure: Int

    package init(_ item: DataItemID, _ figure: Int) {
        self.item = item
        self.figure = figure
    }

    package static let record = Record<DataFigure>(
        Field("item", \.item, .identifier(), Words("Item", zh: "数据项")),
        Field("figure", \.figure, .integer(range), Words("Figure", zh: "数值")),
        make: { DataFigure($0, $1) }
    )
}

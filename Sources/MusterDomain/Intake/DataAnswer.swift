package import EventSourcing
package import Records

/// A figure that was wanted, and where it stands on record: nobody types it again (R5.1).
package struct DataAnswer: Hashable, Sendable {
    /// What a figure may be, told or summed.
    static let figures = 0...1_000_000_000_000

    package let item: DataItemID
    package let figure: Int
    /// The event that told it; nil for a sum.
    package let source: EventID?
    /// Of how many territories below it is the sum; nil for a figure that was told as such.
    package let parts: Int?

    package init(item: DataItemID, figure: Int, source: EventID? = nil, parts: Int? = nil) {
        self.item = item
        self.figure = figure
        self.source = source
        self.parts = parts
    }

    package static let record = Record<DataAnswer>(
        refusesUnknownMembers: false,
        Field("item", \.item, .identifier(), Words("Item", zh: "数据项")),
        Field("figure", \.figure, .integer(figures), Words("Figure", zh: "数值")),
        Field("source", \.source, Codec<EventID>.eventID.optional, Words("Told by", zh: "来源事件")),
        Field("parts", \.parts, Codec<Int>.integer(1...1_000_000).optional, Words("Sum of", zh: "合计区域数")),
        make: DataAnswer.init
    )
}

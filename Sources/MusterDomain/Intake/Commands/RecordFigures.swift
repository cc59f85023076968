package import EventSourcing
import Records

/// Tells figures of a territory and day, once for whoever may ever ask (R5.1).
package struct RecordFigures: Command, Hashable {
    package let territory: TerritoryID
    package let day: CaseDay
    package let figures: [DataFigure]
    package let isCorrection: Bool

    package init(
        territory: TerritoryID,
        day: CaseDay,
        figures: [DataFigure],
        isCorrection: Bool = false
    ) {
        self.territory = territory
        self.day = day
        self.figures = figures
        self.isCorrection = isCorrection
    }

    package static let description = CommandDescription<RecordFigures>(
        "RecordFigures",
        of: .intake,
        Words("Record figures", zh: "登记数据"),
        by: [.gridWorker, .communityHead, .streetCoordinator, .departmentOfficer, .propertyManager, .ngoCoordinator],
        Record<RecordFigures>(
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
            Field("figures", \.figures, .list(of: DataFigure.record.codec, count: 1...50), Words("Figures", zh: "数据")),
            Field(
                "isCorrection",
                \.isCorrection,
                Codec<Bool>.boolean.orMissing(false),
                Words("Corrects what was recorded", zh: "更正已登记数据")
            ),
            make: RecordFigures.init
        )
    )

    package var stream: StreamName { DayFigures.stream(territory, day) }

    package func decide(_ subject: DayFigures, in context: Context) throws(Rejection) -> [DayFigures.Event] {
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try context.requireBegun(day)
        try context.requireEachOnce(figures)
        let changed = figures.filter { subject.figures[$0.item] != $0.figure }
        guard !changed.isEmpty else {
            throw Rejection(
                rule: "R5.1",
                reason: "known-already",
                Words("All of this is known already.", zh: "这些数据均已登记。"),
                advice: Words("Nobody need type it again.", zh: "无需重复填报。")
            )
        }
        let corrected = changed.map(\.item).filter { subject.figures[$0] != nil }
        guard isCorrection || corrected.isEmpty else {
            throw Rejection(
                rule: "R0.4",
                reason: "known-otherwise",
                Words(
                    "Known otherwise: \(corrected.map(\.rawValue).joined(separator: ", ")).",
                    zh: "与已登记数据不一致：\(corrected.map(\.rawValue).joined(separator: "、"))。"
                ),
                advice: Words("Say that it is a correction, if it is one.", zh: "如属更正，请注明。")
            )
        }
        guard subject.figures.count + changed.count - corrected.count <= DayFigures.maximumItems else {
            throw Rejection(
                rule: "S5",
                reason: "too-many-items",
                Words(
                    "No more than \(DayFigures.maximumItems) items are kept for a day.",
                    zh: "每日最多登记 \(DayFigures.maximumItems) 项。"
                )
            )
        }
        return [
            .recorded(
                FiguresRecorded(
                    territory: territory,
                    day: day,
                    figures: changed,
                    corrects: corrected.isEmpty ? nil : corrected
                )
            )
        ]
    }
}

package import EventSourcing
import Records

/// Tells every configured level at once; nobody in between can hold or edit it (R5.2).
package struct FileDirectReport: Command, Hashable {
    package let directReport: DirectReportID
    package let territory: TerritoryID
    package let level: TerritoryLevel
    package let text: String
    package let person: PersonID?
    package let day: CaseDay?
    package let figures: [DataFigure]?
    package let corrects: DirectReportID?

    package init(
        directReport: DirectReportID,
        territory: TerritoryID,
        level: TerritoryLevel,
        text: String,
        person: PersonID? = nil,
        day: CaseDay? = nil,
        figures: [DataFigure]? = nil,
        corrects: DirectReportID? = nil
    ) {
        self.directReport = directReport
        self.territory = territory
        self.level = level
        self.text = text
        self.person = person
        self.day = day
        self.figures = figures
        self.corrects = corrects
    }

    package static let description = CommandDescription<FileDirectReport>(
        "FileDirectReport",
        of: .intake,
        Words("Report directly", zh: "信息直报"),
        by: [.gridWorker, .communityHead, .departmentOfficer, .propertyManager, .ngoCoordinator, .hotlineClerk],
        Record<FileDirectReport>(
            Field("directReport", \.directReport, .identifier(), Words("Direct report", zh: "直报")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("level", \.level, .choice, Words("Up to", zh: "直报至")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person concerned", zh: "涉及人员")),
            Field("day", \.day, Codec<CaseDay>.caseDay.optional, Words("Day of the figures", zh: "数据日期")),
            Field(
                "figures",
                \.figures,
                Codec<[DataFigure]>.list(of: DataFigure.record.codec, count: 1...50).optional,
                Words("Figures", zh: "数据")
            ),
            Field(
                "corrects",
                \.corrects,
                Codec<DirectReportID>.identifier().optional,
                Words("Corrects", zh: "更正"),
                help: Words("An earlier one that says otherwise", zh: "与此不一致的先前直报")
            ),
            make: FileDirectReport.init
        )
    )

    package var stream: StreamName { DirectReport.stream(directReport) }
    package var references: [StreamName] { corrects.map { [DirectReport.stream($0)] } ?? [] }

    package func decide(_ subject: DirectReport, in context: Context) throws(Rejection) -> [DirectReport.Event] {
        guard subject.filedAt == nil else {
            throw Rejection(
                rule: "R5.2",
                reason: "filed-already",
                Words("\(directReport) is filed, and nobody can alter it.", zh: "\(directReport) 已直报，任何人不得修改。"),
                advice: Words("File another one that corrects it.", zh: "请另报一份予以更正。")
            )
        }
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try checkCorrected(in: context)
        try checkFigures(in: context)
        let levels = try levels(in: context)
        return [
            .filed(
                DirectReportFiled(
                    directReport: directReport,
                    territory: territory,
                    level: level,
                    to: levels.to,
                    copies: levels.copies.isEmpty ? nil : levels.copies,
                    text: text,
                    person: person,
                    day: day,
                    figures: figures,
                    corrects: corrects
                )
            )
        ]
    }

    private func checkCorrected(in context: Context) throws(Rejection) {
        guard let corrects else { return }
        guard corrects != directReport else {
            throw Rejection(
                rule: "R0.4",
                reason: "corrects-itself",
                Words("A report cannot correct itself.", zh: "直报不能更正自身。")
            )
        }
        guard context.reference(DirectReport.self, DirectReport.stream(corrects)).filedAt != nil else {
            throw Rejection(
                kind: .notFound,
                rule: "R0.4",
                reason: "corrects-unknown",
                Words("There is no direct report \(corrects) to correct.", zh: "没有可更正的直报 \(corrects)。")
            )
        }
    }

    private func checkFigures(in context: Context) throws(Rejection) {
        if let day { try context.requireBegun(day) }
        if let figures { try context.requireEachOnce(figures) }
        guard (day == nil) == (figures == nil) else {
            throw Rejection(
                rule: "S5",
                reason: "day-missing",
                Words("Figures and their day belong together.", zh: "数据与日期必须同时填写。")
            )
        }
    }

    /// Those above the territory up to the level: the configured ones are told, the others copied.
    private func levels(in context: Context) throws(Rejection) -> (to: [TerritoryID], copies: [TerritoryID]) {
        let configured = context.limits.intake.directLevels
        guard configured.contains(level) else {
            throw Rejection(
                rule: "R5.2",
                reason: "level-not-configured",
                Words(
                    "No direct reports go to this level: \(level.words.en).",
                    zh: "\(level.words.zh)级不接收直报。"
                ),
                advice: Words(
                    "Those that get them: \(configured.map(\.words.en).joined(separator: ", ")).",
                    zh: "接收直报的层级：\(configured.map(\.words.zh).joined(separator: "、"))。"
                )
            )
        }
        var to: [TerritoryID] = []
        var copies: [TerritoryID] = []
        for above in context.territories.ancestors(of: territory) {
            guard let reached = context.territories.territory(above)?.level, !reached.isAbove(level) else { continue }
            if configured.contains(reached) { to.append(above) } else { copies.append(above) }
        }
        guard let last = to.last, context.territories.territory(last)?.level == level else {
            throw Rejection(
                rule: "R5.2",
                reason: "no-such-level",
                Words(
                    "Nothing of this level lies above \(territory): \(level.words.en).",
                    zh: "\(territory) 之上没有\(level.words.zh)级。"
                )
            )
        }
        return (to, copies)
    }
}

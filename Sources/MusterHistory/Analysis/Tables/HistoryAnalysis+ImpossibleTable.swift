import Records

extension HistoryAnalysis {
    /// The rows themselves, so that somebody can look them up where they came from.
    var impossibleTable: ReportTable {
        let limit = ImpossibleRows.maximumRows
        return ReportTable(
            .impossible,
            Words("Rows that cannot be", zh: "不可能的行"),
            note: impossible.count < limit
                ? nil : Words("the first \(limit) of the log", zh: "仅列出日志中的前 \(limit) 项"),
            [
                ("case", Words("case", zh: "案件")), ("step", Words("step", zh: "步骤")),
                ("at", Words("has the time", zh: "时间")), ("before", Words("before", zh: "早于")),
                ("before_at", Words("which has", zh: "其时间")), ("file", Words("file", zh: "文件")),
                ("line", Words("line", zh: "行号")),
            ],
            impossible.map { row in
                [
                    ReportTable.Cell(row.caseID), ReportTable.Cell(row.to), .time(row.toTime),
                    ReportTable.Cell(row.from), .time(row.fromTime), ReportTable.Cell(row.file), .number(row.line),
                ]
            }
        )
    }
}

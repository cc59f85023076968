import EventSourcing
import Records

extension HistoryReport {
    /// What log it is, how much of it was read, and from when to when.
    func headLines(_ words: ReportWords) -> [String] {
        var lines = [words[Words("Log \(log)", zh: "日志 \(log)")] + ", " + words.mode(mode)]
        guard !isEmpty else {
            return lines + [words[Words("It holds no events yet.", zh: "还没有事件。")]]
        }
        let count = words.number(events)
        lines.append(
            words[
                Words("\(count) events up to position \(position)", zh: "截至位置 \(position)，共 \(count) 个事件")
            ]
        )
        if let firstOccurredAt, let lastOccurredAt {
            lines.append(
                words[
                    Words(
                        "from \(firstOccurredAt) to \(lastOccurredAt)",
                        zh: "自 \(firstOccurredAt) 至 \(lastOccurredAt)"
                    )
                ]
            )
        }
        return lines
    }

    /// What was imported and what happened, each part behind an empty line; columns are aligned.
    func bodyLines(_ words: ReportWords) -> [String] {
        guard !isEmpty else { return [] }
        var lines: [String] = []
        for report in imports { lines += ["", words[report.title]] + report.lines(words) }
        if let whistles { lines += ["", words[Words("Whistles", zh: "吹哨")]] + whistles.lines(words) }

        lines += ["", words[Words("Events by type", zh: "事件类型")]]
        var table = TextTable()
        for entry in types { table.add(entry.type.description, words.number(entry.count)) }
        return lines + table.lines(indent: 2)
    }
}

extension MappingReport {
    fileprivate func lines(_ words: ReportWords) -> [String] {
        var lines = [
            "  " + words[Words("mapping \(mapping), version \(version)", zh: "映射 \(mapping)，版本 \(version)")]
        ]
        var table = TextTable(hasRemarks: true)
        table.add(words[rowWords], words.number(rows), "")
        if let caseSizes {
            table.add(words[caseWords], words.number(cases), "")
            table.add(
                words[Words("\(caseWords.en) with more than one of them", zh: "多于一条的\(caseWords.zh)")],
                words.number(caseSizes.several),
                ""
            )
            if let largest = caseSizes.largest {
                table.add(words[Words("most in one", zh: "单次最多")], words.number(largest.rows), largest.id)
            }
        }
        lines += table.lines(indent: 2)

        if !intervals.isEmpty { lines += [""] + words.table(of: intervals).lines(indent: 2) }
        if !lateness.isEmpty { lines += [""] + latenessLines(words) }
        for count in counts { lines += [""] + count.lines(words) }
        lines += [""] + fileLines(words)
        return lines
    }

    private func latenessLines(_ words: ReportWords) -> [String] {
        var table = TextTable()
        table.add(
            words[Words("lateness", zh: "逾期")],
            words[Words("have both times", zh: "两个时间都有")],
            words[Words("late", zh: "逾期")]
        )
        for entry in lateness {
            table.add(
                words[
                    Words(
                        "\(entry.stageWords.en) after \(entry.dueWords.en)",
                        zh: "\(entry.stageWords.zh)晚于\(entry.dueWords.zh)"
                    )
                ],
                words.number(entry.rows),
                words.number(entry.late)
            )
        }
        return table.lines(indent: 2)
    }

    private func fileLines(_ words: ReportWords) -> [String] {
        var table = TextTable(hasRemarks: true)
        table.add(words[Words("imported file", zh: "导入的文件")], words[Words("bytes", zh: "字节")], "")
        for file in files {
            let state =
                if let rows = file.rows {
                    Words(
                        "\(words.number(rows)) rows read, \(words.number(file.rejected)) rejected,"
                            + " \(words.number(file.changed)) changed",
                        zh: "读取 \(words.number(rows)) 行，拒绝 \(words.number(file.rejected)) 行，"
                            + "有变化 \(words.number(file.changed)) 行"
                    )
                } else {
                    Words("not finished: run the import again to go on", zh: "未完成：重新运行导入即可继续")
                }
            table.add(file.source, words.number(file.byteCount), words[state])
        }
        return table.lines(indent: 2)
    }
}

extension MappingReport.Count {
    /// So many values are listed; the rest is summed up.
    private static let maximumLines = 20

    fileprivate func lines(_ words: ReportWords) -> [String] {
        var table = TextTable()
        table.add(words[self.words], words[Words("rows", zh: "行")])
        for value in values.prefix(Self.maximumLines) { table.add(value.value, words.number(value.rows)) }
        let rest = values.dropFirst(Self.maximumLines)
        if !rest.isEmpty {
            table.add(
                words[Words("\(rest.count) others", zh: "其他 \(rest.count) 种")],
                words.number(rest.reduce(0) { $0 + $1.rows })
            )
        }
        if missing > 0 { table.add(words[Words("(none)", zh: "（空）")], words.number(missing)) }
        return table.lines(indent: 2)
    }
}

extension WhistleReport {
    fileprivate func lines(_ words: ReportWords) -> [String] {
        var table = TextTable()
        table.add(words[Words("whistles blown", zh: "吹哨")], words.number(whistles))
        table.add(words[Words("departments called", zh: "呼叫部门")], words.number(calls))
        table.add(words[Words("no-shows", zh: "未响应")], words.number(noShows))
        return table.lines(indent: 2) + [""] + words.table(of: intervals).lines(indent: 2)
    }
}

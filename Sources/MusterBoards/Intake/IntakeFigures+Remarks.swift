import MusterDomain
import Records

extension IntakeFigures {
    package var remarks: [ListRemarks] {
        [
            ListRemarks(Words("Surges", zh: "激增"), surges.map(\.cell)),
            ListRemarks(Words("The last 24 hours", zh: "近 24 小时"), [calls, contacts]),
            ListRemarks(Words("Several say the same", zh: "同一地点多人反映"), crowds.map(\.cell)),
            ListRemarks(Words("Forms", zh: "数据表单"), [formsCell]),
            ListRemarks(Words("Direct reports to each level", zh: "直报到达用时"), transitCells),
        ]
        .filter { !$0.lines.isEmpty }
    }

    private func percent(_ value: Int?) -> String { value.map { "\($0) %" } ?? "–" }

    private var calls: ListCell {
        let (answered, prompt) = (percent(answeredPercent), percent(promptPercent))
        return ListCell(
            Words(
                "Calls answered: \(answered), target \(targets.answeredPercent) %",
                zh: "接通率：\(answered)，目标 \(targets.answeredPercent) %"
            ),
            note: Words(
                "without waiting too long \(prompt), target \(targets.promptPercent) % · hung up \(day.abandonedCalls)",
                zh: "及时接通 \(prompt)，目标 \(targets.promptPercent) % · 放弃 \(day.abandonedCalls)"
            ),
            tone: isBelowTarget ? .soon : .plain
        )
    }

    private var contacts: ListCell {
        ListCell(
            Words(
                "Solved at first contact: \(percent(solvedAtOncePercent))",
                zh: "首次接触解决率：\(percent(solvedAtOncePercent))"
            ),
            note: Words("\(day.solvedAtOnce) of \(day.reports) reports", zh: "\(day.reports) 件中 \(day.solvedAtOnce) 件")
        )
    }

    private var formsCell: ListCell {
        let forms = tally.forms
        return ListCell(
            Words(
                "\(forms.asked) asked for, \(forms.known) known already",
                zh: "索取 \(forms.asked)，已知直接答复 \(forms.known)"
            ),
            note: Words(
                "typed \(forms.typed) · refused as duplicates \(forms.duplicates)",
                zh: "填报 \(forms.typed) · 重复拒绝 \(forms.duplicates)"
            )
        )
    }

    private var transitCells: [ListCell] {
        TerritoryLevel.allCases.compactMap { level in
            guard let transit = tally.transits[level], let average = transit.average else { return nil }
            return ListCell(
                Words("\(level.words.en): \(average) s", zh: "\(level.words.zh)：\(average) 秒"),
                note: Words(
                    "reports: \(transit.count), the longest \(transit.longest) s",
                    zh: "\(transit.count) 件，最长 \(transit.longest) 秒"
                )
            )
        }
    }
}

extension IntakeFigures.Crowd {
    fileprivate var cell: ListCell {
        ListCell(
            Words("\(name.en): \(kind.words.en), \(count)", zh: "\(name.zh)：\(kind.words.zh)，\(count)"),
            tone: .soon
        )
    }
}

extension IntakeFigures.Surge {
    fileprivate var cell: ListCell {
        var (en, zh) = ([String](), [String]())
        if let arrivals {
            en.append("\(arrivals) in this hour" + (usual.map { ", usually \($0)" } ?? ""))
            zh.append("本小时 \(arrivals)" + (usual.map { "，通常 \($0)" } ?? ""))
        }
        if let abandonedPercent {
            en.append("\(abandonedPercent) % hung up")
            zh.append("放弃率 \(abandonedPercent) %")
        }
        return ListCell(
            Words("\(name.en): \(ground.words.en)", zh: "\(name.zh)：\(ground.words.zh)"),
            note: en.isEmpty ? nil : Words(en.joined(separator: " · "), zh: zh.joined(separator: " · ")),
            tone: .late
        )
    }
}

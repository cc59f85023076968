package import EventSourcing
package import MusterDomain
package import Records

extension AuthorityBoard: ListedBoard {
    package static let words = Words("Authority", zh: "权责")
    package static let columns = [
        Words("Where", zh: "区域"), Words("Issued by", zh: "发布单位"), Words("How strict", zh: "力度"),
        Words("Until", zh: "至"),
    ]
}

extension MeasureRow: ListedRow {
    package var heading: ListHeading {
        approveBy == nil
            ? ListHeading("standing", Words("Measures in force", zh: "现行措施"))
            : ListHeading("proposed", Words("Wait for approval by who issued the measure above", zh: "待上级发布单位批准"))
    }

    package var title: Words { measure.words }
    package var detail: Words { Words(measure.legalBasis, zh: measure.legalBasis) }
    package var matter: MatterID? { nil }
    package var due: Timestamp? { approveBy }

    package var cells: [ListCell] {
        let parent = measure.parent.map { Words("under \($0)", zh: "依据 \($0)") }
        return [
            ListCell(territoryName), ListCell(issuerName, note: parent), strictness,
            ListCell(at: measure.to, note: echo),
        ]
    }

    private var strictness: ListCell {
        guard let figure = measure.figure else { return ListCell("–", tone: .calm) }
        return ListCell(measure.kind.words(for: figure))
    }

    private var echo: Words? {
        guard adopters + challenges > 0 else { return nil }
        return Words(
            "adopted by \(adopters), challenged \(challenges) times",
            zh: "\(adopters) 个单位执行，\(challenges) 次质疑"
        )
    }
}

extension AuthorityFigures: ListedFigures {
    package var counts: [ListCount] {
        [
            ListCount(Words("add-ons by lower levels", zh: "层层加码"), addOns.count, tone: .late),
            ListCount(Words("kept after their time", zh: "征用逾期未还"), assets.count(where: \.isLate), tone: .late),
            ListCount(Words("duties that nobody has somewhere", zh: "无人负责的职责"), uncovered.count, tone: .rule),
            ListCount(Words("people with several posts", zh: "身兼数职"), multiHatted.count, tone: .soon),
            ListCount(Words("people with a post", zh: "在岗人数"), capacity.heads),
        ]
    }

    package var remarks: [ListRemarks] {
        [
            ListRemarks(Words("Add-ons", zh: "层层加码"), addOns.prefix(20).map(\.cell)),
            ListRemarks(Words("Taken into use", zh: "征用在用"), assets.prefix(20).map(\.cell)),
            ListRemarks(Words("Nobody has it (R1.5)", zh: "无责任单位（R1.5）"), uncovered.map(\.cell)),
            ListRemarks(Words("Several posts (R1.6)", zh: "身兼数职（R1.6）"), multiHatted.map(\.cell)),
            ListRemarks(Words("Who there is, each once (R1.6)", zh: "各单位人数（每人计一次，R1.6）"), capacity.lines.map(\.cell)),
        ] + groundRemarks + (list?.isReviewDue == true ? [ListFigures.reviewDue] : [])
    }

    package var matrix: ListMatrix? { list?.matrix }

    /// More groups of grounds than this are in the JSON alone.
    private static let groundsListed = 10

    private var groundRemarks: [ListRemarks] {
        let more = grounds.count - Self.groundsListed
        let rest = ListRemarks(
            Words("In force elsewhere", zh: "其他区域现行措施"),
            [
                ListCell(
                    Words("\(more) more groups of grounds, in the JSON", zh: "另有 \(more) 组区域，见 JSON"),
                    tone: .calm
                )
            ]
        )
        return grounds.prefix(Self.groundsListed).map(\.remarks) + (more > 0 ? [rest] : [])
    }
}

extension GroundMeasures {
    fileprivate var remarks: ListRemarks {
        let shown = names.prefix(3)
        let more = names.count - shown.count
        return ListRemarks(
            Words(
                "In force in " + shown.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""),
                zh: shown.map(\.zh).joined(separator: "、") + (more > 0 ? " 等 \(names.count) 处" : "") + "现行措施"
            ),
            measures.map { measure in
                ListCell(
                    Words("\(measure.words.en), until", zh: "\(measure.words.zh)，至"),
                    note: Words(measure.legalBasis, zh: measure.legalBasis),
                    at: measure.to
                )
            }
        )
    }
}

extension Capacity.Line {
    fileprivate var cell: ListCell {
        ListCell(
            Words("\(name.en): \(heads)", zh: "\(name.zh)：\(heads)"),
            note: shared > 0 ? Words("\(shared) serve another party too", zh: "其中 \(shared) 人兼任其他单位") : nil
        )
    }
}

extension AddOn {
    fileprivate var cell: ListCell {
        let (wanted, allowed) = (kind.words(for: figure), kind.words(for: strictest))
        return ListCell(
            Words("\(partyName.en): \(wanted.en)", zh: "\(partyName.zh)：\(wanted.zh)"),
            note: Words("allowed at most: \(allowed.en)", zh: "上限：\(allowed.zh)"),
            at: at,
            tone: .late
        )
    }
}

extension AssetInUse {
    fileprivate var cell: ListCell {
        ListCell(
            Words(isLate ? "\(what), to be back since" : "\(what), until", zh: isLate ? "\(what)，应归还于" : "\(what)，至"),
            note: Words(
                "\(takerName.en) took it from \(ownerName.en)",
                zh: "\(takerName.zh)征用自\(ownerName.zh)"
            ),
            at: to,
            tone: isLate ? .late : .plain
        )
    }
}

extension UncoveredDuty {
    fileprivate var cell: ListCell {
        let names = communityNames.prefix(5)
        let more = communities.count - names.count
        return ListCell(
            words,
            note: Words(
                names.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""),
                zh: names.map(\.zh).joined(separator: "、") + (more > 0 ? " 等 \(communities.count) 个社区" : "")
            ),
            tone: .rule
        )
    }
}

extension MultiHattedPerson {
    fileprivate var cell: ListCell {
        let posts = zip(posts, partyNames).map { post, party in
            Words("\(post.role.words.en) of \(party.en)", zh: "\(party.zh)\(post.role.words.zh)")
        }
        return ListCell(
            person.rawValue,
            note: Words(posts.map(\.en).joined(separator: "; "), zh: posts.map(\.zh).joined(separator: "；"))
        )
    }
}

extension ListFigures {
    fileprivate static let reviewDue = ListRemarks(
        Words("Responsibility list", zh: "责任清单"),
        [ListCell(Words("Its review is due", zh: "应复核"), tone: .soon)]
    )

    /// More lines than this are in the JSON alone.
    private static let linesDrawn = 60

    /// Duties against parties.
    fileprivate var matrix: ListMatrix {
        var parties: [Name] = []
        for name in lines.flatMap({ [$0.responsible] + $0.supporting }) where !parties.contains(name) {
            parties.append(name)
        }
        let more = lines.count - Self.linesDrawn
        return ListMatrix(
            words: Words("Responsibility list \(version)", zh: "责任清单 \(version)"),
            columns: parties.map(\.words),
            rows: lines.prefix(Self.linesDrawn).map { line in
                ListMatrix.Row(
                    words: line.words,
                    note: line.territoryName,
                    marks: parties.map { party in
                        if line.responsible == party { return .lead }
                        return line.supporting.contains(party) ? .support : nil
                    }
                )
            },
            rest: more > 0 ? Words("\(more) more lines, in the JSON", zh: "另有 \(more) 条，见 JSON") : nil
        )
    }
}

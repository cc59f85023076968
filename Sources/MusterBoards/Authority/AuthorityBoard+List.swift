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
        ]
    }

    package var remarks: [ListRemarks] {
        [
            ListRemarks(Words("Add-ons", zh: "层层加码"), addOns.prefix(20).map(\.cell)),
            ListRemarks(Words("Taken into use", zh: "征用在用"), assets.prefix(20).map(\.cell)),
            ListRemarks(Words("Nobody has it (R1.5)", zh: "无责任单位（R1.5）"), uncovered.map(\.cell)),
            ListRemarks(Words("Several posts (R1.6)", zh: "身兼数职（R1.6）"), multiHatted.map(\.cell)),
        ] + (list.map { [$0.remarks] } ?? [])
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
    fileprivate var remarks: ListRemarks {
        ListRemarks(
            Words("Responsibility list \(version)", zh: "责任清单 \(version)"),
            (isReviewDue ? [ListCell(Words("Its review is due", zh: "应复核"), tone: .soon)] : [])
                + lines.prefix(40).map { line in
                    let others = line.supporting.map(\.words)
                    let with = Words(
                        others.isEmpty ? "" : ", with \(others.map(\.en).joined(separator: ", "))",
                        zh: others.isEmpty ? "" : "，\(others.map(\.zh).joined(separator: "、"))配合"
                    )
                    return ListCell(
                        line.words,
                        note: Words(
                            "\(line.territoryName.en): \(line.responsible.words.en)\(with.en)",
                            zh: "\(line.territoryName.zh)：\(line.responsible.words.zh)\(with.zh)"
                        )
                    )
                }
        )
    }
}

import Records

/// What a replay rests on, in sentences. Whoever reads its figures must be able to read these.
struct ReplayAssumptions {
    private let replay: HistoryReplay
    private let words: ReportWords

    init(_ replay: HistoryReplay, _ words: ReportWords) {
        self.replay = replay
        self.words = words
    }

    var list: [Words] {
        var list = [basis] + inferred
        list += [crews, line, waiting]
        if replay.playbook != nil { list.append(playbook) }
        list.append(arrivals)
        if replay.base.draft.kept > 0 { list.append(kept) }
        if replay.isChosen != nil {
            list.append(
                Words(
                    "Cases that were not chosen take up crews as well; they are neither counted nor written.",
                    zh: "未选中的案件同样占用班组，但不计入也不写入。"
                )
            )
        }
        return list
    }

    private func share(_ part: Int, _ all: Int) -> String { words.percent(all == 0 ? 0 : Double(part) / Double(all)) }

    private var bases: (logged: Int, given: Int, inferred: Int, all: Int) {
        var (logged, given, inferred) = (0, 0, 0)
        for step in replay.base.draft.steps where step.agency >= 0 {
            switch step.basis {
            case .logged: logged += 1
            case .given: given += 1
            case .inferred: inferred += 1
            case .none: break
            }
        }
        return (logged, given, inferred, logged + given + inferred)
    }

    private var basis: Words {
        let (logged, given, inferred, all) = bases
        let count = words.number(all)
        return Words(
            "Work of \(count) steps: when it was begun stands in the log for \(share(logged, all)), was said with --work for"
                + " \(share(given, all)), is inferred for \(share(inferred, all)).",
            zh: "共 \(count) 个步骤：\(share(logged, all)) 的开始时间见于日志，\(share(given, all)) 由 --work 给出，"
                + "\(share(inferred, all)) 为推断。"
        )
    }

    private static let maximumNamed = 4

    private var inferred: [Words] {
        let guessed = replay.base.assumptions.filter { !$0.isGiven }
        guard !guessed.isEmpty else { return [] }
        let labels = replay.base.draft.labels
        let named = guessed.prefix(Self.maximumNamed).map { assumption in
            let (label, work) = (labels[Int(assumption.label)].words, words.roughly(.microseconds(assumption.work)))
            return Words("\(label.en) \(work)", zh: "\(label.zh) \(work)")
        }
        let rest = guessed.count - named.count
        return [
            Words(
                "Inferred: the work of a step is the time that the quickest tenth of its kind in its agency took, and the"
                    + " rest was waiting; one person does one thing at a time. The middle of it: "
                    + named.map(\.en).joined(separator: ", ")
                    + (rest > 0 ? " and \(rest) others" : "") + ". Where you know better: --work STAGE=TIME"
                    + (replay.base.draft.shape == .stages ? " or --begins STAGE." : "."),
                zh: "推断方法：取同部门同类步骤中最快一成的用时作为工作时间，其余为等待；同一人同时只做一件事。中位："
                    + named.map(\.zh).joined(separator: "、") + (rest > 0 ? "，另有 \(rest) 类" : "")
                    + "。如您更清楚：--work 阶段=时间"
                    + (replay.base.draft.shape == .stages ? " 或 --begins 阶段。" : "。")
            )
        ]
    }

    private var crews: Words {
        let known = replay.changes.formerCrews.count
        return Words(
            "Crews there were: in each hour of day as many as were ever at work at once when work was begun in that hour"
                + (known > 0 ? "; \(known) times as said with --had" : "")
                + ". Their number changes on the hour; a crew that goes off duty finishes what it does.",
            zh: "原有班组数：每日各小时取该小时开始工作时同时在岗的最多班组数"
                + (known > 0 ? "；其中 \(known) 处按 --had 给出" : "")
                + "。班组数在整点变化；下岗的班组做完手头的工作。"
        )
    }

    private let line = Words(
        "First come, first served; any crew of an agency can do any of its work, one step at a time, and takes as long for"
            + " it as it took then.",
        zh: "先到先办；同一部门的任一班组可做其任一工作，一次一件，用时与当时相同。"
    )

    private var waiting: Words {
        let (all, forCrew) = (replay.history.all.waits.values.total, replay.history.all.waitedForCrew)
        let part = words.percent(all == 0 ? 0 : Double(forCrew) / Double(all))
        return Words(
            "Of all waiting, \(part) was with all crews of the agency at work: more crews can change this part alone. The rest"
                + " passed although a crew was free, so it had other causes and stays as it was, which is also why the"
                + " replay without a change can be so near.",
            zh: "全部等待中，\(part) 发生在该部门班组全部在岗工作之时：增加班组只能改变这一部分。其余等待时有空闲班组，另有原因，保持不变，"
                + "原样重演与实际接近也与此有关。"
        )
    }

    private let arrivals = Words(
        "Cases come in when they came in, and their steps follow each other as they did"
            + " (a step waits for what was done before it in its case).",
        zh: "案件按原时间到来，步骤仍按当时的先后进行（每一步等待同案中在它之前完成的工作）。"
    )

    private var kept: Words {
        let count = words.number(replay.base.draft.kept)
        return Words(
            "\(count) are kept as they were: not finished, impossible, or of no agency.",
            zh: "\(count) 项保持原样：未完成、时间矛盾或无部门。"
        )
    }

    private var playbook: Words {
        guard let change = replay.playbook else { return arrivals }
        let (incidents, new) = (words.number(change.incidents), words.number(change.newSteps))
        let (gone, nobodys) = (words.number(change.goneSteps), words.number(change.nobodys))
        let median = words.number(change.guessedSteps)
        return Words(
            "Other playbook for \(incidents) incidents: steps it shares with the old one take the work and the agency they"
                + " had; \(new) steps that the history does not know take the time that it allows (\(median) without a limit:"
                + " the median of all steps) and the agency of their group (\(nobodys): none is known, and they take no crew);"
                + " \(gone) steps that it does not have fall away.",
            zh: "\(incidents) 个事件改用另一预案：共有的步骤沿用原工作时间与部门；历史中没有的 \(new) 个步骤按预案时限计（其中 \(median) 个无时限，"
                + "取全部步骤的中位数），由其工作组的部门承担（\(nobodys) 个部门不明，不占班组）；预案中没有的 \(gone) 个步骤取消。"
        )
    }
}

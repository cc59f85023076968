package import Records

extension Playbook {
    /// Everything that keeps it from being followed, each with a pointer to where it stands; empty for a playbook that
    /// can be published.
    package var problems: [Problem] { PlaybookInspection(self).problems }
}

/// Looks through a playbook.
private struct PlaybookInspection {
    private let playbook: Playbook
    /// Where each step stands; of those that share a name the first.
    private var places: [StepID: StepPlace] = [:]
    private(set) var problems: [Problem] = []

    private struct StepPlace {
        let step: PlaybookStep
        let pointer: String
    }

    init(_ playbook: Playbook) {
        self.playbook = playbook
        inspectNames()
        inspectTimes()
        for (index, group) in playbook.groups.enumerated() { inspect(group, at: "/groups/\(index)") }
        inspectCycles()
    }

    private mutating func add(_ pointer: String, _ code: String, _ words: Words) {
        problems.append(Problem(pointer: pointer, code: code, words: words))
    }

    private mutating func inspectNames() {
        repeated(playbook.checks.map(\.check.rawValue), in: "/checks", member: "check")
        repeated(playbook.groups.map(\.group.rawValue), in: "/groups", member: "group")
        repeated(playbook.rechecks.map(\.recheck.rawValue), in: "/rechecks", member: "recheck")
        var count = 0
        for (groupIndex, group) in playbook.groups.enumerated() {
            for (stepIndex, step) in group.steps.enumerated() {
                let pointer = "/groups/\(groupIndex)/steps/\(stepIndex)"
                count += 1
                if places[step.step] == nil {
                    places[step.step] = StepPlace(step: step, pointer: pointer)
                } else {
                    add(
                        "\(pointer)/step",
                        "repeated",
                        Words("another step is called \(step.step)", zh: "已有名为 \(step.step) 的步骤")
                    )
                }
            }
        }
        if count > Playbook.maximumSteps {
            add(
                "/groups",
                "too-many",
                Words(
                    "hold \(count) steps together; the most is \(Playbook.maximumSteps)",
                    zh: "共有 \(count) 个步骤，最多 \(Playbook.maximumSteps) 个"
                )
            )
        }
    }

    private mutating func repeated(_ names: [String], in pointer: String, member: String) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() where !seen.insert(name).inserted {
            add("\(pointer)/\(index)/\(member)", "repeated", Words("is given twice: \(name)", zh: "重复给出：\(name)"))
        }
    }

    private mutating func inspectTimes() {
        if playbook.groupsUpWithin > playbook.summaryWithin {
            add("/groupsUpWithinMinutes", "too-long", Self.afterSummary)
        }
        if playbook.rechecks.isEmpty {
            add(
                "/rechecks",
                "too-few",
                Words("needs a re-check, without which nothing is closed", zh: "至少需要一次复查，否则无法结案")
            )
        }
    }

    private mutating func inspect(_ group: PlaybookGroup, at pointer: String) {
        if group.partyKind == nil, group.duty == nil {
            add(
                pointer,
                "party-missing",
                Words("must say who forms the group: partyKind, duty or both", zh: "须说明由谁组成：partyKind、duty 或两者")
            )
        }
        guard !group.steps.isEmpty else {
            return add("\(pointer)/steps", "too-few", Words("a group without steps does nothing", zh: "工作组没有任何步骤"))
        }
        var reports = 0
        for (index, step) in group.steps.enumerated() {
            inspect(step, at: "\(pointer)/steps/\(index)")
            guard step.isReport else { continue }
            reports += 1
            if reports > 1 {
                add("\(pointer)/steps/\(index)/report", "repeated", Words("a group reports once", zh: "每组只报告一次"))
            }
        }
        if reports == 0 {
            add(
                "\(pointer)/steps",
                "report-missing",
                Words("one step must be the group's report (report: true)", zh: "须有一步是本组报告（report: true）")
            )
        }
    }

    private mutating func inspect(_ step: PlaybookStep, at pointer: String) {
        for (index, need) in step.needs.enumerated() {
            guard let other = places[need] else {
                add("\(pointer)/needs/\(index)", "unknown-step", Words("there is no step \(need)", zh: "没有步骤 \(need)"))
                continue
            }
            if step.phase == .firstDisposal, other.step.phase == .followUp {
                add(
                    "\(pointer)/needs/\(index)",
                    "later-phase",
                    Words("\(need) comes only in the follow-up", zh: "\(need) 属于后续跟进阶段")
                )
            }
        }
        for (index, check) in step.requires.enumerated() where playbook.check(check) == nil {
            add(
                "\(pointer)/requires/\(index)",
                "unknown-check",
                Words("there is no check \(check)", zh: "没有检查项 \(check)")
            )
        }
        if step.isReport, step.phase == .followUp {
            add("\(pointer)/phase", "later-phase", Words("the report is of the first disposal", zh: "本组报告属于首次处置阶段"))
        }
        if step.phase == .firstDisposal, let within = step.within, within > playbook.summaryWithin {
            add("\(pointer)/withinMinutes", "too-long", Self.afterSummary)
        }
        inspect(step.evidence, at: "\(pointer)/evidence")
    }

    private mutating func inspect(_ evidence: StepEvidence, at pointer: String) {
        switch evidence.kind {
        case .none, .text, .photo:
            if evidence.unit != nil || evidence.minimum != nil || evidence.maximum != nil {
                add(pointer, "not-a-figure", Words("only a figure has a unit and a range", zh: "只有数值才有单位和范围"))
            }
        case .figure:
            if evidence.unit == nil {
                add("\(pointer)/unit", "required", Words("a figure needs its unit", zh: "数值须有单位"))
            }
            guard let minimum = evidence.minimum, let maximum = evidence.maximum else {
                return add(pointer, "range", Words("a figure needs a minimum and a maximum", zh: "数值须有最小值和最大值"))
            }
            if minimum > maximum {
                add("\(pointer)/minimum", "range", Words("is above the maximum", zh: "大于最大值"))
            }
        }
    }

    /// Steps that wait for each other would never start. Each circle is named once, where it was entered.
    private mutating func inspectCycles() {
        var finished: Set<StepID> = []
        for group in playbook.groups {
            for step in group.steps {
                var path: [StepID] = []
                findCycle(from: step.step, &path, &finished)
            }
        }
    }

    private mutating func findCycle(from step: StepID, _ path: inout [StepID], _ finished: inout Set<StepID>) {
        guard !finished.contains(step), let place = places[step] else { return }
        if let start = path.firstIndex(of: step) {
            let circle = (path[start...] + [step]).map(\.rawValue).joined(separator: " → ")
            return add("\(place.pointer)/needs", "cycle", Words("waits for itself: \(circle)", zh: "循环等待：\(circle)"))
        }
        path.append(step)
        for need in place.step.needs { findCycle(from: need, &path, &finished) }
        path.removeLast()
        finished.insert(step)
    }

    private static let afterSummary = Words(
        "ends after the summary of the first disposal is due",
        zh: "晚于首次处置汇总的时限"
    )
}

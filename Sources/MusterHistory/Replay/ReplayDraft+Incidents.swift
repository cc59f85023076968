import MusterDomain

extension ReplayDraft {
    /// Each step of an incident's playbook is one step, which needs what the playbook says, or else the activation or the
    /// opening of the follow-up.
    init(incidentsOf reading: LogReading) {
        self.init(.activities)
        var names = StepNames()
        // By the number of the step among all steps of all playbooks, as its clock has it.
        var rowOfUnit: [Int32: Int32] = [:]
        var unit: Int32 = -1
        for (caseIndex, run) in reading.steps.all {
            let known = run.playbook.allSteps.compactMap { step in
                run.steps[step.step].flatMap { work in
                    work.finished.map { IncidentStep(step: step, begin: work.begun, end: $0, work: work) }
                }
            }
            let first = steps.count
            let incident = addIncident(caseIndex, run, known, run.playbook, &names)
            incidents.append(first..<steps.count)
            for step in run.playbook.allSteps {
                unit += 1
                rowOfUnit[unit] = incident.rows[step.step] ?? incident.activation
            }
        }
        labels = names.labels
        take(reading.columns.clocks) { rowOfUnit[$0.unit] }
    }

    /// A step of an incident that was, or is to be, done.
    struct IncidentStep {
        let step: PlaybookStep
        /// Nil when nothing says when it was begun.
        let begin: Int64?
        let end: Int64
        let work: IncidentSteps.Step
    }

    /// The rows of one incident: of its activation and of its steps.
    struct IncidentRows {
        var activation: Int32
        var rows: [StepID: Int32] = [:]
    }

    /// Labels of steps, each once.
    struct StepNames {
        private(set) var labels = [
            Label("playbook-activated", words: EventWords.byName["PlaybookActivated"]),
            Label("follow-up-opened", words: EventWords.byName["FollowUpOpened"]),
        ]
        private var numbers: [String: Int32] = [:]

        static let activation: Int32 = 0
        static let followUp: Int32 = 1

        mutating func number(of step: PlaybookStep, in playbook: Playbook) -> Int32 {
            let name = Self.name(step.step, in: playbook)
            if let known = numbers[name] { return known }
            numbers[name] = Int32(labels.count)
            labels.append(Label(name, words: step.words))
            return Int32(labels.count - 1)
        }

        /// As the clocks of steps are called.
        static func name(_ step: StepID, in playbook: Playbook) -> String { "\(playbook.playbook)/\(step)" }
    }

    private mutating func addIncident(
        _ caseIndex: Int32,
        _ run: IncidentSteps.Run,
        _ known: [IncidentStep],
        _ playbook: Playbook,
        _ names: inout StepNames
    ) -> IncidentRows {
        let activated = run.activated
        let activation = addFixed(at: activated, StepNames.activation, caseIndex)
        var rows = IncidentRows(activation: activation.row)
        // What comes after may need what stands behind it in the playbook, so all have their numbers first.
        let first = Int32(steps.count)
        var numbers: [StepID: Int32] = [:]
        for (index, step) in known.enumerated() { numbers[step.step.step] = first + Int32(index) }
        let followUp = run.followedUp.map { (at: $0, step: first + Int32(known.count)) }
        let ends = Dictionary(known.map { ($0.step.step, $0.end) }, uniquingKeysWith: { a, _ in a })

        for step in known {
            let isSkipped = step.work.isSkipped
            let until = step.begin ?? step.end
            var needs = step.step.needs.filter { need in ends[need].map { $0 <= until } ?? false }
                .compactMap { numbers[$0] }
            var base = step.step.needs.compactMap { need in ends[need].flatMap { $0 <= until ? $0 : nil } }.max()
            if step.step.phase == .followUp, let followUp, followUp.at <= until {
                needs.append(followUp.step)
                base = max(base ?? followUp.at, followUp.at)
            }
            if needs.isEmpty, activated <= until {
                needs = [activation.step]
                base = activated
            }
            var entry = Step(
                base: base ?? until,
                begin: step.begin ?? EventColumns.unknown,
                end: step.end,
                agency: step.work.agency,
                label: names.number(of: step.step, in: playbook)
            )
            if isSkipped || entry.agency < 0 {
                (entry.begin, entry.agency) = (entry.end, ReplayWork.nobody)
                if !isSkipped { kept += 1 }
            } else if let begin = step.begin, begin <= step.end {
                entry.basis = .logged
            } else {
                entry.begin = EventColumns.unknown
            }
            rows.rows[step.step.step] = addRow(entry, needs, caseIndex, agency: step.work.agency)
        }
        if let followUp {
            let reports = known.filter { $0.step.phase == .firstDisposal && $0.end <= followUp.at }
            let base = reports.map(\.end).max() ?? activated
            var entry = Step(
                base: min(base, followUp.at),
                begin: followUp.at,
                end: followUp.at,
                agency: ReplayWork.nobody,
                label: StepNames.followUp
            )
            var needs = reports.compactMap { numbers[$0.step.step] }
            if needs.isEmpty { needs = [activation.step] }
            if activated > followUp.at { (entry.base, needs) = (followUp.at, []) }
            _ = addRow(entry, needs, caseIndex, agency: -1)
        }
        return rows
    }

    mutating func addFixed(
        at time: Int64,
        _ label: Int32,
        _ caseIndex: Int32
    ) -> (step: Int32, row: Int32) {
        let step = Step(base: time, begin: time, end: time, agency: ReplayWork.nobody, label: label)
        let number = Int32(steps.count)
        return (number, addRow(step, [], caseIndex, agency: -1))
    }

    mutating func addRow(_ step: Step, _ needs: [Int32], _ caseIndex: Int32, agency: Int32) -> Int32 {
        add(
            Row(
                step: add(step, needs: needs),
                caseIndex: caseIndex,
                label: step.label,
                agency: agency,
                resource: -1,
                place: -1,
                stages: 0..<0
            )
        )
    }
}

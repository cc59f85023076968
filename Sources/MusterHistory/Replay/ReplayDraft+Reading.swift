import Records

extension ReplayDraft {
    /// - Parameter begins: the stage at which a crew takes the work of a row; nil: where the log says nothing, it is
    ///   inferred.
    init(_ reading: LogReading, _ choice: AnalysisChoice, begins: String?) throws(ReplayError) {
        if reading.imports.isEmpty, choice.category == "incident" {
            self.init(incidentsOf: reading)
        } else if reading.imports.isEmpty, choice.category == "matter" {
            self.init(callsOf: reading)
        } else if reading.imports.isEmpty || reading.imports.contains(where: { $0.mapping.activityColumn != nil }) {
            if let begins { throw .beginsOfActivities(begins) }
            self.init(activitiesOf: reading)
        } else {
            try self.init(stagesOf: reading, begins: begins)
        }
        if !steps.contains(where: { $0.basis != .none || $0.begin == EventColumns.unknown }) {
            throw reading.columns.isEmpty ? .emptyLog(reading.log) : .nothingToReplay(reading.log)
        }
    }

    // MARK: - Rows with stages

    /// Each row is one step: it comes in at its first stage, and is done at the last one of its mapping.
    private init(stagesOf reading: LogReading, begins: String?) throws(ReplayError) {
        self.init(.stages)
        let columns = reading.columns
        var numbers: [Int32] = Array(repeating: -1, count: columns.activityNames.count)
        var isLast: [Bool] = []
        for rows in reading.imports {
            for (index, stage) in rows.mapping.stages.enumerated() {
                guard let activity = columns.activityNames.known(stage.name) else { continue }
                if numbers[Int(activity)] < 0 {
                    numbers[Int(activity)] = Int32(stages.count)
                    stages.append(Label(stage.name, words: stage.words))
                    isLast.append(false)
                }
                if index > 0, index == rows.mapping.stages.count - 1 { isLast[Int(numbers[Int(activity)])] = true }
            }
        }
        labels = stages
        lastStages = Set(isLast.indices.filter { isLast[$0] }.map { Int32($0) })
        var beginStage: Int32?
        if let begins {
            guard let stage = stages.firstIndex(where: { $0.isCalled(begins) }) else {
                throw .unknownStage(begins, known: stages.map(\.name))
            }
            beginStage = Int32(stage)
        }

        let everybody: Int32? = columns.agencies.isEmpty ? 0 : nil
        var rowOfUnit: [Int32: Int32] = [:]
        var index = 0
        while index < columns.count {
            let unit = columns.units[index]
            let first = index
            var times: [(stage: Int32, time: Int64)] = []
            while index < columns.count, columns.units[index] == unit {
                times.append((numbers[Int(columns.activities[index])], columns.times[index]))
                index += 1
            }
            times.sort { $0.stage < $1.stage }
            let agency = columns.agencies.isEmpty ? -1 : columns.agencies[first]
            rowOfUnit[unit] = add(
                Row(
                    step: addRow(times, agency: everybody ?? agency, isLast, begin: beginStage, columns, first),
                    caseIndex: columns.cases[first],
                    label: -1,
                    agency: agency,
                    resource: columns.resources.isEmpty ? -1 : columns.resources[first],
                    place: columns.places.isEmpty ? -1 : columns.places[first],
                    stages: 0..<0,
                    isOpen: !isLast[Int(times[times.count - 1].stage)]
                ),
                times: times
            )
        }
        take(columns.clocks) { rowOfUnit[$0.unit] }
    }

    private mutating func addRow(
        _ times: [(stage: Int32, time: Int64)],
        agency: Int32,
        _ isLast: [Bool],
        begin: Int32?,
        _ columns: EventColumns,
        _ event: Int
    ) -> Int32 {
        let (base, last) = (times[0].time, times[times.count - 1])
        guard isLast[Int(last.stage)], times.count > 1, last.time >= base, agency >= 0 else {
            kept += 1
            return add(Step(base: base, begin: base, end: base, agency: ReplayWork.nobody, label: last.stage))
        }
        var step = Step(base: base, begin: EventColumns.unknown, end: last.time, agency: agency, label: last.stage)
        if !columns.resources.isEmpty { step.resource = columns.resources[event] }
        if let begin, let time = times.first(where: { $0.stage == begin })?.time, time >= base, time <= last.time {
            step.begin = time
            step.basis = .logged
        }
        return add(step)
    }

    // MARK: - Activities

    /// Each event is one step, which needs what was done before it in its case.
    private init(activitiesOf reading: LogReading) {
        self.init(.activities)
        let columns = reading.columns
        let words = reading.activityWords
        labels = (0..<columns.activityNames.count).map { number in
            let name = columns.activityNames[Int32(number)]
            return Label(name, words: words[name])
        }
        let table = CaseTable(columns)
        let everybody: Int32? = table.agencies.isEmpty ? 0 : nil
        var lastRow: [Int32: Int32] = [:]
        for index in 0..<table.count {
            let range = table.range(index)
            let firstStep = steps.count
            for event in range {
                let agency = table.agencies.isEmpty ? -1 : table.agencies[event]
                var step = Step(
                    base: table.times[event],
                    begin: EventColumns.unknown,
                    end: table.times[event],
                    agency: everybody ?? agency,
                    resource: table.resources.isEmpty ? -1 : table.resources[event],
                    label: table.activities[event]
                )
                let began = table.begins.isEmpty ? EventColumns.unknown : table.begins[event]
                if began != EventColumns.unknown, began <= step.end {
                    step.begin = began
                    step.basis = .logged
                }
                let limit = step.basis == .logged ? began : step.end
                let need = (range.lowerBound..<event).last { table.times[$0] <= limit }
                if let need {
                    step.base = table.times[need]
                } else if step.basis == .logged {
                    step.base = began
                } else {
                    // The case comes in by it.
                    (step.begin, step.agency) = (step.base, ReplayWork.nobody)
                }
                if step.agency < 0 {
                    if need != nil { kept += 1 }
                    (step.begin, step.basis) = (step.end, .none)
                }
                let row = Row(
                    step: add(step, needs: need.map { [Int32(firstStep + $0 - range.lowerBound)] } ?? []),
                    caseIndex: table.cases[index],
                    label: table.activities[event],
                    agency: agency,
                    resource: step.resource,
                    place: table.places.isEmpty ? -1 : table.places[event],
                    stages: 0..<0
                )
                lastRow[table.cases[index]] = add(row)
            }
        }
        take(columns.clocks, ofCases: true) { lastRow[$0.caseIndex] }
    }

    // MARK: - Calls of departments

    /// Each department that a whistle called is one step: it comes in with the whistle, a crew takes it when the
    /// department accepts, and keeps it until it is done.
    private init(callsOf reading: LogReading) {
        self.init(.stages)
        stages = [CallClocks.blown, CallClocks.accepted, CallClocks.onScene, CallClocks.done]
        labels = stages
        lastStages = [1, 2, 3]
        for call in reading.calls.times {
            var times: [(stage: Int32, time: Int64)] = [(0, call.blown)]
            if let accepted = call.accepted { times.append((1, accepted)) }
            if let arrived = call.arrived { times.append((2, arrived)) }
            if let done = call.done { times.append((3, done)) }
            var step = Step(
                base: call.blown,
                begin: call.blown,
                end: call.blown,
                agency: ReplayWork.nobody,
                label: 3
            )
            if let accepted = call.accepted, let done = call.done, call.blown <= accepted, accepted <= done {
                step = Step(base: call.blown, begin: accepted, end: done, agency: call.department, label: 3)
                step.basis = .logged
            } else {
                kept += 1
            }
            _ = add(
                Row(
                    step: add(step),
                    caseIndex: call.caseIndex,
                    label: -1,
                    agency: call.department,
                    resource: -1,
                    place: -1,
                    stages: 0..<0,
                    isOpen: call.done == nil
                ),
                times: times
            )
        }
        take(reading.columns.clocks) { $0.unit }
    }
}

extension Label {
    /// Whether somebody may mean it by a name: that of the log or one that people read.
    func isCalled(_ text: String) -> Bool { name == text || words.en == text || words.zh == text }
}

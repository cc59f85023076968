import HTTPTypes
import MusterDomain
import Records
import TaskQueue

/// The parts of the queue's page by which it is changed.
extension QueuePage {
    /// Kinds of one agency that are offered a limit of their own.
    private static let kinds = 8

    // MARK: - Limits

    /// The limits of the agency that is looked at, or those of all, each as a small form.
    func limits(_ agencies: [QueueReport.Agency]) -> Fields {
        let agency = view.agency
        let lanes = report.lanes.filter { agency == nil || $0.agency == agency }
        let bounded = report.limits.limits.keys.filter { $0.agency == agency }.compactMap(\.kind)
        let kinds = Set(lanes.map(\.kind) + bounded).sorted().prefix(Self.kinds)
        var forms = [form(QueueLimits.Scope(agency: agency, kind: nil), 0)]
        for (index, kind) in kinds.enumerated() {
            forms.append(form(QueueLimits.Scope(agency: agency, kind: kind), index + 1))
        }
        return [
            "limitAgency": agency ?? "", "hasAgency": agency != nil,
            "limitTitle": word("queueLimitsOf")
                .replacing("{name}", with: agency.map(name) ?? word("queueAllAgencies")),
            "limitForms": forms,
        ]
    }

    private func form(_ scope: QueueLimits.Scope, _ index: Int) -> Fields {
        let own = report.limits[scope]
        let typed = failure?.form.flatMap { form -> FormFields? in
            guard form["limit"] != nil, (form["agency"] ?? "") == (scope.agency ?? ""),
                (form["kind"] ?? "") == (scope.kind ?? "")
            else { return nil }
            return form
        }
        func input(_ name: String, _ pointer: String, _ value: Int32?) -> Fields {
            let problem = typed == nil ? nil : failure?.problem.errors.first { $0.pointer == pointer }
            var fields: Fields = [
                "id": "limit-\(index)-\(name)", "name": name, "label": word("queueInput-\(name)"),
                "value": typed?[name] ?? value.map { "\($0)" } ?? "", "isWrong": problem != nil,
            ]
            if let problem { fields["message"] = problem.words[language] }
            return fields
        }
        var note = ""
        if own == nil, scope.agency != nil {
            let wider = report.limits[QueueLimits.Scope(agency: nil, kind: scope.kind)]
            note = word("queueAsAll").replacing("{limit}", with: words(wider ?? QueueLimit()))
        }
        return [
            "kind": scope.kind ?? "", "agency": scope.agency ?? "",
            "title": scope.kind.map { word("queueOnlyKind").replacing("{kind}", with: kind($0)) }
                ?? word("queueAllKinds"),
            "note": note, "hasNote": !note.isEmpty, "isHeld": own?.isPaused == true && scope.agency == nil,
            "inputs": [
                input("concurrency", "/concurrency", own?.concurrency),
                input("tasks", "/rate/tasks", own?.rate?.tasks),
                input("seconds", "/rate/seconds", own?.rate?.seconds),
                input("burst", "/rate/burst", own?.rate?.burst),
            ],
        ]
    }

    /// What a limit's form says, as the JSON that programs send: a page and a program then get the same words.
    static func limitRequest(_ form: FormFields) -> [UInt8] {
        func typed(_ name: String) -> String { (form[name] ?? "").filter { !$0.isWhitespace } }
        var writer = JSONWriter()
        func number(_ name: String, as member: String) {
            let text = typed(name)
            guard !text.isEmpty else { return }
            writer.name(member)
            if let number = Int(text) { writer.integer(number) } else { writer.string(text) }
        }
        writer.beginObject()
        for name in ["agency", "kind"] {
            if let text = form[name], !text.isEmpty { writer.member(name, text) }
        }
        number("concurrency", as: "concurrency")
        if !typed("tasks").isEmpty || !typed("seconds").isEmpty {
            writer.name("rate")
            writer.beginObject()
            for name in ["tasks", "seconds", "burst"] { number(name, as: name) }
            writer.endObject()
        }
        writer.endObject()
        return writer.bytes
    }

    // MARK: - Dead letters

    func deadLetters() -> Fields {
        var fields: Fields = [
            "letters": letters.map { letter in row(letter) }, "hasLetters": !letters.isEmpty,
            "hasMoreLetters": hasMoreLetters, "isLaterPage": view.after > 0, "viewAgency": view.agency ?? "",
            "lettersTitle": view.agency.map { word("queueDeadOf").replacing("{name}", with: name($0)) }
                ?? word("queueDead"),
            "allHref": "/queue#dead",
        ]
        if hasMoreLetters, let last = letters.last {
            var next = view
            next.after = last.task.rawValue
            fields["moreHref"] = "/queue\(next.query)#dead"
        }
        if let opened { fields["opened"] = open(opened) }
        return fields
    }

    private func row(_ letter: DeadLetter) -> Fields {
        let number = letter.task.rawValue
        let query = view.query.isEmpty ? "?" : view.query + "&"
        return [
            "number": number, "name": name(letter.agency), "kind": kind(letter.kind), "error": letter.error,
            "diedText": time.minute(letter.diedAt, seenAt: now), "key": letter.uniqueKey ?? "",
            "hasKey": letter.uniqueKey != nil, "aboutText": about(letter),
            "attemptText": word("queueAttempts").replacing("{count}", with: "\(letter.attempts)"),
            "href": "/queue\(query)letter=\(number)#letter",
            "chooseLabel": word("queueChoose").replacing("{number}", with: "\(number)"),
            "openLabel": word("queueOpen").replacing("{number}", with: "\(number)"),
        ]
    }

    /// `Directive D-2026-031`; empty for a task that is about nothing of the log, as a scheduled one.
    private func about(_ letter: DeadLetter) -> String {
        TaskSubject(payload: Array(letter.payload.utf8)).map { "\($0.words[language]) \($0.name)" } ?? ""
    }

    /// The one that is open, with what it holds.
    private func open(_ letter: DeadLetter) -> Fields {
        var fields = row(letter)
        let problem = failure?.problem.errors.first { $0.pointer == "/payload" }
        fields["hasAbout"] = fields["aboutText"] as? String != ""
        fields["enqueuedText"] = time.minute(letter.enqueuedAt, seenAt: now)
        fields["priority"] = letter.priority
        fields["payload"] = failure?.form?["payload"] ?? JSONLayout.indented(letter.payload)
        fields["isWrong"] = problem != nil
        fields["message"] = problem?.words[language] ?? ""
        fields["closeHref"] = "/queue\(view.query)#dead"
        return fields
    }

    static let noneChosen = ProblemDetails(
        status: .unprocessableContent,
        code: "none-chosen",
        title: Words("No task was chosen", zh: "尚未选择任务"),
        detail: Words(
            "Tick the tasks to send again, at most \(QueueDesk.maximumLetters) at a time.",
            zh: "请勾选要重新派发的任务，一次最多 \(QueueDesk.maximumLetters) 项。"
        )
    )
}

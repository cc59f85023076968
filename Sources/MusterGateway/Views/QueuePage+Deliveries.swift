import EventSourcing
import Records
import TaskQueue

/// The part of the queue's page that tells what became of the last webhooks.
extension QueuePage {
    func webhooks() -> Fields {
        let agency = view.agency
        var fields: Fields = [
            "deliveriesTitle": agency.map { word("queueDeliveriesOf").replacing("{name}", with: name($0)) }
                ?? word("queueDeliveries"),
            "hasWebhooks": deliveries != nil, "notCalledText": deliveries?.open.count ?? 0,
            "isAnyNotCalled": deliveries?.open.isEmpty == false,
        ]
        guard let deliveries else { return fields }
        fields["circuits"] = deliveries.open.filter { agency == nil || $0.agency == agency }.compactMap(circuit)
        // Whoever looks wants to see what did not arrive, and may have to scroll to the rest.
        let failed = deliveries.deliveries.filter { $0.outcome != .delivered }
        let arrived = deliveries.deliveries.filter { $0.outcome == .delivered }
        let groups = [("queueNotDelivered", failed), ("queueDelivered", arrived)].filter { !$0.1.isEmpty }
        fields["deliveryGroups"] = groups.map { title, deliveries -> Fields in
            [
                "title": word(title).replacing("{count}", with: "\(deliveries.count)"),
                "deliveries": deliveries.map(row),
            ]
        }
        fields["hasDeliveries"] = !groups.isEmpty
        fields["noDeliveries"] = word(view.onlyFailed ? "queueNoFailed" : "queueNoDeliveries")
        fields["deliveryChoices"] = [choice("queueAllDeliveries", false), choice("queueOnlyFailed", true)]
        var all = view
        all.agency = nil
        all.after = 0
        fields["allDeliveriesHref"] = "/queue\(all.query)#deliveries"
        return fields
    }

    private func choice(_ title: String, _ onlyFailed: Bool) -> Fields {
        var other = view
        other.onlyFailed = onlyFailed
        return [
            "title": word(title), "href": "/queue\(other.query)#deliveries", "isChosen": onlyFailed == view.onlyFailed,
        ]
    }

    private func circuit(_ last: Delivery) -> Fields? {
        guard let circuit = last.circuit else { return nil }
        let probe =
            circuit.probeAt > now
            ? word("queueProbeAt").replacing("{time}", with: time.time(circuit.probeAt, seenAt: now))
            : word("queueProbeNext")
        return [
            "name": name(last.agency), "error": last.note ?? "",
            "sinceText": word("queueNotCalledSince").replacing(
                "{time}",
                with: time.time(circuit.since, seenAt: now)
            ),
            "probeText": probe,
        ]
    }

    private func row(_ delivery: Delivery) -> Fields {
        let number = delivery.task.rawValue
        let answer = delivery.status.map { word("queueStatus").replacing("{status}", with: "\($0)") }
        // What went wrong often is the status alone, which is said already.
        let note = delivery.note.flatMap { $0 == "status \(delivery.status ?? 0)" ? nil : $0 } ?? ""
        let isBuried = delivery.outcome == .buried
        return [
            "outcome": delivery.outcome.rawValue, "outcomeText": word("queue-\(delivery.outcome.rawValue)"),
            "icon": delivery.outcome == .delivered ? "i-done" : isBuried ? "i-noshow" : "i-late",
            "isLate": delivery.outcome != .delivered,
            "timeText": time.time(delivery.startedAt, seenAt: now), "name": name(delivery.agency),
            "href": "/queue?agency=\(FormFields.escaped(delivery.agency))#deliveries",
            "taskText": word("queueTaskNumber").replacing("{number}", with: "\(number)"), "isBuried": isBuried,
            "letterHref": "/queue?letter=\(number)#letter", "message": delivery.message,
            "attemptText": word("queueAttempt").replacing("{count}", with: "\(delivery.attempt)"),
            "answerText": answer ?? "", "hasAnswer": answer != nil, "note": note, "hasNote": !note.isEmpty,
            "tookText": took(delivery.duration),
        ]
    }

    /// `20 ms`, `1.2 s`, `31 s`.
    private func took(_ duration: Duration) -> String {
        let milliseconds = max(0, duration.wholeMicroseconds / 1_000)
        if milliseconds < 1_000 { return "\(milliseconds) \(word("queueMilliseconds"))" }
        let second = Strings.second[language]
        if milliseconds < 10_000 { return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) \(second)" }
        return "\(milliseconds / 1_000) \(second)"
    }
}

import EventSourcing

/// The clocks of directives that run: to acknowledge, to reply, to pass on.
struct DirectiveClocks: Sendable {
    private var acknowledgements: [DirectiveID: [Addressee: PolicyTimer]] = [:]
    private var replies: [DirectiveID: [Addressee: PolicyTimer]] = [:]
    private var relays: [DirectiveID: [Addressee: Relay]] = [:]

    private struct Relay: Sendable {
        let due: Timestamp
        let startedBy: EventID
        /// The territories right below that have yet to get it, in the order in which they were defined.
        var missing: [TerritoryID]
    }

    /// Every timer of the directives that stand.
    var timers: [PolicyTimer] {
        var timers = acknowledgements.values.flatMap(\.values) + replies.values.flatMap(\.values)
        for (directive, relays) in relays {
            for (addressee, relay) in relays {
                timers.append(timer(relay, directive, addressee))
            }
        }
        return timers.sorted { ($0.due, $0.key) < ($1.due, $1.key) }
    }

    /// A version has come to an addressee; an earlier version's clocks stop.
    mutating func start(
        _ directive: DirectiveID,
        _ addressee: Addressee,
        version: Int,
        ackBy: Timestamp?,
        replyBy: Timestamp?,
        because event: EventID
    ) {
        let actor = Actor.system(in: addressee.territory)
        acknowledgements[directive, default: [:]][addressee] = ackBy.map { due in
            PolicyTimer(
                key: "ack-overdue/\(directive)/\(addressee.text)/\(version)/\(due)",
                due: due,
                command: RecordAckOverdue(
                    directive: directive,
                    territory: addressee.territory,
                    party: addressee.party,
                    version: version,
                    dueAt: due
                ),
                actor: actor,
                cause: event
            )
        }
        // Who has a copy only has nothing to reply to.
        let reply = ackBy == nil ? nil : replyBy
        replies[directive, default: [:]][addressee] = reply.map { due in
            PolicyTimer(
                key: "reply-overdue/\(directive)/\(addressee.text)/\(version)/\(due)",
                due: due,
                command: RecordReplyOverdue(
                    directive: directive,
                    territory: addressee.territory,
                    party: addressee.party,
                    version: version,
                    dueAt: due
                ),
                actor: actor,
                cause: event
            )
        }
    }

    mutating func startRelay(
        _ directive: DirectiveID,
        _ addressee: Addressee,
        to missing: [TerritoryID],
        due: Timestamp,
        because event: EventID
    ) {
        if missing.isEmpty { return }
        relays[directive, default: [:]][addressee] = Relay(due: due, startedBy: event, missing: missing)
    }

    /// A territory got it: whoever was to bring it there need not any more.
    mutating func reach(_ territory: TerritoryID, _ directive: DirectiveID, owedBy addressees: [Addressee]) {
        for addressee in addressees {
            guard var relay = relays[directive]?[addressee] else { continue }
            relay.missing.removeAll { $0 == territory }
            relays[directive]?[addressee] = relay.missing.isEmpty ? nil : relay
        }
    }

    mutating func stopAcknowledgement(_ directive: DirectiveID, _ addressee: Addressee) {
        acknowledgements[directive]?[addressee] = nil
    }

    mutating func stopReply(_ directive: DirectiveID, _ addressee: Addressee) { replies[directive]?[addressee] = nil }

    mutating func stopRelay(_ directive: DirectiveID, _ addressee: Addressee) { relays[directive]?[addressee] = nil }

    mutating func stopAll(of directive: DirectiveID) {
        acknowledgements[directive] = nil
        replies[directive] = nil
        relays[directive] = nil
    }

    private func timer(_ relay: Relay, _ directive: DirectiveID, _ addressee: Addressee) -> PolicyTimer {
        PolicyTimer(
            key: "relay-broken/\(directive)/\(addressee.text)/\(relay.due)",
            due: relay.due,
            command: RecordRelayBroken(
                directive: directive,
                territory: addressee.territory,
                party: addressee.party,
                missing: relay.missing,
                dueAt: relay.due
            ),
            actor: .system(in: addressee.territory),
            cause: relay.startedBy
        )
    }
}

import EventSourcing
import MusterDomain
import Records

/// A caller who hung up.
struct TownCall: Sendable {
    private(set) var id: CallID?
    private(set) var call = AbandonedCall()

    mutating func evolve(_ event: DeskEvent, _ origin: Origin) {
        call.evolve(event, from: origin)
        if case .callAbandoned(let payload) = event { id = payload.call }
    }
}

/// A desk that has more calls than it can answer.
struct TownSurge: Sendable {
    private(set) var open: SurgeDeclared?

    mutating func evolve(_ event: DeskEvent) {
        switch event {
        case .surgeDeclared(let payload): open = payload
        case .surgeEnded: open = nil
        case .callAbandoned, .callBackExtended, .callReturned, .callOverdue: break
        }
    }
}

/// The hotline in a storm: once a day far more calls than anybody can answer. The clerks call back, and the district ends
/// the surge when it is quiet.
extension TownStory {
    /// In one storm; the others of a day hang up one by one.
    private static let callsInStorm = 40
    private static let callsOfDay = 48

    func deeds(in call: TownCall) -> [TownDeed] {
        guard let id = call.id, call.call.callBackBy != nil, !call.call.isOver, let clerk = Town.duty(of: Town.hotline)
        else { return [] }
        let key = "\(id)/back/\(call.call.attempts)"
        let isReached = dice.isTrue("\(key)/reached", chance: 0.75)
        return [
            TownDeed(
                key: key,
                actor: clerk,
                command: ReturnCall(call: id, isReached: isReached),
                after: dice.delay(key, mean: .seconds(4_500))
            )
        ]
    }

    func deeds(in surge: TownSurge) -> [TownDeed] {
        guard let open = surge.open, open.territory == Town.district else { return [] }
        let key = "surge/\(open.number)/end"
        let end = CloseSurgeDesk(
            territory: open.territory,
            number: open.number,
            text: "接通率已恢复正常。Calls are answered in time again."
        )
        return [
            TownDeed(
                key: key,
                actor: Town.districtDuty,
                command: end,
                after: .seconds(3_600) + dice.delay(key, mean: .seconds(3_600))
            )
        ]
    }

    /// The next caller who hangs up; nil while nobody does.
    func hangUp(_ beginnings: TownBeginnings, at now: Timestamp) -> TownCommand? {
        let number = beginnings.calls.count
        let place = number % Self.callsOfDay
        let pause: Duration = place == 0 || place >= Self.callsInStorm ? .seconds(9_000) : .seconds(20)
        guard beginnings.reports.count > 20, beginnings.isDue(beginnings.calls, every: pause, at: now),
            let clerk = Town.duty(of: Town.hotline), let call = CallID(rawValue: "call-\(number + 1)"),
            let community = dice.pick(Town.communities, "call/\(number)/community")
        else { return nil }
        // One in eight shows no number.
        let hasNumber = dice.isTrue("call/\(number)/number", chance: 0.875)
        let command = RecordAbandonedCall(
            call: call,
            territory: community.id,
            waited: 20 + Int(dice.fraction("call/\(number)/waited") * 160),
            phone: hasNumber ? PhoneNumber(rawValue: "0000-5550 \(1_000 + number % 9_000)") : nil
        )
        return TownCommand(clerk, command, key: "call/\(number)")
    }
}

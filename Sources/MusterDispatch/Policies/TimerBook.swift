import EventSourcing
import HeapModule

/// The timers that have yet to fire, the earliest first.
///
/// It is filled from the policies again whenever they took in facts, so nothing needs to be stored or cancelled. A timer
/// that fired stays in its policy until its command's event comes back through the log, or for good when the command was
/// refused: it is remembered as fired until no policy has it any more.
struct TimerBook: Sendable {
    private var heap = Heap<ScheduledTimer>()
    private var fired: Set<ScheduledTimer.Identity> = []

    /// How many have yet to fire.
    var count: Int { heap.count }

    /// When the next one fires; nil without any.
    var nextDue: Timestamp? { heap.min?.due }

    /// Takes the timers of all policies as they stand now.
    mutating func refill(_ timers: [ScheduledTimer]) {
        fired.formIntersection(timers.map(\.identity))
        heap = Heap(timers.filter { !fired.contains($0.identity) })
    }

    /// The timers that are due, earliest first; they fire now and never again.
    mutating func takeDue(at now: Timestamp) -> [ScheduledTimer] {
        var due: [ScheduledTimer] = []
        while let next = heap.min, next.due <= now {
            heap.removeMin()
            // Two policies' timers may be one and the same.
            if fired.insert(next.identity).inserted { due.append(next) }
        }
        return due
    }
}

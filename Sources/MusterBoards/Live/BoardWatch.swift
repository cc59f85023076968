import Synchronization

/// One who watches boards for long: hears that they are still there, and can be told to stop.
package final class BoardWatch: Sendable {
    /// Among all that wait at the gate.
    let number: UInt64
    private let heard: Atomic<UInt64>
    private let over = Atomic(false)
    private let gate: PositionGate

    init(number: UInt64, beats: UInt64, gate: PositionGate) {
        self.number = number
        self.gate = gate
        heard = Atomic(beats)
    }

    /// Lets whoever waits on it go, now or when it comes to wait.
    package func end() {
        over.store(true, ordering: .releasing)
        gate.letGo(number)
    }

    var isOver: Bool { over.load(ordering: .acquiring) }

    /// Whether a beat has not been heard yet; then it has been.
    ///
    /// - Parameter beats: how often the gate has beaten. The gate asks under its lock.
    func hears(_ beats: UInt64) -> Bool { heard.exchange(beats, ordering: .relaxed) != beats }
}

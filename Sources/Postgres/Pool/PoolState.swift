/// Who has which connection of a pool and who waits: decisions only, no connection is opened or closed here.
///
/// Waiters are served first come, first served. A place is promised either as a connection or as leave to open one.
struct PoolState<Connection: Sendable>: Sendable {
    enum Grant: Sendable {
        case connection(Connection)
        /// The waiter may open a connection itself.
        case open
    }

    enum Request {
        case granted(Grant)
        case wait
        case full
        case closed
    }

    struct WaiterID: Hashable, Sendable {
        let number: UInt64
    }

    /// Somebody who must be woken because a grant awaits them.
    typealias Woken = WaiterID?

    enum Returned {
        /// Kept: for the waiter named, or idle.
        case kept(wake: Woken)
        /// Not wanted any more.
        case close
    }

    let size: Int
    let waitLimit: Int
    private(set) var isClosed = false
    /// Most recently used last: the ends of the list are the warmest and the first to be checked.
    private var idle: [Connection] = []
    private var leased = 0
    private var queue: [WaiterID] = []
    private var granted: [WaiterID: Grant] = [:]

    init(size: Int, waitLimit: Int) {
        self.size = max(size, 1)
        self.waitLimit = max(waitLimit, 0)
    }

    /// Connections in use, promised or being opened.
    var inUse: Int { leased }
    var idleCount: Int { idle.count }
    var waiting: Int { queue.count }

    mutating func request(_ waiter: WaiterID) -> Request {
        if isClosed { return .closed }
        if queue.isEmpty, let connection = idle.popLast() {
            leased += 1
            return .granted(.connection(connection))
        }
        if queue.isEmpty, leased + idle.count < size {
            leased += 1
            return .granted(.open)
        }
        guard queue.count < waitLimit else { return .full }
        queue.append(waiter)
        return .wait
    }

    /// Takes what was granted to the waiter; nil when it was not granted anything, and then it no longer waits.
    mutating func conclude(_ waiter: WaiterID) -> Grant? {
        if let grant = granted.removeValue(forKey: waiter) { return grant }
        if let index = queue.firstIndex(of: waiter) { queue.remove(at: index) }
        return nil
    }

    /// A connection comes back in good state.
    mutating func giveBack(_ connection: Connection) -> Returned {
        leased -= 1
        if isClosed { return .close }
        if let waiter = nextWaiter() {
            leased += 1
            granted[waiter] = .connection(connection)
            return .kept(wake: waiter)
        }
        idle.append(connection)
        return .kept(wake: nil)
    }

    /// A connection is gone, or could not be opened: its place is free.
    mutating func lose() -> Woken {
        leased -= 1
        guard !isClosed, let waiter = nextWaiter() else { return nil }
        leased += 1
        granted[waiter] = .open
        return waiter
    }

    /// Takes the connection idle for longest, to check it. It counts as in use until it is given back or lost.
    mutating func takeIdle() -> Connection? {
        guard !isClosed, !idle.isEmpty else { return nil }
        leased += 1
        return idle.removeFirst()
    }

    /// Leave to open one more connection ahead of need.
    mutating func reserve() -> Bool {
        guard !isClosed, leased + idle.count < size else { return false }
        leased += 1
        return true
    }

    /// Refuses further requests. Connections in use are closed when they come back.
    mutating func close() -> (idle: [Connection], waiters: [WaiterID]) {
        isClosed = true
        defer {
            idle.removeAll()
            queue.removeAll()
        }
        return (idle, queue)
    }

    private mutating func nextWaiter() -> WaiterID? {
        queue.isEmpty ? nil : queue.removeFirst()
    }
}

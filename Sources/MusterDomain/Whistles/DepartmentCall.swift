/// One department's part in a whistle.
package struct DepartmentCall: Hashable, Sendable {
    /// Where it stands; each state holds what only then exists.
    package enum State: Hashable, Sendable {
        case blown(RunningClock)
        /// It says that the duty is not its own. The clock is paused unless it leads (R3.4).
        case disputed(RunningClock)
        /// Accepted: on the way.
        case enRoute(RunningClock)
        /// Its clock is nil where no limit was recorded, or nothing is waited for any more.
        case onScene(RunningClock?)
        /// On the scene, with a joint plan.
        case acting(RunningClock?)
        case done
        /// A ruling found it not competent, or both sides filed before it came.
        case released
        case withdrawn
    }

    package let department: PartyID
    package internal(set) var state: State
    /// A department may dispute once (R3.4).
    package internal(set) var hasDisputed = false

    init(department: PartyID, state: State) {
        self.department = department
        self.state = state
    }

    /// Nil when nothing of this department is timed.
    package internal(set) var clock: RunningClock? {
        get {
            switch state {
            case .blown(let clock), .disputed(let clock), .enRoute(let clock): clock
            case .onScene(let clock), .acting(let clock): clock
            case .done, .released, .withdrawn: nil
            }
        }
        set {
            guard let newValue else { return }
            switch state {
            case .blown: state = .blown(newValue)
            case .disputed: state = .disputed(newValue)
            case .enRoute: state = .enRoute(newValue)
            case .onScene: state = .onScene(newValue)
            case .acting: state = .acting(newValue)
            case .done, .released, .withdrawn: break
            }
        }
    }

    /// Both sides have filed: whoever has not come by now is not waited for, and nobody is chased any more.
    mutating func end() {
        switch state {
        case .blown, .disputed, .enRoute: state = .released
        case .onScene: state = .onScene(nil)
        case .acting: state = .acting(nil)
        case .done, .released, .withdrawn: break
        }
    }

    /// Whether it still has a part in the whistle.
    package var isCalled: Bool {
        switch state {
        case .blown, .disputed, .enRoute, .onScene, .acting, .done: true
        case .released, .withdrawn: false
        }
    }

    package var isOnScene: Bool {
        switch state {
        case .onScene, .acting: true
        case .blown, .disputed, .enRoute, .done, .released, .withdrawn: false
        }
    }

    package var status: CallStatus {
        switch state {
        case .blown(let clock): clock.isNoShow ? .noShow : .blown
        case .disputed: .disputed
        case .enRoute(let clock): clock.isNoShow ? .noShow : .enRoute
        case .onScene: .onScene
        case .acting: .acting
        case .done: .done
        case .released: .released
        case .withdrawn: .withdrawn
        }
    }
}

package import EventSourcing

/// A clock that runs or is paused: who must do what, until when, and why.
package struct OpenClock: Hashable, Sendable {
    /// Who holds a clock.
    package enum Holder: Hashable, Sendable {
        case party(PartyID)
        /// The reporter who was asked; nil when nobody is known.
        case reporter(PersonID?)
    }

    package let matter: MatterID
    package let territory: TerritoryID
    package let holder: Holder
    package let step: ClockStep
    package let since: Timestamp
    package let due: Timestamp
    package let limit: Duration
    /// The event that started it.
    package let startedBy: EventID?
    package let isPaused: Bool
    /// The event that made it stand still; nil when it runs or when the event's id is not known.
    package let pausedBy: EventID?
    /// Whether its holder leads the whistle; false outside a whistle.
    package let isLead: Bool
    /// The task that it times; nil for other steps.
    package let task: TaskID?
}

extension Matter {
    /// The clocks that are open now: departments in the order of their call, then tasks, then the reporter's answer.
    package var openClocks: [OpenClock] {
        guard let subject else { return [] }
        var clocks: [OpenClock] = []
        if let round = openRound {
            for call in round.calls {
                guard let clock = call.clock else { continue }
                clocks.append(OpenClock(clock, of: call.department, isLead: round.lead == call.department, in: subject))
            }
        }
        if stage != .closed {
            for task in tasks where !task.isDone { clocks.append(OpenClock(task, in: subject)) }
        }
        if case .awaitingFeedback(let question) = stage { clocks.append(OpenClock(question, in: subject)) }
        return clocks
    }
}

extension OpenClock {
    fileprivate init(_ clock: RunningClock, of department: PartyID, isLead: Bool, in subject: Matter.Subject) {
        let step: ClockStep =
            switch clock.step {
            case .accept: .accept
            case .onScene: .onScene
            case .act: .act
            }
        self.init(
            matter: subject.matter,
            territory: subject.territory,
            holder: .party(department),
            step: step,
            since: clock.since,
            due: clock.due,
            limit: clock.limit,
            startedBy: clock.startedBy,
            isPaused: clock.isPaused,
            pausedBy: clock.pause?.event,
            isLead: isLead,
            task: nil
        )
    }

    fileprivate init(_ task: MatterTask, in subject: Matter.Subject) {
        self.init(
            matter: subject.matter,
            territory: subject.territory,
            holder: .party(task.party),
            step: .task,
            since: task.due - task.limit,
            due: task.due,
            limit: task.limit,
            startedBy: task.startedBy,
            isPaused: false,
            pausedBy: nil,
            isLead: false,
            task: task.task
        )
    }

    fileprivate init(_ question: FeedbackQuestion, in subject: Matter.Subject) {
        self.init(
            matter: subject.matter,
            territory: subject.territory,
            holder: .reporter(subject.reporter),
            step: .feedback,
            since: question.answerBy - question.limit,
            due: question.answerBy,
            limit: question.limit,
            startedBy: question.askedBy,
            isPaused: false,
            pausedBy: nil,
            isLead: false,
            task: nil
        )
    }
}

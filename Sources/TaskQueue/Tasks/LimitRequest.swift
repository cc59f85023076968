package import Records

/// What somebody sends to bound the tasks of an agency, or of one kind of them.
package struct LimitRequest: Hashable, Sendable {
    /// So many tasks may start in so many seconds.
    package struct Pace: Hashable, Sendable {
        package let tasks: Int
        package let seconds: Int
        package let burst: Int

        package init(tasks: Int, seconds: Int, burst: Int) {
            self.tasks = tasks
            self.seconds = seconds
            self.burst = burst
        }

        package var rate: Rate? {
            Rate(tasks: Int32(clamping: tasks), seconds: Int32(clamping: seconds), burst: Int32(clamping: burst))
        }

        package static let record = Record<Pace>(
            Field("tasks", { $0.tasks }, .integer(1...maximumTasks), Words("Tasks", zh: "任务数")),
            Field("seconds", { $0.seconds }, .integer(1...86_400), Words("In so many seconds", zh: "每多少秒")),
            Field(
                "burst",
                { $0.burst },
                Codec<Int>.integer(1...maximumTasks).orMissing(1),
                Words("So many of them may start at once", zh: "其中可同时开始")
            ),
            make: Pace.init
        )
    }

    package static let maximumTasks = 1_000_000

    /// Nil for each agency that has no limit of its own.
    package let agency: String?
    /// Nil for all kinds together.
    package let kind: String?
    package let concurrency: Int?
    package let rate: Pace?

    package init(agency: String?, kind: String?, concurrency: Int?, rate: Pace?) {
        self.agency = agency
        self.kind = kind
        self.concurrency = concurrency
        self.rate = rate
    }

    /// Which tasks are meant. `*` is what the command line calls all of them.
    package var scope: QueueLimits.Scope {
        QueueLimits.Scope(agency: agency == "*" ? nil : agency, kind: kind == "*" ? nil : kind)
    }

    package static let record = Record<LimitRequest>(
        Field(
            "agency",
            { $0.agency },
            Codec<String>.line(NewTask.maximumNameBytes).optional,
            Words("Agency", zh: "单位"),
            help: Words("Without it: each that has no limit of its own.", zh: "不填则为没有单独限额的各单位。")
        ),
        Field(
            "kind",
            { $0.kind },
            Codec<String>.line(NewTask.maximumNameBytes).optional,
            Words("Kind of task", zh: "任务类别"),
            help: Words("Without it: all kinds together.", zh: "不填则合计全部类别。")
        ),
        Field(
            "concurrency",
            { $0.concurrency },
            Codec<Int>.integer(1...maximumTasks).optional,
            Words("With workers at a time", zh: "同时在办")
        ),
        Field("rate", { $0.rate }, Pace.record.codec.optional, Words("Start in a time", zh: "开始速率")),
        make: LimitRequest.init
    )
}

package import Records

/// What a worker of an agency sends: what it has done since it last asked, and how much it can take now.
package struct LeaseRequest: Hashable, Sendable {
    /// A task it has done.
    package struct Acknowledgement: Hashable, Sendable {
        package let id: Int
        package let token: Int

        package init(id: Int, token: Int) {
            self.id = id
            self.token = token
        }

        package static let record = Record<Acknowledgement>(
            Field("id", { $0.id }, .integer(1...Int.max), taskWords),
            Field("token", { $0.token }, .integer(1...Int.max), tokenWords, help: tokenHelp),
            make: Acknowledgement.init
        )
    }

    /// A task it could not do.
    package struct Failure: Hashable, Sendable {
        package let id: Int
        package let token: Int
        package let error: String
        package let retryAfterSeconds: Int?

        package init(id: Int, token: Int, error: String, retryAfterSeconds: Int? = nil) {
            self.id = id
            self.token = token
            self.error = error
            self.retryAfterSeconds = retryAfterSeconds
        }

        package static let record = Record<Failure>(
            Field("id", { $0.id }, .integer(1...Int.max), taskWords),
            Field("token", { $0.token }, .integer(1...Int.max), tokenWords, help: tokenHelp),
            Field("error", { $0.error }, .prose(TaskFailure.maximumErrorBytes), Words("What went wrong", zh: "错误说明")),
            Field(
                "retryAfterSeconds",
                { $0.retryAfterSeconds },
                Codec<Int>.integer(0...86_400).optional,
                Words("Try again after (seconds)", zh: "多少秒后重试"),
                help: Words("Without it the wait grows with each attempt.", zh: "不填则每次重试的等待时间递增。")
            ),
            make: Failure.init
        )
    }

    private static let taskWords = Words("Task", zh: "任务")
    private static let tokenWords = Words("Token of the lease", zh: "租约令牌")
    private static let tokenHelp = Words("As it came with the task.", zh: "与任务一同下发的令牌。")

    package static let maximumTasks = 100
    package static let maximumWaitSeconds = 60
    package static let leaseSeconds = 5...3_600
    package static let defaultLeaseSeconds = 300

    package let max: Int
    package let waitSeconds: Int
    package let leaseSeconds: Int
    package let acknowledge: [Acknowledgement]
    package let fail: [Failure]
    /// Tasks it still works on: their leases last `leaseSeconds` from now.
    package let extend: [Acknowledgement]

    package init(
        max: Int,
        waitSeconds: Int = 0,
        leaseSeconds: Int = defaultLeaseSeconds,
        acknowledge: [Acknowledgement] = [],
        fail: [Failure] = [],
        extend: [Acknowledgement] = []
    ) {
        self.max = max
        self.waitSeconds = waitSeconds
        self.leaseSeconds = leaseSeconds
        self.acknowledge = acknowledge
        self.fail = fail
        self.extend = extend
    }

    package static let record = Record<LeaseRequest>(
        Field(
            "max",
            { $0.max },
            .integer(0...maximumTasks),
            Words("Most tasks to take", zh: "最多领取任务数"),
            help: Words("0 only acknowledges.", zh: "0 表示只回执。")
        ),
        Field(
            "waitSeconds",
            { $0.waitSeconds },
            Codec<Int>.integer(0...maximumWaitSeconds).orMissing(0),
            Words("Wait for a task (seconds)", zh: "等待任务（秒）")
        ),
        Field(
            "leaseSeconds",
            { $0.leaseSeconds },
            Codec<Int>.integer(leaseSeconds).orMissing(defaultLeaseSeconds),
            Words("Keep a task for (seconds)", zh: "占用任务（秒）"),
            help: Words(
                "A task that is not acknowledged by then is given out again.",
                zh: "到期未回执的任务会重新派出。"
            )
        ),
        Field(
            "acknowledge",
            { $0.acknowledge },
            Codec.list(of: Acknowledgement.record.codec, count: 0...maximumTasks).orMissing([]),
            Words("Tasks done", zh: "已完成任务")
        ),
        Field(
            "fail",
            { $0.fail },
            Codec.list(of: Failure.record.codec, count: 0...maximumTasks).orMissing([]),
            Words("Tasks not done", zh: "未完成任务")
        ),
        Field(
            "extend",
            { $0.extend },
            Codec.list(of: Acknowledgement.record.codec, count: 0...maximumTasks).orMissing([]),
            Words("Tasks still worked on", zh: "仍在处理的任务"),
            help: Words("Their leases begin anew.", zh: "其租约重新计时。")
        ),
        make: LeaseRequest.init
    )
}

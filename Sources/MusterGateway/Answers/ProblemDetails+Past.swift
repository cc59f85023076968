import EventLog
import HTTPTypes
import MusterBoards
import MusterDomain
import Records

extension ProblemDetails {
    /// The answer to each way in which a past cannot be shown.
    init(_ error: PastError) {
        switch error {
        case .future:
            self.init(
                status: .badRequest,
                code: "future",
                title: Words("That time is yet to come", zh: "该时刻尚未到来"),
                detail: Words(
                    "asKnownAt and asTrueAt ask for the past. Without them the board is that of now.",
                    zh: "asKnownAt 与 asTrueAt 用于查询过去；不带参数即为当前看板。"
                )
            )
        case .trueAfterKnown:
            self.init(
                status: .badRequest,
                code: "true-after-known",
                title: Words("Nobody could know then what was true later", zh: "当时无法得知之后的情况"),
                detail: Words("asTrueAt must not be later than asKnownAt.", zh: "asTrueAt 不得晚于 asKnownAt。")
            )
        case .nothingYet:
            self.init(
                status: .notFound,
                code: "before-first-event",
                title: Words("Nothing had happened yet", zh: "当时尚无任何事件"),
                detail: Words("The log has no event of that time or before.", zh: "日志中没有该时刻及之前的事件。")
            )
        case .noSuchPosition(let tail):
            self.init(
                status: .notFound,
                code: "no-such-position",
                title: Words("The log has no such position", zh: "日志中没有该位置"),
                detail: Words("Positions go from 1 to \(tail).", zh: "位置范围为 1 至 \(tail)。")
            )
        case .busy:
            self.init(
                status: .serviceUnavailable,
                code: "too-many-pasts",
                title: Words("Too many look into the past", zh: "查询过去的请求过多"),
                detail: Words(
                    "Each of them reads the log from its beginning. Try again in a moment.",
                    zh: "每次查询都需从头读取日志，请稍后再试。"
                ),
                retryAfter: .seconds(2)
            )
        }
    }

    /// Runs what looks into the past, or at events of long ago, and words what it throws.
    static func wordingPast<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as PastError {
            throw ProblemDetails(error)
        } catch LogError.detached(_, let positions) {
            let (first, last) = (positions.lowerBound, positions.upperBound)
            throw ProblemDetails(
                status: .gone,
                code: "archived",
                title: Words("That part of the log is archived", zh: "该部分日志已归档"),
                detail: Words(
                    "Positions \(first) to \(last) are detached from the log; 'muster log attach' brings them back.",
                    zh: "位置 \(first) 至 \(last) 已从日志分离，可用 muster log attach 恢复。"
                )
            )
        }
    }

    static func notATime(_ name: String) -> ProblemDetails {
        ProblemDetails(
            status: .badRequest,
            code: "not-a-time",
            title: Words("\(name) is no time", zh: "\(name) 不是有效时间"),
            detail: Words(
                "Write it as 2026-11-21T18:00:00+08:00, or without a zone for the town's time.",
                zh: "格式如 2026-11-21T18:00:00+08:00；不带时区即为本地时间。"
            )
        )
    }

    static let notAPosition = ProblemDetails(
        status: .badRequest,
        code: "not-a-position",
        title: Words("position is no position", zh: "position 不是有效位置"),
        detail: Words("Positions are whole numbers from 1.", zh: "位置为从 1 开始的整数。")
    )

    static let positionAndTime = ProblemDetails(
        status: .badRequest,
        code: "position-and-time",
        title: Words("position and asKnownAt exclude each other", zh: "position 与 asKnownAt 不能同时使用"),
        detail: Words("Both say how far the log is read: give one of them.", zh: "两者都限定日志范围，请只给其一。")
    )
}

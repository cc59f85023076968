import EventSourcing
import Records

extension Rejection {
    static let recalled = Rejection(
        rule: "S4",
        reason: "recalled",
        Words("The directive was recalled.", zh: "该指令已被撤回。"),
        advice: Words("Nothing is to be done or passed on any more.", zh: "不必再执行或转发。")
    )

    static func superseded(by directive: DirectiveID) -> Rejection {
        Rejection(
            rule: "S4",
            reason: "superseded",
            Words("\(directive) stands in its place.", zh: "该指令已被 \(directive) 取代。"),
            advice: Words("Follow \(directive).", zh: "请执行 \(directive)。")
        )
    }

    static func notAddressed(_ addressee: Addressee) -> Rejection {
        Rejection(
            rule: "S4",
            reason: "not-addressed",
            Words(
                "This directive has not reached \(addressee.text).",
                zh: "该指令没有下发到 \(addressee.text)。"
            ),
            advice: Words("The level above can relay it.", zh: "可由上一级转发。")
        )
    }

    static let forInformation = Rejection(
        rule: "R4.2",
        reason: "for-information",
        Words("You have it for information only: it went past this level.", zh: "该指令越级直达，此处仅为抄送。"),
        advice: Words("The level above can relay it to you as well.", zh: "上一级可另行转发给你处。")
    )

    static func loop(_ addressee: Addressee) -> Rejection {
        Rejection(
            rule: "R4.2",
            reason: "loop",
            Words("\(addressee.text) stands above or is the sender itself.", zh: "\(addressee.text) 是发送方自身或其上级。"),
            advice: Words("A directive goes down only.", zh: "指令只能向下转发。")
        )
    }

    static func notOwnChild(_ addressee: Addressee, of sender: Addressee) -> Rejection {
        Rejection(
            kind: .forbidden,
            rule: "R4.2",
            reason: "not-own-child",
            Words(
                "\(addressee.text) does not stand right below \(sender.text).",
                zh: "\(addressee.text) 不是 \(sender.text) 的下级。"
            ),
            advice: Words("Whoever it belongs to can relay to it.", zh: "请由其上级转发。")
        )
    }

    static func outdatedVersion(_ current: DirectiveVersion) -> Rejection {
        Rejection(
            rule: "R4.5",
            reason: "not-current-version",
            Words("The current version is \(current.version).", zh: "现行版本是第 \(current.version) 版。"),
            advice: Words("Read that version and answer it.", zh: "请阅读该版本并以其为准。")
        )
    }

    static let declaredInapplicable = Rejection(
        rule: "R4.6",
        reason: "declared-inapplicable",
        Words("It was declared not to apply here.", zh: "此处已声明该指令不适用。"),
        advice: Words("To take that back, pass it on, or wait for an amendment.", zh: "如需撤回声明，请转发该指令，或等待修订。")
    )

    static let notAcknowledged = Rejection(
        rule: "S4",
        reason: "not-acknowledged",
        Words("Its receipt was not acknowledged yet.", zh: "尚未签收该指令。"),
        advice: Words("Acknowledge it first.", zh: "请先签收。")
    )

    static let replyByPast = Rejection(
        rule: "S4",
        reason: "reply-by-past",
        Words("The time to reply by has passed already.", zh: "答复期限已过。")
    )

    /// - Parameter of: how many there are.
    static func countAboveScope(_ count: Int, of households: Int) -> Rejection {
        Rejection(
            rule: "S4",
            reason: "count-above-scope",
            Words("\(count) households are more than the \(households) there.", zh: "\(count) 户超过该处的 \(households) 户。"),
            advice: Words("Count each household once.", zh: "每户只计一次。")
        )
    }

    static let countWentDown = Rejection(
        rule: "R0.4",
        reason: "count-went-down",
        Words("More were reported before: counts are the total so far.", zh: "此前上报的数量更大：数量应为累计数。"),
        advice: Words("To put the earlier report right, name its event.", zh: "如需更正，请指明要更正的那次上报。")
    )

    static let nothingToCorrect = Rejection(
        rule: "R0.4",
        reason: "nothing-to-correct",
        Words("This is not the report that stands.", zh: "所指的不是当前有效的上报。"),
        advice: Words("Name the latest report; nothing is edited in place.", zh: "请指明最新的上报；任何记录都不就地修改。")
    )
}

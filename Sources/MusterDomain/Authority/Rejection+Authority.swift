import Records

extension Rejection {
    /// - Parameter rule: whichever rule asks for the period.
    static func endBeforeStart(rule: String) -> Rejection {
        Rejection(
            rule: rule,
            reason: "end-before-start",
            Words("The end must lie after the start.", zh: "结束时间必须晚于开始时间。")
        )
    }
}

/// One thing that must be true before a process is ready to serve.
package struct ReadinessCheck: Sendable {
    /// A stable word, as `database`.
    package let name: String
    /// Why it is not so; nil when all is well. Answers within a second or so; whoever asks does not wait longer.
    package let fault: @Sendable () async -> String?

    package init(_ name: String, fault: @escaping @Sendable () async -> String?) {
        self.name = name
        self.fault = fault
    }
}

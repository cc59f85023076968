import EventLog

extension LogConfiguration {
    /// For appends that wait for others, however slow the machine is.
    static var patient: LogConfiguration {
        var configuration = LogConfiguration()
        configuration.appendTimeout = .seconds(120)
        return configuration
    }
}

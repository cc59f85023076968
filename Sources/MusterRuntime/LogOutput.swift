package import Logging

/// How the process writes its log lines.
package enum LogOutput {
    /// Sets up logging for the whole process; called once, before anything logs. Lines go to standard error.
    package static func bootstrap(level: Logger.Level) {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
    }
}

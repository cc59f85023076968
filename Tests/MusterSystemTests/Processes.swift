import Testing

/// Everything that starts our programs as processes, one test after the other: each of them may use the whole machine.
@Suite("Processes", .serialized) enum Processes {}

import Foundation
import Glibc

/// What the kernel tells of a process ([proc(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html)).
struct ProcessFigures {
    /// On the processors since it began, in user and kernel mode.
    let processorTime: Duration
    let residentKiB: Double

    init(of processID: Int32) throws {
        let text = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
        // The second field is a name in parentheses, and may hold anything.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").dropFirst()
            .map { Double($0) ?? 0 }
        guard fields.count > 21 else { throw BenchError("/proc/\(processID)/stat has too few fields") }
        processorTime = .seconds((fields[11] + fields[12]) / Double(sysconf(Int32(_SC_CLK_TCK))))
        residentKiB = fields[21] * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_024
    }

    static var own: ProcessFigures { get throws { try ProcessFigures(of: getpid()) } }

    /// After what was freed has gone back to the kernel; otherwise it would be taken again and no growth be seen.
    static var ownWithoutFreedMemory: ProcessFigures {
        get throws {
            // glibc has it, its Swift module does not.
            if let trim = dlsym(nil, "malloc_trim") {
                _ = unsafeBitCast(trim, to: (@convention(c) (Int) -> Int32).self)(0)
            }
            return try own
        }
    }
}

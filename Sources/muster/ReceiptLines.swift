import ArgumentParser
import Evidence
import Foundation
import MusterRuntime
import Records

/// Receipts in a file, one a line, as an export writes them beside it.
struct ReceiptLines {
    /// No receipt is longer: a command has a thousand events at most.
    private static let lineLimit = 8 << 20
    private static let chunkBytes = 256 << 10

    let path: String

    /// Checks each line, and says how many are proven.
    ///
    /// - Throws: `ExitCode`, after saying which line is wrong.
    func verify(trusting trust: EvidenceTrust) throws {
        let check = EvidenceVerbs.checker(trusting: trust)
        var (lines, events) = (0, 0)
        var signers: Set<String> = []
        var origin = ""
        try forEachLine { line in
            lines += 1
            let receipt: Receipt
            do throws(Problems) {
                receipt = try Receipt.record.decode(line)
            } catch {
                let problem = error.list.first.map { "\($0.pointer) \($0.words.en)" } ?? ""
                throw EvidenceFile.refuse("\(path), line \(lines) is not a receipt: \(problem)")
            }
            do {
                for key in try check(receipt) { signers.insert(key.label) }
            } catch let error as EvidenceTrustError {
                throw ValidationError("\(error)")
            } catch let fault as Receipt.Fault {
                print("line \(lines): \(fault)\nNOT PROVEN")
                throw ExitCode.failure
            }
            events += receipt.items.count
            origin = receipt.checkpoint.checkpoint.origin
        }
        guard lines > 0 else { throw EvidenceFile.refuse("\(path) holds no receipt") }
        print(
            """
            \(events) events of \(lines) commands are in log \(origin)
            signed by \(signers.sorted().joined(separator: ", "))
            PROVEN
            """
        )
    }

    private func forEachLine(_ body: ([UInt8]) throws -> Void) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw EvidenceFile.refuse("\(path) cannot be read")
        }
        defer { try? handle.close() }
        var rest: [UInt8] = []
        while true {
            let chunk: Data
            do {
                chunk = try handle.read(upToCount: Self.chunkBytes) ?? Data()
            } catch {
                throw EvidenceFile.refuse("\(path) cannot be read: \(error.localizedDescription)")
            }
            rest += chunk
            var start = 0
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                if end > start { try body(Array(rest[start..<end])) }
                start = end + 1
            }
            rest.removeFirst(start)
            guard rest.count <= Self.lineLimit else {
                throw EvidenceFile.refuse("\(path) has a line that is no receipt")
            }
            if chunk.isEmpty { break }
        }
        if !rest.isEmpty { try body(rest) }
    }
}

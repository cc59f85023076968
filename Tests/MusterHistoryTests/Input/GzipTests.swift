import EventSourcing
import Testing

@testable import MusterHistory

@Suite("Files packed with gzip", .timeLimit(.minutes(20)))
struct GzipTests {
    private static func text(of path: String, limits: Inflater.Limits = Inflater.Limits()) throws -> [UInt8] {
        var file = try InputFile(path: path, limits: limits)
        var text: [UInt8] = []
        while true {
            let chunk = try file.read()
            if chunk.isEmpty { return text }
            text += chunk
        }
    }

    private static func fault(_ bytes: [UInt8], limits: Inflater.Limits = Inflater.Limits()) throws -> GzipFault? {
        let file = try TemporaryFile("rows.csv.gz", bytes)
        do {
            _ = try text(of: file.path, limits: limits)
            return nil
        } catch ImportError.gzip(_, let fault) {
            return fault
        }
    }

    @Test("are unpacked, one member after another, and zeros behind them left out")
    func members() throws {
        let long = Array(repeating: "1234567,abcdefg\n".utf8, count: 60_000).flatMap { $0 }
        let bytes = try Gzip.pack("a,b\n".utf8) + Gzip.pack([]) + Gzip.pack(long)
        let file = try TemporaryFile("rows.csv.gz", bytes)
        #expect(try Self.text(of: file.path) == Array("a,b\n".utf8) + long)
        let padded = try TemporaryFile("rows.csv.gz", bytes + Array(repeating: 0, count: 700))
        #expect(try Self.text(of: padded.path) == Array("a,b\n".utf8) + long)
    }

    @Test("are imported as what is in them, under the hash of the packed file")
    func imported() async throws {
        let bytes = try Gzip.pack(Samples.rows(1...2_500).utf8)
        let file = try TemporaryFile("rows.csv.gz", bytes)
        let log = try MemoryLog()
        let summary = try await Importer(log: log).run(input: file.path, mapping: Samples.mapping())
        #expect(summary.added == 2_500)
        #expect(summary.byteCount == bytes.count)
        let again = try await Importer(log: log).run(input: file.path, mapping: Samples.mapping())
        #expect(again.added == 0)
    }

    @Test("may be XML, which is imported and looked at as what is in them", arguments: ["log.xes", "log.xes.gz"])
    func eventLog(name: String) async throws {
        let events = ["taken", "sent"].enumerated().map { hour, activity in
            """
            <event><string key="concept:name" value="\(activity)"/><date key="time:timestamp" \
            value="2024-03-01T0\(hour):00:00Z"/></event>
            """
        }
        let traces = (1...300).map {
            #"<trace><string key="concept:name" value="C-\#($0)"/>\#(events.joined())</trace>"#
        }
        let text = #"<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\#(traces.joined())</log>"#
        let file = try TemporaryFile(name, name.hasSuffix("gz") ? Gzip.pack(text.utf8) : Array(text.utf8))
        for mapping in [try Mapping.named("xes"), try await Mapping(yaml: Suggestion.yaml(for: file.path))] {
            let log = try MemoryLog()
            let summary = try await Importer(log: log).run(input: file.path, mapping: mapping)
            #expect(summary.added == 600)
            #expect(summary.isComplete)
            let rows = try ImportedRow.all(in: log)
            #expect(rows.cases.count == 300)
            #expect(rows.prefix(2).map(\.activity) == ["taken", "sent"])
        }
    }

    @Test("cut off anywhere are refused as cut, and never read as whole")
    func truncated() throws {
        let bytes = try Gzip.pack(Samples.rows(1...40).utf8)
        for length in 2..<bytes.count {
            #expect(try Self.fault(Array(bytes[..<length])) == .cut, "length \(length)")
        }
    }

    @Test("with any byte changed are refused, or unpack to the same text")
    func damaged() throws {
        let text = Array(Samples.rows(1...40).utf8)
        let bytes = try Gzip.pack(text)
        var random = SeededRandom(seed: 4)
        for index in 2..<bytes.count {
            var damaged = bytes
            damaged[index] ^= UInt8.random(in: 1...255, using: &random)
            let file = try TemporaryFile("rows.csv.gz", damaged)
            do {
                // Bytes of the header that say nothing of the content, as the time of packing.
                #expect(try Self.text(of: file.path) == text, "byte \(index)")
            } catch ImportError.gzip(_, let fault) {
                #expect(fault == .corrupt || fault == .cut, "byte \(index)")
            }
        }
    }

    @Test("with something else behind are refused")
    func trailing() throws {
        #expect(try Self.fault(Gzip.pack("a".utf8) + Array("b".utf8)) == .trailing)
    }

    @Test("that unpack to far more than they are, or to more than is read, are refused")
    func bombs() throws {
        let zeros = try Gzip.pack(Array(repeating: 0, count: 16 << 20))
        let limits = Inflater.Limits(maximumRatio: 250, freeBytes: 1 << 20, maximumBytes: 1 << 40)
        #expect(try Self.fault(zeros, limits: limits) == .ratio(250))
        let small = Inflater.Limits(maximumRatio: 2_000, freeBytes: 1 << 20, maximumBytes: 4 << 20)
        #expect(try Self.fault(zeros, limits: small) == .tooLarge(4 << 20))
        // A hundred megabytes and more of it by the limits that imports have.
        var bomb: [UInt8] = []
        for _ in 0..<8 { bomb += zeros }
        #expect(try Self.fault(bomb) == .ratio(250))
    }

    @Test("that unpack to a gigabyte are read, or refused, within bounded memory")
    func boundedMemory() throws {
        let member = try Gzip.pack(Array(repeating: UInt8(ascii: "a"), count: 16 << 20))
        var bomb: [UInt8] = []
        for _ in 0..<64 { bomb += member }
        let file = try TemporaryFile("rows.csv.gz", bomb)
        let wide = Inflater.Limits(maximumRatio: 2_000, freeBytes: 1 << 20, maximumBytes: 1 << 40)
        for (limits, fault) in [(Inflater.Limits(), GzipFault.ratio(250)), (wide, nil)] {
            let growth = try PeakMemory.growth {
                var (bytes, found): (Int, GzipFault?) = (0, nil)
                do {
                    var input = try InputFile(path: file.path, limits: limits)
                    while case let count = try input.read().count, count > 0 { bytes += count }
                } catch ImportError.gzip(_, let fault) {
                    found = fault
                }
                #expect(found == fault)
                #expect(fault != nil || bytes == 1 << 30)
            }
            #expect(growth < PeakMemory.bound)
        }
    }

    @Test("that break off leave what was read, and the import fails with the reason")
    func rowsBefore() async throws {
        let bytes = try Gzip.pack((Samples.rows(1...20_000)).utf8)
        let file = try TemporaryFile("rows.csv.gz", bytes.dropLast(2_000))
        let log = try MemoryLog()
        await #expect(throws: ImportError.gzip(path: file.path, .cut)) {
            _ = try await Importer(log: log).run(input: file.path, mapping: Samples.mapping())
        }
        #expect(log.events.contains { $0.type == EventType("RowImported") })
        #expect(!log.events.contains { $0.type == EventType("ImportFinished") })
    }
}

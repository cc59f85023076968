import EventSourcing
import Foundation
import Records
import Testing

@testable import MusterHistory

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("The report page")
struct ReportPageTests {
    @Test("is well-formed, in both languages and at every size", arguments: Language.allCases)
    func wellFormed(language: Language) throws {
        for (name, analysis) in try samples() {
            let page = try ReportPage.html(analysis, language: language)
            let outline = Outline(page)
            #expect(outline.fault == nil, "\(name): \(outline.fault ?? "")")
            #expect(outline.roots == ["html"])
            #expect(outline.duplicates.isEmpty, "\(name): ids that occur twice \(outline.duplicates)")
            #expect(outline.brokenLinks.isEmpty, "\(name): links to nowhere \(outline.brokenLinks)")
        }
    }

    @Test("of the same analysis is the same bytes")
    func deterministic() throws {
        let first = try ReportPage.html(SampleAnalyses.town(), language: .en)
        let second = try ReportPage.html(SampleAnalyses.town(), language: .en)
        #expect(first == second)
    }

    @Test("lets no name become markup")
    func escaping() throws {
        let page = try ReportPage.html(SampleAnalyses.log(of: SampleAnalyses.hostileNames), language: .en)
        let outline = Outline(page)
        #expect(outline.fault == nil)
        #expect(outline.scripts == 2)
        #expect(outline.attributes.allSatisfy { !$0.lowercased().hasPrefix("on") })
        #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test("names no host and loads nothing")
    func selfContained() throws {
        let page = try ReportPage.html(SampleAnalyses.town(), language: .en)
        #expect(!page.contains("http://") && !page.contains("https://"))
        #expect(!page.contains(" src=") && !page.contains("<link") && !page.contains("@import"))
    }

    @Test("says mode, log and head, rejected rows with a link, and the query under each figure")
    func head() throws {
        let page = try ReportPage.html(SampleAnalyses.town(), language: .en)
        #expect(page.contains(">HISTORY<"))
        #expect(page.contains("heyan · head 92,318"))
        #expect(page.contains("<a class=\"door\" href=\"#rejected\">"))
        let figures = page.components(separatedBy: "<figure ").count - 1
        let captions = page.components(separatedBy: "<figcaption><code>muster report ").count - 1
        #expect(figures == 18)
        #expect(captions == figures)
    }

    @Test("writes on the map how long the slowest way takes, also where the words for it are wide")
    func slowestWay() throws {
        let steps = [("reported", 0), ("sent", 200), ("accepted", 422), ("arrived", 622), ("done", 822)]
        let events = (0..<40).flatMap { number in
            steps.map {
                LogTables.Event(caseID: "\(number)", activity: $0.0, time: Int64(number * 9_000 + $0.1))
            }
        }
        let page = try ReportPage.html(try LogTables.analysis(LogTables.columns(events)), language: .en)
        // On the map for the page and on the one for a telephone.
        #expect(page.components(separatedBy: ">▲ 3.7\u{A0}min</text>").count == 3)
    }

    @Test("gives labels a ground of their own where they stand on a way")
    func grounds() throws {
        let page = try ReportPage.html(SampleAnalyses.town(), language: .en)
        #expect(page.contains("<rect class=\"ground\""))
    }

    @Test("leaves out what has no data, and says so")
    func absent() throws {
        let page = try ReportPage.html(SampleAnalyses.log(of: ["a", "b", "c"]), language: .en)
        #expect(!page.contains("id=\"on-time\""))
        #expect(page.contains("nothing in the log says when something was due"))
        #expect(page.contains("no event names an agency"))
    }

    @Test("of an empty log tells what to do")
    func empty() throws {
        let page = try ReportPage.html(SampleAnalyses.empty(), language: .en)
        #expect(page.contains("There is nothing to report on"))
        #expect(page.contains("muster import"))
        #expect(!page.contains("<figure"))
    }

    @Test("has the boards' colours")
    func tokens() throws {
        let pages = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/MusterGateway/Pages/tokens.css")
        let boards = Self.tokens(of: try String(contentsOf: pages, encoding: .utf8))
        let own = Self.tokens(of: PageTemplates.style)
        #expect(own.count > 25)
        for (name, value) in own { #expect(boards[name] == value, "\(name)") }
    }

    /// Writes the sample pages for a browser: `MUSTER_WRITE_PAGES=folder`.
    @Test("can be written", .enabled(if: ProcessInfo.processInfo.environment["MUSTER_WRITE_PAGES"] != nil))
    func written() throws {
        let folder = URL(filePath: ProcessInfo.processInfo.environment["MUSTER_WRITE_PAGES"] ?? "")
        for (name, analysis) in try samples() {
            for language in Language.allCases {
                let page = try ReportPage.html(analysis, language: language)
                try Data(page.utf8).write(to: folder.appending(path: "\(name).\(language.rawValue).html"))
            }
        }
    }

    private func samples() throws -> [(String, HistoryAnalysis)] {
        [
            ("town", try SampleAnalyses.town()), ("none", try SampleAnalyses.empty()),
            ("one", try SampleAnalyses.log(of: ["reported"])),
            (
                "twenty-seven",
                try SampleAnalyses.log(of: (1...27).map { "T\($0) Determine the necessity of step \($0)" })
            ),
            ("many", try SampleAnalyses.log(of: (1...500).map { "Activity number \($0)" }, cases: 3_000)),
            ("hostile", try SampleAnalyses.log(of: SampleAnalyses.hostileNames)),
        ]
    }

    private static func tokens(of style: String) -> [String: String] {
        var tokens: [String: String] = [:]
        let flat = style.replacing("\n", with: " ")
        // The first block of the file; later ones are for paper.
        for part in flat.prefix(while: { $0 != "}" }).split(separator: ";") {
            guard let begin = part.range(of: "--"), let colon = part[begin.upperBound...].firstIndex(of: ":") else {
                continue
            }
            let value = part[part.index(after: colon)...].split(separator: " ").joined(separator: " ")
            tokens[String(part[begin.lowerBound..<colon])] = value
        }
        return tokens
    }
}

/// What a parser of XML sees in a page.
private final class Outline: NSObject, XMLParserDelegate {
    private(set) var fault: String?
    private(set) var roots: [String] = []
    private(set) var scripts = 0
    private(set) var attributes: Set<String> = []
    private var depth = 0
    private var ids: [String] = []
    private var links: Set<String> = []

    init(_ page: String) {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        if !parser.parse() {
            fault = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "unknown")"
        }
    }

    var duplicates: [String] { Dictionary(grouping: ids, by: \.self).filter { $1.count > 1 }.keys.sorted() }
    var brokenLinks: [String] { links.subtracting(ids).sorted() }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes found: [String: String] = [:]
    ) {
        if depth == 0 { roots.append(name) }
        depth += 1
        if name == "script" { scripts += 1 }
        attributes.formUnion(found.keys)
        if let id = found["id"] { ids.append(id) }
        if let link = found["href"], link.hasPrefix("#") { links.insert(String(link.dropFirst())) }
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        depth -= 1
    }
}

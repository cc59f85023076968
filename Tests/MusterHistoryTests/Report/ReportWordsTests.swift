import Records
import Testing

@testable import MusterHistory

@Suite("Numbers and words of a report")
struct ReportWordsTests {
    @Test(
        "One of something is named in the singular",
        arguments: [
            (1, "cases", "1 case"), (2, "cases", "2 cases"), (0, "cases", "0 cases"), (1, "inquiries", "1 inquiry"),
            (1, "cases of grids", "1 case of grids"), (1, "people", "1 people"), (1_234, "calls", "1,234 calls"),
        ]
    )
    func counts(_ value: Int, _ plural: String, _ text: String) {
        #expect(ReportWords(language: .en).count(value, plural) == text)
    }
}

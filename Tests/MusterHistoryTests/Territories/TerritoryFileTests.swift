import Foundation
import MusterDomain
import MusterHistory
import Testing

@Suite struct TerritoryFileTests {
    private func file(_ text: String, top: TerritoryLevel = .district, prefix: String = "") -> TerritoryFile {
        TerritoryFile(Array(text.utf8), top: top, prefix: prefix)
    }

    @Test func `levels and parents follow from the codes`() {
        let read = file(
            """
            \u{FEFF}code,name,areaCode
            230717,"伊美区",2307
            230717001,东升街道,230717
            230717001001,"一社区",230717

            """
        )
        #expect(read.faults.isEmpty)
        #expect(read.rows.map(\.command.territory.rawValue) == ["230717", "230717001", "230717001001"])
        #expect(read.rows.map(\.command.level) == [.district, .street, .community])
        #expect(read.rows.map { $0.command.parent?.rawValue } == [nil, "230717", "230717001"])
        #expect(read.rows.map(\.line) == [2, 3, 4])
        #expect(read.rows[0].command.nameZH == "伊美区")
    }

    @Test func `zeros that fill twelve digits are none of the code, and a column may say the level`() {
        let read = file("name,code\nA,230717001000\n", top: .street)
        #expect(read.rows.map(\.command.territory.rawValue) == ["230717001"])
        #expect(read.rows.map(\.command.level) == [.street])
        let said = file("code,level,name\n230717001000,community,A\n", top: .street)
        #expect(said.rows.map(\.command.level) == [.community])
        #expect(said.rows.map(\.command.territory.rawValue) == ["230717001000"])
    }

    @Test func `what lies above the top or elsewhere is passed over`() {
        let text = "code,name\n2307,A\n230717,B\n230717001,C\n230201001,D\n"
        #expect(file(text, top: .street, prefix: "2307").rows.map(\.command.territory.rawValue) == ["230717001"])
    }

    @Test func `lines that are no territories are named`() {
        let read = file("code,name\n23071,A\n２３０７１７,B\n230717,\n230718,C\n")
        #expect(read.faults.map(\.line) == [2, 3, 4])
        #expect(read.rows.map(\.line) == [5])
        #expect(file("number,title\n1,2\n").faults.map(\.line) == [1])
    }

    @Test(.needs("geo/cn_streets.csv")) func `the streets of a real city are read`() throws {
        let data = try Data(contentsOf: URL(filePath: SharedData.path("geo/cn_streets.csv")))
        let read = TerritoryFile(Array(data), top: .district, prefix: "2307")
        #expect(read.rows.count == 50)
        #expect(read.rows.allSatisfy { $0.command.parent?.rawValue.hasPrefix("2307") == true })
        #expect(read.faults.isEmpty)
    }
}

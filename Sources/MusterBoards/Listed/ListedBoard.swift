package import EventSourcing
package import MusterDomain
package import Records

/// A board that is a list: one page draws all of them, so that a new one is a fold and its words.
package protocol ListedBoard: Board where Row: ListedRow, Figures: ListedFigures {
    static var words: Words { get }
    /// What stands over the cells of a row, after its title.
    static var columns: [Words] { get }
    /// Whether rows may have clocks; a board without any shows no place for them.
    static var hasClocks: Bool { get }
}

extension ListedBoard {
    package static var hasClocks: Bool { true }
}

/// A row as a list shows it: under a heading, with a clock where somebody is waited for, a title, and cells.
package protocol ListedRow: BoardRow {
    var heading: ListHeading { get }
    var title: Words { get }
    /// Smaller, below the title.
    var detail: Words { get }
    /// The matter that it is about; nil for none.
    var matter: MatterID? { get }
    /// The address of the page where it leads: that of its matter; nil for nowhere.
    var page: String? { get }
    /// Until when something is to be done; nil where nobody is waited for.
    var due: Timestamp? { get }
    /// One for each column of the board.
    var cells: [ListCell] { get }
}

extension ListedRow {
    package var page: String? { matter.map { "/matters/\($0)" } }
}

/// What rows stand under.
package struct ListHeading: Hashable, Sendable {
    /// Letters, digits, hyphens, dots and underscores.
    package let id: String
    package let words: Words

    package init(_ id: String, _ words: Words) {
        self.id = id
        self.words = words
    }
}

/// How something is meant, beside what it says.
package enum ListTone: String, Hashable, Sendable {
    case plain
    /// Of less weight.
    case calm
    /// Too late, or against a rule.
    case late
    /// Soon too late, or to be looked at.
    case soon
    /// Somebody must decide.
    case rule
}

/// What stands in a column of a row.
package struct ListCell: Hashable, Sendable {
    package let words: Words
    /// Smaller, below.
    package let note: Words?
    /// Stands after the words, in the town's time; nil for none.
    package let time: Timestamp?
    package let tone: ListTone

    package init(_ words: Words, note: Words? = nil, at time: Timestamp? = nil, tone: ListTone = .plain) {
        self.words = words
        self.note = note
        self.time = time
        self.tone = tone
    }

    /// A name or a number, which is the same in every language.
    package init(_ text: String, note: Words? = nil, tone: ListTone = .plain) {
        self.init(Words(text, zh: text), note: note, tone: tone)
    }

    /// A time alone.
    package init(at time: Timestamp, note: Words? = nil, tone: ListTone = .plain) {
        self.init(Words("", zh: ""), note: note, at: time, tone: tone)
    }
}

/// Figures that stand above a list.
package protocol ListedFigures: BoardFigures {
    var counts: [ListCount] { get }
    /// What else is to be said, in sections beside the list.
    var remarks: [ListRemarks] { get }
    /// A table below the sections; nil for none.
    var matrix: ListMatrix? { get }
}

extension ListedFigures {
    package var remarks: [ListRemarks] { [] }
    package var matrix: ListMatrix? { nil }
}

/// One figure in the head of a list.
package struct ListCount: Hashable, Sendable {
    package let words: Words
    package let count: Int
    /// How it is meant when it is not zero.
    package let tone: ListTone

    package init(_ words: Words, _ count: Int, tone: ListTone = .plain) {
        self.words = words
        self.count = count
        self.tone = tone
    }
}

/// Lines under a heading, beside a list.
package struct ListRemarks: Hashable, Sendable {
    package let words: Words
    package let lines: [ListCell]

    package init(_ words: Words, _ lines: [ListCell]) {
        self.words = words
        self.lines = lines
    }
}

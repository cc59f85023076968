import Dispatch
import Records

/// A first mapping for a file, made by looking at its rows.
///
/// It imports as it stands. What is a guess that only somebody who knows the file can check is marked as a doubt.
package struct Suggestion {
    /// An attribute that the mapping is to have.
    struct Attribute {
        let name: String
        let column: ColumnProfile
        let kind: String
    }

    struct Stage {
        let name: String
        let column: ColumnProfile
    }

    /// The file's name without its directory.
    let source: String
    let guess: FileGuess
    let sample: RowSample
    let columns: [ColumnProfile]
    let times: SuggestedTimes
    var nullWords: [String]

    var caseColumn: ColumnProfile?
    var keyColumns: [ColumnProfile] = []
    var activity: ColumnProfile?
    var at: ColumnProfile?
    var started: ColumnProfile?
    var stages: [Stage] = []
    /// Rows of the sample in which a later stage comes before an earlier one.
    var reversedRows = 0
    var attributes: [Attribute] = []
    var roles = Mapping.Roles()
    /// Columns that hold something and are no attribute, with the reason.
    var leftOut: [(name: String, reason: String)] = []
    /// A shipped mapping that fits the file.
    var shipped: Mapping?
    /// Doubts by the key that they are about.
    var doubts: [String: String] = [:]

    /// Looks at the first rows of a file, which may take some seconds.
    ///
    /// - Returns: the YAML of a mapping.
    /// - Throws: `ImportError` when the file cannot be read, `SuggestionError` when it has nothing to import.
    package static func yaml(for path: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "muster.suggest").async {
                continuation.resume(with: Result { try Self.text(for: path) })
            }
        }
    }

    /// As `yaml(for:)`, on the thread of the caller.
    static func text(for path: String) throws -> String {
        var suggestion = try Suggestion(path: path)
        suggestion.choose()
        let yaml = suggestion.yaml(trial: nil)
        // Tried on the same rows, so that it is known to import them.
        let trial = try SuggestionTrial(path: path, mapping: Mapping(yaml: yaml))
        return suggestion.yaml(trial: trial)
    }

    init(path: String) throws {
        source = String(path.split(separator: "/").last ?? "")
        var guess = try FileGuess(path: path)
        var sample = try RowSample(of: path, format: guess.format)
        try Self.findLists(path, &guess, &sample)
        let otherTypes = try Self.findCaseType(path, &guess, &sample)
        guard sample.rows > 0 else { throw SuggestionError.noRows(path: path) }
        self.guess = guess

        nullWords = NullWords.take(from: &sample)
        var columns = Self.profiles(sample)
        let odd = Set(columns.flatMap(\.oddWords)).subtracting(nullWords)
        if !odd.isEmpty {
            nullWords += odd.sorted()
            let words = odd.sorted().map { "“\($0)”" }.joined(separator: ", ")
            doubts["null-words"] = "\(words) among times is taken to say that nothing is known, in every column"
            NullWords.remove(odd, from: &sample)
            columns = Self.profiles(sample)
        }
        self.sample = sample
        self.columns = columns
        times = SuggestedTimes(columns.filter(\.isUsable))
        if !otherTypes.isEmpty {
            doubts["case-type"] = "objects of another type may be the cases: \(otherTypes.joined(separator: ", "))"
        }
        guard columns.contains(where: { $0.isUsable && $0.isTime }) else {
            throw SuggestionError.noTimes(path: path, columns: sample.columns)
        }
    }

    private static func profiles(_ sample: RowSample) -> [ColumnProfile] {
        sample.columns.indices.map { index in
            let name = sample.columns[index]
            let isUsable =
                !name.isEmpty && name.utf8.count <= 200 && sample.columns.count(where: { $0 == name }) == 1
                && name.unicodeScalars.allSatisfy { $0.value >= 0x20 }
            return ColumnProfile(index: index, name: name, values: sample.values[index], isUsable: isUsable)
        }
    }

    /// Whether a file of objects keeps its rows in a list: then the rows are its elements.
    private static func findLists(_ path: String, _ guess: inout FileGuess, _ sample: inout RowSample) throws {
        guard [.json, .ndjson].contains(guess.format.type) else { return }
        var candidates = sample.columns.indices.filter { index in
            sample.values[index].contains { $0.hasPrefix("[{") || $0.hasPrefix("[ {") || $0.hasPrefix("[\n") }
        }.map { sample.columns[$0] }
        if sample.rows == 0, let list = guess.firstList { candidates = [list] }
        for candidate in candidates {
            var format = guess.format
            format.rows = candidate
            guard let other = try? RowSample(of: path, format: format), other.rows > sample.rows else { continue }
            let own = other.columns.indices.filter { other.columns[$0].hasPrefix(candidate + ".") }
            let hasTimes = own.contains { index in
                other.values[index].contains { TimeShape($0).map { !$0.isDigitsAlone } == true }
            }
            guard hasTimes || sample.rows == 0 else { continue }
            guess.format = format
            sample = other
            return
        }
    }

    /// Chooses the type of objects of an OCEL log that are the cases: the one that most events are about.
    ///
    /// - Returns: the other types.
    private static func findCaseType(
        _ path: String,
        _ guess: inout FileGuess,
        _ sample: inout RowSample
    ) throws -> [String] {
        guard guess.format.type == .ocel else { return [] }
        let prefix = "ocel:type:"
        let types = sample.columns.indices.compactMap { index -> (name: String, events: Int)? in
            guard sample.columns[index].hasPrefix(prefix) else { return nil }
            let values = sample.values[index].filter { !$0.isEmpty }
            // Events about several objects of a type are steps of all of them, which is seldom meant.
            let single = values.count { !$0.contains(RowBuilder.separator) }
            return Set(values).count > 1 || sample.rows <= 5
                ? (String(sample.columns[index].dropFirst(prefix.count)), single) : nil
        }.sorted { ($1.events, $0.name) < ($0.events, $1.name) }
        guard let chosen = types.first else { return [] }
        guess.format.caseType = chosen.name
        sample = try RowSample(of: path, format: guess.format)
        return types.dropFirst().map(\.name)
    }

    /// Makes all choices.
    mutating func choose() {
        shipped = Self.shipped(for: guess.format, columns: sample.columns)
        chooseCase()
        chooseKey()
        chooseActivity()
        if activity == nil { chooseStages() }
        chooseAttributes()
        chooseRoles()
    }

    /// The mapping that comes with Muster and fits the file best. Of a table it names no column that the file lacks;
    /// elsewhere rows may lack columns, and it is enough that the file has those which must be there, and half of all.
    private static func shipped(for format: Mapping.Format, columns: [String]) -> Mapping? {
        let columns = Set(columns)
        let fitting = Mapping.shippedNames.compactMap { name -> (mapping: Mapping, share: Double)? in
            guard let mapping = try? Mapping.named(name), mapping.format.type == format.type,
                (mapping.format.columns == nil) == (format.columns == nil), mapping.format.rows == format.rows,
                mapping.format.caseType == format.caseType, mapping.usedColumns.count >= 3
            else { return nil }
            let used = mapping.usedColumns
            let share = Double(used.count(where: columns.contains)) / Double(used.count)
            let needed = mapping.caseColumns + mapping.keyColumns + mapping.requiredColumns
            let isFitting = format.type.hasFixedColumns ? share == 1 : share >= 0.5
            return isFitting && needed.allSatisfy(columns.contains) ? (mapping, share) : nil
        }
        return fitting.max { $0.share < $1.share }?.mapping
    }
}

/// Words by which files say that nothing is known.
enum NullWords {
    private static let known: Set<String> = [
        "?", "N/A", "#N/A", "n/a", "NULL", "null", "Null", "NaN", "nan", "\\N", "(null)", "-", "--", "(blank)",
    ]

    /// Empties the fields that hold one of the words, and returns those that were there.
    static func take(from sample: inout RowSample) -> [String] {
        var found: Set<String> = []
        for column in sample.values.indices {
            for row in sample.values[column].indices where known.contains(sample.values[column][row]) {
                found.insert(sample.values[column][row])
                sample.values[column][row] = ""
            }
        }
        return found.sorted()
    }

    static func remove(_ words: Set<String>, from sample: inout RowSample) {
        for column in sample.values.indices {
            for row in sample.values[column].indices where words.contains(sample.values[column][row]) {
                sample.values[column][row] = ""
            }
        }
    }
}

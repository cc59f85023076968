import EventSourcing
import Records

/// Where things happened, as a FeatureCollection ([RFC 7946](https://www.rfc-editor.org/rfc/rfc7946)).
///
/// Without a purpose, counts alone: how many rows lie in each cell of the map, and how many reports and matters there are in
/// each territory. A count below five would point at people and is left out (R16.6), as is a cell with fewer than five cases
/// where these are people. With a purpose every place is a point.
final class GeoJSONWriter: ExportWriter {
    /// Counts below it are not published [P].
    private static let smallestCount = 5
    /// A cell is a two-hundredth of a degree wide and high, about half a kilometre.
    private static let cellsPerDegree = 200.0
    private static let thousandthsPerCell = 5

    private struct Cell: Hashable, Comparable {
        let south: Int
        let west: Int

        static func < (lhs: Cell, rhs: Cell) -> Bool { (lhs.south, lhs.west) < (rhs.south, rhs.west) }
    }

    private struct Count {
        var events = 0
        var first: Timestamp
        var last: Timestamp
        /// As many as it takes to be published.
        var cases: Set<ExactText> = []
    }

    private struct TerritoryCount {
        var reports = 0
        var matters = 0
    }

    private let output: ExportOutput
    private let head: ExportHead
    private let hasPersonalCases: Bool
    private var cells: [Cell: Count] = [:]
    private var territories: [String: TerritoryCount] = [:]
    private var isFirst = true
    private(set) var written = 0

    init(_ output: ExportOutput, _ head: ExportHead, _ catalogue: ExportCatalogue) {
        self.output = output
        self.head = head
        hasPersonalCases = catalogue.hasPersonalCases
    }

    func begin(pass: Int) throws {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("type", "FeatureCollection")
        writer.name("muster")
        writer.beginObject()
        for member in head.members { writer.member(member.name, member.value) }
        if head.purpose == nil {
            writer.name("smallestCount")
            writer.integer(Self.smallestCount)
        }
        writer.endObject()
        writer.name("features")
        writer.beginArray()
        try output.write(writer.bytes)
    }

    func take(_ event: CleanEvent, _ items: [ExportItem]) throws {
        // The stages of one row happened in one place.
        guard let item = items.first else { return }
        let place = Place(item)
        if head.purpose != nil {
            if let place { try writePoint(place, item) }
            return
        }
        if let place {
            count(place, item)
        } else if event.type.name == "ReportSubmitted" || event.type.name == "MatterRaised" {
            let territory = item.attributes.first { $0.name == "territory" }?.value.text ?? item.territory
            guard let territory else { return }
            let isMatter = event.type.name == "MatterRaised"
            territories[territory, default: TerritoryCount()].reports += isMatter ? 0 : 1
            territories[territory, default: TerritoryCount()].matters += isMatter ? 1 : 0
        }
    }

    func end(pass: Int) throws {
        for (cell, count) in cells.sorted(by: { $0.key < $1.key }) where isLarge(count) {
            try writeCell(cell, count)
        }
        for (territory, count) in territories.sorted(by: { $0.key < $1.key }) {
            guard max(count.reports, count.matters) >= Self.smallestCount else { continue }
            try writeTerritory(territory, count)
        }
        let hasNone = cells.isEmpty && territories.isEmpty && written == 0
        guard !hasNone || head.position == 0 else { throw ExportFileError.noCoordinates }
        try output.write("\n]}\n")
    }

    /// Where cases are people, five rows may be of one.
    private func isLarge(_ count: Count) -> Bool {
        count.events >= Self.smallestCount && (!hasPersonalCases || count.cases.count >= Self.smallestCount)
    }

    private func count(_ place: Place, _ item: ExportItem) {
        let time = item.at
        let cell = Cell(
            south: Int((place.latitude * Self.cellsPerDegree).rounded(.down)),
            west: Int((place.longitude * Self.cellsPerDegree).rounded(.down))
        )
        var count = cells[cell] ?? Count(first: time, last: time)
        count.events += 1
        if count.cases.count < Self.smallestCount { count.cases.insert(ExactText(item.caseID)) }
        count.first = min(count.first, time)
        count.last = max(count.last, time)
        cells[cell] = count
    }

    // MARK: Features

    private func writePoint(_ place: Place, _ item: ExportItem) throws {
        try writeFeature { writer in
            writer.beginObject()
            writer.member("type", "Point")
            writer.name("coordinates")
            writer.beginArray()
            writer.number(place.longitude)
            writer.number(place.latitude)
            writer.endArray()
            writer.endObject()
        } properties: { writer in
            writer.member("event", item.id)
            writer.member("case", item.caseID)
            writer.member("activity", item.activity)
            writer.member("time", item.at.exported)
            for attribute in item.caseAttributes + item.attributes where !place.names.contains(attribute.name) {
                writer.member(attribute.name, attribute.value)
            }
        }
    }

    private func writeCell(_ cell: Cell, _ count: Count) throws {
        let (south, west) = (cell.south * Self.thousandthsPerCell, cell.west * Self.thousandthsPerCell)
        let (north, east) = (south + Self.thousandthsPerCell, west + Self.thousandthsPerCell)
        try writeFeature { writer in
            writer.beginObject()
            writer.member("type", "Polygon")
            writer.name("coordinates")
            let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
                .map { "[\(Self.degrees($0.0)),\(Self.degrees($0.1))]" }
                .joined(separator: ",")
            writer.json("[[\(ring)]]".utf8)
            writer.endObject()
        } properties: { writer in
            writer.name("events")
            writer.integer(count.events)
            writer.member("first", count.first.exported)
            writer.member("last", count.last.exported)
        }
    }

    private func writeTerritory(_ territory: String, _ count: TerritoryCount) throws {
        try writeFeature { writer in
            // Muster holds no shapes of territories: whoever has them joins them by the name.
            writer.null()
        } properties: { writer in
            writer.member("territory", territory)
            for (name, value) in [("reports", count.reports), ("matters", count.matters)] {
                writer.name(name)
                if value == 0 || value >= Self.smallestCount { writer.integer(value) } else { writer.null() }
            }
        }
    }

    private func writeFeature(
        geometry: (inout JSONWriter) -> Void,
        properties: (inout JSONWriter) -> Void
    ) throws {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("type", "Feature")
        writer.name("geometry")
        geometry(&writer)
        writer.name("properties")
        writer.beginObject()
        properties(&writer)
        writer.endObject()
        writer.endObject()
        try output.write(isFirst ? "\n" : ",\n")
        try output.write(writer.bytes)
        isFirst = false
        written += 1
    }

    /// Thousandths of a degree as a decimal.
    private static func degrees(_ thousandths: Int) -> String {
        let digits = String(thousandths.magnitude % 1_000)
        let fraction = String(repeating: "0", count: 3 - digits.count) + digits
        return "\(thousandths < 0 ? "-" : "")\(thousandths.magnitude / 1_000).\(fraction)"
    }
}

/// Where an activity says it happened.
private struct Place {
    let latitude: Double
    let longitude: Double
    /// The attributes that say it.
    let names: Set<String>

    private static let latitudeNames: Set<String> = ["latitude", "lat"]
    private static let longitudeNames: Set<String> = ["longitude", "long", "lon", "lng"]
    private static let locationNames: Set<String> = ["location", "point", "position", "coordinates", "geo"]

    init?(_ item: ExportItem) {
        var (latitude, longitude): (Double?, Double?)
        var names: Set<String> = []
        for attribute in item.caseAttributes + item.attributes {
            let name = attribute.name.lowercased()
            if Self.latitudeNames.contains(name), let degrees = Double(attribute.value.text) {
                latitude = degrees
                names.insert(attribute.name)
            } else if Self.longitudeNames.contains(name), let degrees = Double(attribute.value.text) {
                longitude = degrees
                names.insert(attribute.name)
            } else if latitude == nil, longitude == nil, let pair = Self.pair(attribute) {
                (latitude, longitude) = pair
                names.insert(attribute.name)
            }
        }
        guard let latitude, let longitude, (-90...90).contains(latitude), (-180...180).contains(longitude),
            latitude != 0 || longitude != 0
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
        self.names = names
    }

    /// Latitude and longitude, where one attribute says both.
    private static func pair(_ attribute: ExportAttribute) -> (Double, Double)? {
        switch attribute.value {
        case .text(let text), .json(let text):
            guard text.utf8.count <= 200 else { return nil }
            if let pair = parentheses(text) ?? point(text) { return pair }
            // The point of GeoRSS, `45.59 -122.76`, latitude first. Two numbers may be anything, so the attribute's name
            // must say that it is a place.
            return locationNames.contains(attribute.name.lowercased()) ? numbers(text[...]) : nil
        case .integer, .number, .boolean, .time: return nil
        }
    }

    /// Reads `(40.7, -73.9)`, latitude first, and `POINT (-73.9 40.7)`, longitude first.
    private static func parentheses(_ text: String) -> (Double, Double)? {
        guard text.hasSuffix(")") else { return nil }
        let isPoint = text.uppercased().hasPrefix("POINT")
        guard isPoint || text.hasPrefix("("), let open = text.firstIndex(of: "("),
            let (first, second) = numbers(text[text.index(after: open)...].dropLast())
        else { return nil }
        return isPoint ? (second, first) : (first, second)
    }

    /// Reads the Point of GeoJSON, longitude first: `{"type":"Point","coordinates":[-73.9,40.7]}`.
    private static func point(_ text: String) -> (Double, Double)? {
        guard text.hasPrefix("{") else { return nil }
        var reader = JSONReader(Array(text.utf8))
        guard let members = try? reader.members(),
            let type = members.first(where: { $0.name == "type" }),
            case .text("Point")? = try? ExportValue(reader.at(type.start)),
            let coordinates = members.first(where: { $0.name == "coordinates" }),
            case .json(let list)? = try? ExportValue(reader.at(coordinates.start)),
            let (longitude, latitude) = numbers(list.dropFirst().dropLast())
        else { return nil }
        return (latitude, longitude)
    }

    private static func numbers(_ text: Substring) -> (Double, Double)? {
        let numbers = text.split { $0 == "," || $0.isWhitespace }.map { Double($0) }
        guard numbers.count == 2, let first = numbers[0], let second = numbers[1] else { return nil }
        return (first, second)
    }
}

extension JSONWriter {
    /// A member with the value of an attribute.
    mutating func member(_ name: String, _ value: ExportValue) {
        self.name(name)
        switch value {
        case .text(let text): string(text)
        case .integer(let number): integer(number)
        case .number(let text), .json(let text): json(text.utf8)
        case .boolean(let truth): boolean(truth)
        case .time(let time): string(time.exported)
        }
    }
}

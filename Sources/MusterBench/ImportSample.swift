import Foundation

/// A generated CSV file in the layout of a shipped mapping.
struct ImportSample {
    let id: String
    let mapping: String
    let events: Peer.Columns
    let header: String
    /// A row by its number from 0, with its line end.
    let row: @Sendable (Int) -> String

    /// Fire calls: 34 columns, six times in each row. Two units a call, one call a minute.
    static let calls = ImportSample(
        id: "import.csv",
        mapping: "sf-fire-calls",
        events: Peer.Columns(
            caseID: "Call Number",
            activity: "Call Type",
            time: "Received DtTm",
            timeFormat: "%m/%d/%Y %I:%M:%S %p"
        ),
        header: "Call Number,Unit ID,Incident Number,Call Type,Call Date,Watch Date,Received DtTm,Entry DtTm,"
            + "Dispatch DtTm,Response DtTm,On Scene DtTm,Transport DtTm,Hospital DtTm,Call Final Disposition,"
            + "Available DtTm,Address,City,Zipcode of Incident,Battalion,Station Area,Box,"
            + "Original Priority,Priority,Final Priority,ALS Unit,"
            + "Call Type Group,Number of Alarms,Unit Type,Unit sequence in call dispatch,Fire Prevention District,"
            + "Supervisor District,Neighborhooods - Analysis Boundaries,RowID,Location\n"
    ) { row in
        let call = 100_000_000 + row / 2
        let unit = row % 2 == 0 ? "E\(row % 40)" : "T\(row % 20)"
        let minutes = row / 2
        let date = "\(two(minutes / 40_320 % 12 + 1))/\(two(minutes / 1_440 % 28 + 1))/2020"
        func time(_ seconds: Int) -> String {
            let second = minutes % 1_440 * 60 + seconds
            let hour = second / 3_600 % 24
            let clock = hour % 12 == 0 ? 12 : hour % 12
            return "\(date) \(two(clock)):\(two(second / 60 % 60)):\(two(second % 60)) \(hour < 12 ? "AM" : "PM")"
        }
        return "\(call),\(unit),\(call),Medical Incident,\(date),\(date),\(time(1)),\(time(3)),\(time(11)),\(time(21)),"
            + "\(time(41)),,,Code 2 Transport,\(time(58)),100 Block of MAIN ST,San Francisco,94103,B0\(row % 9 + 1),36,"
            + "2338,3,3,3,true,Potentially Life-Threatening,1,ENGINE,1,2,6,Tenderloin,\(call)-\(unit),"
            + "\"(37.77\(row % 1000), -122.41\(row % 1000))\"\n"
    }

    /// Tasks of a municipality's permits: 15 columns, four times in each row. Six tasks a case, one case an hour.
    static let tasks = ImportSample(
        id: "import.csv.tasks",
        mapping: "receipt-phase",
        events: Peer.Columns(
            caseID: "case:concept:name",
            activity: "concept:name",
            time: "time:timestamp",
            timeFormat: "%Y-%m-%d %H:%M:%S.%f%z"
        ),
        header: "case:channel,case:concept:name,case:deadline,case:department,case:enddate,case:enddate_planned,"
            + "case:group,case:responsible,case:startdate,concept:instance,concept:name,lifecycle:transition,org:group,"
            + "org:resource,time:timestamp\n"
    ) { row in
        let (number, step) = (row / 6, row % 6)
        func time(_ hours: Int, _ minute: Int) -> String {
            let hours = number + hours
            let date = "\(2_000 + hours / 8_064)-\(two(hours / 672 % 12 + 1))-\(two(hours / 24 % 28 + 1))"
            return "\(date) \(two(hours % 24)):\(two(minute)):31.788000+01:00"
        }
        return "Internet,case-\(10_000 + number),\(time(1_344, 41)),General,,\(time(1_344, 41)),Group \(number % 7),"
            + "Resource\(number % 40),\(time(0, 42)),task-\(40_000 + row),T0\(step) Check the request,complete,"
            + "Group \(step),Resource\(row % 40),\(time(step, row % 60))\n"
    }

    /// - Throws: when the file cannot be written.
    func write(rows: Int, to path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        var text = header
        for number in 0..<rows {
            text += row(number)
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

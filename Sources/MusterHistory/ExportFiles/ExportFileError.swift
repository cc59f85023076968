package import Records

/// Why a log cannot be exported as a file.
package enum ExportFileError: Error, Hashable, Sendable {
    case exists(path: String)
    case directory(path: String)
    case unwritable(path: String, reason: String)
    /// Another export writes to the same file now.
    case busy(path: String)
    case beyondTail(position: Int64, tail: Int64)
    /// An event that is not what its description says.
    case unreadable(position: Int64)
    case noCoordinates
    /// No checkpoint covers the last event yet.
    case notSealed(position: Int64)
    case noSuchCategory(String)
    /// A database is not written as a stream.
    case notCompressed(path: String)

    package var words: Words {
        switch self {
        case .exists(let path):
            Words("\(path) is there already; --force replaces it", zh: "\(path) 已存在；用 --force 覆盖")
        case .directory(let path):
            Words("\(path) is a directory; name a file in it", zh: "\(path) 是目录，请指定其中的文件")
        case .unwritable(let path, let reason):
            Words("\(path) cannot be written: \(reason)", zh: "无法写入 \(path)：\(reason)")
        case .busy(let path):
            Words("another export is writing to \(path)", zh: "另一个导出正在写入 \(path)")
        case .beyondTail(let position, let tail):
            Words(
                "position \(position) is not in the log: its last event stands at \(tail)",
                zh: "日志中没有位置 \(position)：最后一个事件位于 \(tail)"
            )
        case .unreadable(let position):
            Words("the event at position \(position) cannot be read", zh: "无法读取位置 \(position) 的事件")
        case .noCoordinates:
            Words(
                "no event says where it happened: GeoJSON needs attributes latitude and longitude, or a location"
                    + " as (40.7, -73.9), POINT (-73.9 40.7), 40.7 -73.9 or a Point of GeoJSON",
                zh: "没有事件带有坐标：GeoJSON 需要 latitude 与 longitude 属性，或形如 (40.7, -73.9)、POINT (-73.9 40.7)、"
                    + "40.7 -73.9 的位置，或 GeoJSON 的 Point"
            )
        case .notSealed(let position):
            Words(
                "no checkpoint covers position \(position) yet: receipts need a log that is sealed; try again in a second,"
                    + " or start the daemon",
                zh: "尚无检查点覆盖位置 \(position)：回执需要已封存的日志；请稍后再试，或启动守护进程"
            )
        case .notCompressed(let path):
            Words(
                "\(path): an SQLite database is not compressed; name it without .gz",
                zh: "\(path)：SQLite 数据库不能压缩，请去掉 .gz"
            )
        case .noSuchCategory(let category):
            Words("no stream of the log is a \(category)", zh: "日志中没有类别为 \(category) 的事件流")
        }
    }
}

extension ExportFileError: CustomStringConvertible {
    package var description: String { words.en }
}

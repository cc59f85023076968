package import EventSourcing
package import Records

/// Why an import could not begin, or stopped. What was appended until then stays; running it again goes on from there.
package enum ImportError: Error, Hashable, Sendable {
    case unreadable(path: String, reason: String)
    case directory(path: String)
    case notAFile(path: String)
    case empty(path: String)
    case foreignForm(path: String, ForeignForm)
    /// The header lacks columns that the mapping names.
    case missingColumns(path: String, mapping: String, missing: [String], found: [String])
    /// The header names a column twice that the mapping uses.
    case repeatedColumn(path: String, column: String)
    /// The header is no row of CSV.
    case unreadableHeader(path: String)
    /// This machine cannot read the encoding that the mapping names.
    case noConverter(path: String, encoding: Mapping.TextEncoding)
    /// It cannot be unpacked.
    case gzip(path: String, GzipFault)
    /// It cannot be read any further: what was before it stays.
    case form(path: String, line: Int, FormFault)
    /// Somebody wrote to the file during the import.
    case changed(path: String)
    /// Imports go into logs of the past only (R16.5).
    case notHistory(log: LogName, mode: LogMode)
    case log(AppendError)
    /// The log refused a row for a reason that cannot occur when imports alone write to it.
    case conflict(stream: StreamName)
    case rejectsFile(path: String, reason: String)

    package var words: Words {
        switch self {
        case .unreadable(let path, let reason):
            Words("\(path) cannot be read: \(reason)", zh: "无法读取 \(path)：\(reason)")
        case .directory(let path):
            Words("\(path) is a directory; name a CSV file in it", zh: "\(path) 是目录，请指定其中的 CSV 文件")
        case .notAFile(let path):
            Words(
                "\(path) is not a regular file; an import reads its file twice, so save the data to a file first",
                zh: "\(path) 不是普通文件；导入需要读取两遍，请先保存为文件"
            )
        case .empty(let path):
            Words("\(path) is empty", zh: "\(path) 是空文件")
        case .foreignForm(let path, let form):
            form.words(path: path)
        case .missingColumns(let path, let mapping, let missing, let found):
            Words(
                "\(path) does not fit the mapping \(mapping): it has no column \(Self.list(missing, " or "))."
                    + " Its columns are: \(Self.list(found, ", ")). For a mapping that fits: muster import --suggest \(path)",
                zh: "\(path) 与映射 \(mapping) 不符：缺少列 \(Self.list(missing, "、"))。文件中的列：\(Self.list(found, "、"))。"
                    + "要得到适合的映射：muster import --suggest \(path)"
            )
        case .repeatedColumn(let path, let column):
            Words(
                "\(path) has two columns named “\(column)”; rename one of them",
                zh: "\(path) 中有两列都叫“\(column)”，请改名"
            )
        case .unreadableHeader(let path):
            Words(
                "the first line of \(path) is not a CSV header in UTF-8",
                zh: "\(path) 的第一行不是 UTF-8 的 CSV 表头"
            )
        case .noConverter(let path, let encoding):
            Words(
                "\(path) cannot be read: this machine has no converter for \(encoding.rawValue); install those of the C"
                    + " library, or convert the file first (iconv -t utf-8)",
                zh: "无法读取 \(path)：本机没有 \(encoding.rawValue) 的转换器；请安装 C 库的转换器，或先用 iconv 转换为 utf-8"
            )
        case .gzip(let path, let fault): Words("\(path) \(fault.words.en)", zh: "\(path) \(fault.words.zh)")
        case .form(let path, let line, let fault):
            Words("\(path), line \(line): \(fault.words.en)", zh: "\(path) 第 \(line) 行：\(fault.words.zh)")
        case .changed(let path):
            Words(
                "\(path) was changed during the import; run the import again when it is complete",
                zh: "导入期间 \(path) 被修改；请在文件写完后重新导入"
            )
        case .notHistory(let log, let mode):
            Words(
                "\(log) is a log of mode \(mode.rawValue); imports go into logs of mode history only (R16.5)",
                zh: "日志 \(log) 的模式是 \(mode.rawValue)；只能导入到 history 模式的日志（R16.5）"
            )
        case .log(let error): error.importWords
        case .conflict(let stream):
            Words("the log refused a row of stream \(stream)", zh: "日志拒绝了事件流 \(stream) 的一行")
        case .rejectsFile(let path, let reason):
            Words(
                "the rejected rows cannot be written to \(path): \(reason); name another place with --rejects, and run the"
                    + " import again to go on",
                zh: "无法把被拒绝的行写入 \(path)：\(reason)；请用 --rejects 指定其他位置，然后重新运行导入即可继续"
            )
        }
    }

    /// At most thirty names, each quoted.
    private static func list(_ names: [String], _ separator: String) -> String {
        let shown = names.prefix(30).map { "“\($0.prefix(80))”" }.joined(separator: separator)
        return names.count > 30 ? shown + " … (\(names.count))" : shown
    }
}

extension ImportError: CustomStringConvertible {
    package var description: String { words.en }
}

extension ForeignForm {
    fileprivate func words(path: String) -> Words {
        switch self {
        case .zip:
            Words(
                "\(path) is a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV",
                zh: "\(path) 是 ZIP 压缩包或电子表格；请解压或另存为 CSV"
            )
        case .zstandard:
            Words("\(path) is compressed with zstd; run unzstd on it first", zh: "\(path) 是 zstd 压缩文件，请先用 unzstd 解压")
        case .utf16:
            Words(
                "\(path) is UTF-16 text; convert it first: iconv -f utf-16 -t utf-8",
                zh: "\(path) 是 UTF-16 文本，请先转换：iconv -f utf-16 -t utf-8"
            )
        }
    }
}

extension AppendError {
    fileprivate var importWords: Words {
        switch self {
        case .overloaded:
            Words("the log is overloaded; run the import again to go on", zh: "日志过载；稍后重新运行导入即可继续")
        case .outcomeUnknown:
            Words(
                "the connection to the log broke and the outcome of the last rows is unknown;"
                    + " run the import again to go on",
                zh: "与日志的连接中断，最后若干行的结果未知；重新运行导入即可继续"
            )
        case .unavailable(let reason):
            Words("the log is unavailable: \(reason); run the import again to go on", zh: "日志不可用：\(reason)；重新运行导入即可继续")
        case .regressed(let acknowledged, let found):
            Words(
                "the server stands at \(found), behind \(acknowledged), which it had acknowledged;"
                    + " nothing more is written",
                zh: "服务器位于 \(found)，落后于已确认的 \(acknowledged)；已停止写入"
            )
        case .invalid(let reason):
            Words("the log refused the rows: \(reason)", zh: "日志拒绝了这些行：\(reason)")
        }
    }
}

import CPushXML

/// The rows of an XML document, read by libxml2 as it comes.
///
/// The document may come from anybody. Nothing is read that it names: a document type declaration, which alone can
/// declare entities and name other files, ends the reading. Depth, the length of a tag and of a text are bounded.
final class XMLRows: RowReader {
    /// Deeper nesting than this is refused.
    static let maximumDepth = 64
    /// Bytes of one tag, comment, processing instruction or CDATA section.
    static let maximumTagBytes = 256 << 10
    /// Bytes that are parsed at a time: so few that the rows of them fit the memory, however they repeat what they share.
    private static let pieceBytes = 4 << 10

    fileprivate var handler: any XMLHandler
    fileprivate var parser: OpaquePointer?
    fileprivate var depth = 0
    fileprivate var fault: FormFault?

    private var chunk: [UInt8] = []
    private var nextOfChunk = 0
    private var isFinished = false
    private var hasEnded = false
    private var faultLine = 1
    private var hasFailed = false

    init(_ handler: any XMLHandler) {
        self.handler = handler
        let handler = push_xml_handler(
            start: startElement,
            end: endElement,
            text: characters,
            document_type: documentType,
            entity: entity
        )
        parser = push_xml_create(handler, Unmanaged.passUnretained(self).toOpaque())
        if parser == nil { fault = .xml("no memory") }
    }

    deinit { push_xml_free(parser) }

    var columns: [String]? { handler.columns }
    var bytes: [UInt8] { handler.bytes }
    var fields: [Range<Int>] { handler.fields }
    var line: Int { hasFailed ? faultLine : handler.line }
    var isTerminated: Bool { true }
    var endsInsideRow: Bool { hasFailed && fault == .cut }

    func feed(_ chunk: [UInt8]) {
        self.chunk = chunk
        nextOfChunk = 0
    }

    func finish() { isFinished = true }

    func next() -> RowStep {
        while true {
            if let step = handler.next() { return step }
            if let fault {
                hasFailed = true
                return .failure(fault)
            }
            if hasEnded { return .end }
            if nextOfChunk < chunk.count {
                parsePiece()
            } else if isFinished {
                end()
            } else {
                return .needsMore
            }
        }
    }

    private func parsePiece() {
        let count = min(Self.pieceBytes, chunk.count - nextOfChunk)
        chunk.withUnsafeBytes { bytes in
            let start = bytes.baseAddress.map { ($0 + nextOfChunk).assumingMemoryBound(to: CChar.self) }
            push_xml_parse(parser, start, Int32(count), 0)
        }
        nextOfChunk += count
        noteError(orElse: nil)
        if fault == nil, push_xml_pending(parser) > Self.maximumTagBytes {
            fail(.xml("a tag, comment or CDATA section is longer than \(Self.maximumTagBytes) bytes"))
        }
    }

    private func end() {
        hasEnded = true
        let wasWhole = push_xml_is_well_formed(parser) != 0
        push_xml_parse(parser, nil, 0, 1)
        noteError(orElse: wasWhole ? .cut : nil)
        guard fault == nil else { return }
        do throws(FormFault) { try handler.finish() } catch { fail(error) }
    }

    /// Keeps the parser's first error.
    private func noteError(orElse cut: FormFault?) {
        guard fault == nil else {
            if faultLine == 1 { faultLine = currentLine }
            return
        }
        guard push_xml_is_well_formed(parser) == 0 else { return }
        let message = push_xml_message(parser).map { Self.plain(String(cString: $0)) } ?? "unknown error"
        fail(cut ?? .xml(message))
        faultLine = max(1, Int(push_xml_message_line(parser)))
    }

    fileprivate func fail(_ fault: FormFault) {
        guard self.fault == nil else { return }
        self.fault = fault
        faultLine = currentLine
        push_xml_stop(parser)
    }

    /// Whether all is well so far. The parser ends elements for the document, and calls on, where it is not.
    fileprivate var isWhole: Bool { fault == nil && push_xml_is_well_formed(parser) != 0 }

    fileprivate var currentLine: Int { max(1, Int(push_xml_line(parser))) }

    /// One line without control characters, of bounded length.
    private static func plain(_ message: String) -> String {
        var text = ""
        for scalar in message.unicodeScalars.prefix(200) {
            text.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}

// What the parser calls. Each is given the reader that made it, which outlives it.

private func reader(_ user: UnsafeMutableRawPointer?) -> XMLRows? {
    user.map { Unmanaged<XMLRows>.fromOpaque($0).takeUnretainedValue() }
}

private func startElement(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<UInt8>?,
    _ prefix: UnsafePointer<UInt8>?,
    _ uri: UnsafePointer<UInt8>?,
    _ count: Int32,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
) {
    guard let reader = reader(user), reader.isWhole else { return }
    reader.depth += 1
    guard reader.depth <= XMLRows.maximumDepth else {
        reader.fail(.tooDeep(XMLRows.maximumDepth))
        return
    }
    let element = XMLElement(
        name: name,
        prefix: prefix,
        namespace: uri,
        line: reader.currentLine,
        count: Int(count),
        attributes: attributes
    )
    do throws(FormFault) { try reader.handler.start(element) } catch { reader.fail(error) }
}

private func endElement(_ user: UnsafeMutableRawPointer?) {
    guard let reader = reader(user), reader.isWhole else { return }
    reader.depth -= 1
    do throws(FormFault) { try reader.handler.end() } catch { reader.fail(error) }
}

private func characters(_ user: UnsafeMutableRawPointer?, _ text: UnsafePointer<UInt8>?, _ count: Int32) {
    guard let reader = reader(user), reader.isWhole, let text, count > 0 else { return }
    reader.handler.text(UnsafeBufferPointer(start: text, count: Int(count)))
}

private func documentType(_ user: UnsafeMutableRawPointer?) { reader(user)?.fail(.documentType) }

private func entity(_ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<UInt8>?) {
    reader(user)?.fail(.entity(name.map { String(cString: $0) } ?? ""))
}

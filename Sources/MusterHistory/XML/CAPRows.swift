/// The alerts of the Common Alerting Protocol ([CAP 1.1 and 1.2](https://docs.oasis-open.org/emergency/cap/v1.2/)), one
/// row for each alert and `info`; an alert without one is a row of its own.
///
/// Columns are the elements by their path below the alert, as `identifier`, `info.event`, `info.area.areaDesc`; pairs of
/// `valueName` and `value` by the name, as `info.parameter.VTEC`; repeated elements are joined by semicolons.
/// `info.@index` counts the infos of an alert from 1; it is 0 for an alert without any. Alerts are found wherever they stand, as in an envelope of EDXL-DE;
/// elements of other namespaces, as signatures, are left out.
struct CAPRows: XMLHandler {
    static let namespacePrefix = "urn:oasis:names:tc:emergency:cap:"
    private static let namespaces: Set<String> = [namespacePrefix + "1.1", namespacePrefix + "1.2"]
    static let infoCounter = "info.@index"
    /// Bytes of what an alert says, which each info repeats.
    private static let maximumAlertBytes = 64 << 10

    private var builder: RowBuilder
    private var queue = RowQueue()
    /// Elements below the alert; nil outside of one.
    private var path: XMLPath?
    private var value = XMLText()
    private var alert: RowBuilder.Mark?
    private var root: String?
    private var alerts = 0
    private var infos = 0
    private var alertLine = 1
    private var infoLine = 1
    /// How deep an element outside of alerts is.
    private var outside = 0
    /// How deep an element of another namespace is.
    private var foreign = 0
    private var namespace: String?
    private var valueName: String?

    init(builder: RowBuilder) { self.builder = builder }

    var columns: [String] { builder.columns }
    var bytes: [UInt8] { queue.bytes }
    var fields: [Range<Int>] { queue.fields }
    var line: Int { queue.line }

    mutating func start(_ element: XMLElement) throws(FormFault) {
        if root == nil { root = element.name }
        guard path != nil else {
            guard element.name == "alert", let space = element.namespace, Self.namespaces.contains(space) else {
                outside += 1
                return
            }
            beginAlert(element, space)
            return
        }
        guard foreign == 0, element.namespace == namespace else {
            foreign += 1
            return
        }
        if path?.isEmpty == true, element.name == "info" {
            infos += 1
            infoLine = element.line
            builder.reset(to: alert)
            builder.set(Self.infoCounter, String(infos))
        }
        value.removeAll()
        path?.push(element.name)
    }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
        if foreign == 0, path != nil { value.append(text) }
    }

    mutating func end() throws(FormFault) {
        guard let path else {
            outside -= 1
            return
        }
        guard foreign == 0 else {
            foreign -= 1
            return
        }
        guard !path.isEmpty else {
            endAlert()
            return
        }
        take(value.trimmed, at: path)
        value.removeAll()
        let name = path.text
        self.path?.pop()
        if name == "info" {
            queue.put(builder, line: infoLine)
            builder.reset(to: alert)
        } else if infos == 0, !name.hasPrefix("info.") {
            keepForAlert()
        }
    }

    mutating func finish() throws(FormFault) {
        guard alerts > 0 else { throw .root(found: root ?? "", expected: .cap) }
    }

    mutating func next() -> RowStep? { queue.next() }

    private mutating func beginAlert(_ element: XMLElement, _ space: String) {
        alerts += 1
        infos = 0
        alertLine = element.line
        namespace = space
        path = XMLPath()
        builder.reset()
        alert = nil
    }

    private mutating func endAlert() {
        if infos == 0 {
            builder.set(Self.infoCounter, "0")
            queue.put(builder, line: alertLine)
        }
        path = nil
        alert = nil
        builder.reset()
    }

    private mutating func keepForAlert() {
        let mark = builder.mark()
        if mark.byteCount <= Self.maximumAlertBytes { alert = mark } else { builder.reset(to: alert) }
    }

    private mutating func take(_ text: ArraySlice<UInt8>, at path: XMLPath) {
        if path.hasSuffix("valueName") {
            valueName = String(decoding: text.prefix(RowBuilder.maximumNameBytes), as: UTF8.self)
        } else if path.hasSuffix("value"), let name = valueName {
            var outer = path
            outer.pop()
            if !text.isEmpty { builder.add("\(outer.text).\(name)", text) }
            valueName = nil
        } else {
            valueName = nil
            if !text.isEmpty { builder.add(path.text, text) }
        }
    }
}

package import Metrics
import Synchronization

/// A metrics backend that keeps figures in memory and prints them in the
/// [Prometheus text format](https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
///
/// Timers become histograms in seconds, aggregating recorders histograms of plain numbers, other recorders and meters
/// gauges. Each name has at most `seriesPerName` sets of labels; what comes after is counted under `other`, so that a label
/// taken from outside by mistake cannot fill the memory.
package final class PrometheusRegistry: MetricsFactory {
    static let seriesPerName = 500

    private struct Family {
        let kind: String
        var series: [String: any PrometheusSeries] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    package init() {}

    /// Everything recorded so far, families and series in order of their names.
    package func text() -> String {
        let families = self.families.withLock { families in families.sorted { $0.key < $1.key } }
        var text = ""
        for (name, family) in families {
            text += "# TYPE \(name) \(family.kind)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name, labels, to: &text)
            }
        }
        return text
    }

    // MARK: - MetricsFactory

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, kind: "counter") { CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, dimensions, kind: "counter") { FloatingPointCounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, kind: "gauge") { GaugeSeries() }
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate {
            series(label, dimensions, kind: "histogram") { HistogramSeries(bounds: HistogramSeries.counts) }
        } else {
            series(label, dimensions, kind: "gauge") { GaugeSeries() }
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, kind: "histogram") { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    // A series lives as long as the process: a scraper must not see a counter go back.
    package func destroyCounter(_: any CounterHandler) {}
    package func destroyFloatingPointCounter(_: any FloatingPointCounterHandler) {}
    package func destroyMeter(_: any MeterHandler) {}
    package func destroyRecorder(_: any RecorderHandler) {}
    package func destroyTimer(_: any TimerHandler) {}

    // MARK: - Series

    private func series<Series: PrometheusSeries>(
        _ label: String,
        _ dimensions: [(String, String)],
        kind: String,
        make: () -> Series
    ) -> Series {
        let name = PrometheusText.name(label)
        let labels = PrometheusText.labels(dimensions)
        return families.withLock { families in
            if let known = families[name]?.series[labels] as? Series { return known }
            let count = families[name]?.series.count ?? 0
            let key =
                count < Self.seriesPerName ? labels : PrometheusText.labels(dimensions.map { ($0.0, "other") })
            if let known = families[name]?.series[key] as? Series { return known }
            let series = make()
            // Another kind under the same name is our own mistake; it is counted for its caller but not printed.
            if families[name, default: Family(kind: kind)].kind == kind {
                families[name, default: Family(kind: kind)].series[key] = series
            }
            return series
        }
    }
}

/// Names and labels as Prometheus writes them.
enum PrometheusText {
    static func name(_ label: String) -> String {
        if label.unicodeScalars.allSatisfy(isNameScalar) { return label }
        return String(String.UnicodeScalarView(label.unicodeScalars.map { isNameScalar($0) ? $0 : "_" }))
    }

    /// `{a="b",c="d"}`, or nothing.
    static func labels(_ dimensions: [(String, String)]) -> String {
        guard !dimensions.isEmpty else { return "" }
        let pairs = dimensions.map { "\(name($0.0))=\"\(escaped($0.1))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    /// The labels with one more.
    static func labels(_ labels: String, adding name: String, _ value: String) -> String {
        labels.isEmpty ? "{\(name)=\"\(value)\"}" : "\(labels.dropLast()),\(name)=\"\(value)\"}"
    }

    static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        if value.isNaN { return "NaN" }
        return value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : "\(value)"
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ":": true
        default: false
        }
    }

    private static func escaped(_ value: String) -> String {
        if value.utf8.count <= 200, value.utf8.allSatisfy({ !isSpecial($0) }) { return value }
        var text = ""
        for character in value.prefix(200) {
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.append(character)
            }
        }
        return text
    }
}

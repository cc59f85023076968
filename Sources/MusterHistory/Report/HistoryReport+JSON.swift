import EventSourcing
import Records

extension HistoryReport {
    /// Writes the members of the report into an object that is open. What is not known is null, durations are in seconds.
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("firstOccurredAt", firstOccurredAt)
        writer.member("lastOccurredAt", lastOccurredAt)
        writer.list("types", types) { entry, writer in
            writer.member("type", entry.type.name)
            writer.member("version", Int(entry.type.version))
            writer.member("count", entry.count)
        }
        writer.list("imports", imports) { report, writer in report.write(to: &writer) }
        writer.name("whistles")
        if let whistles {
            writer.beginObject()
            writer.member("whistles", whistles.whistles)
            writer.member("calls", whistles.calls)
            writer.member("noShows", whistles.noShows)
            writer.list("intervals", whistles.intervals) { interval, writer in interval.write(to: &writer) }
            writer.endObject()
        } else {
            writer.null()
        }
    }
}

extension MappingReport {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("mapping", mapping)
        writer.member("version", version)
        writer.member("title", title)
        writer.member("rows", rows)
        writer.member("cases", cases)
        writer.name("caseSizes")
        if let caseSizes {
            writer.beginObject()
            writer.member("several", caseSizes.several)
            writer.member("largest", caseSizes.largest?.rows)
            writer.name("largestCase")
            if let largest = caseSizes.largest { writer.string(largest.id) } else { writer.null() }
            writer.endObject()
        } else {
            writer.null()
        }
        writer.list("intervals", intervals) { interval, writer in interval.write(to: &writer) }
        writer.list("lateness", lateness) { entry, writer in
            writer.member("stage", entry.stage)
            writer.member("due", entry.due)
            writer.member("rows", entry.rows)
            writer.member("late", entry.late)
        }
        writer.list("counts", counts) { count, writer in
            writer.member("attribute", count.attribute)
            writer.member("words", count.words)
            writer.member("missing", count.missing)
            writer.list("values", count.values) { value, writer in
                writer.member("value", value.value)
                writer.member("rows", value.rows)
            }
        }
        writer.list("files", files) { file, writer in
            writer.member("source", file.source)
            writer.member("sha256", file.sha256)
            writer.member("bytes", file.byteCount)
            writer.member("rows", file.rows)
            writer.member("rejected", file.rows == nil ? nil : file.rejected)
            writer.member("changed", file.rows == nil ? nil : file.changed)
        }
    }
}

extension IntervalReport {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("from", from)
        writer.member("to", to)
        writer.member("rows", durations.count)
        writer.member("missing", missing)
        writer.member("negative", negative)
        writer.member("minimumSeconds", durations.minimum)
        writer.member("medianSeconds", durations.median)
        writer.member("p90Seconds", durations.percentile(90))
        writer.member("p99Seconds", durations.percentile(99))
        writer.member("maximumSeconds", durations.maximum)
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ value: Int?) {
        self.name(name)
        if let value { integer(value) } else { null() }
    }

    mutating func member(_ name: String, _ value: Duration?) {
        self.name(name)
        if let value { number(Double(value.wholeMicroseconds) / 1_000_000) } else { null() }
    }

    mutating func member(_ name: String, _ value: Timestamp?) {
        self.name(name)
        if let value { string(value.rfc3339) } else { null() }
    }

    mutating func member(_ name: String, _ value: Words) {
        self.name(name)
        beginObject()
        member("en", value.en)
        member("zh", value.zh)
        endObject()
    }

    mutating func list<Element>(
        _ name: String,
        _ elements: [Element],
        _ write: (Element, inout JSONWriter) -> Void
    ) {
        self.name(name)
        beginArray()
        for element in elements {
            beginObject()
            write(element, &self)
            endObject()
        }
        endArray()
    }
}

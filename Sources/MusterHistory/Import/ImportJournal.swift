import EventSourcing
import Records

/// The events that frame an import, in the stream `import-<sha256>`.
struct ImportJournal {
    let file: RowSource.Identity
    let mapping: Mapping

    func started(at time: Timestamp) -> Append {
        let event = ImportStarted(
            source: file.name,
            byteCount: file.byteCount,
            sha256: file.sha256,
            mapping: mapping.name,
            mappingVersion: mapping.version,
            mappingText: mapping.text,
            personal: mapping.personal,
            ofCase: mapping.attributesOfCase
        )
        let data = ImportStarted.record.encode(event)
        return append(start, NewEvent(type: ImportEventType.started, data: data), at: time)
    }

    func finished(_ summary: ImportSummary, at time: Timestamp) -> Append {
        let event = ImportFinished(
            sha256: file.sha256,
            mapping: mapping.name,
            mappingVersion: mapping.version,
            rows: summary.rows,
            added: summary.added,
            duplicates: summary.duplicates,
            changed: summary.changed,
            negativeIntervals: summary.negativeIntervals,
            rejects: summary.rejects.sorted { $0.key < $1.key }.map(ImportFinished.Reject.init(reason:rows:))
        )
        let data = ImportFinished.record.encode(event)
        let command = ImportID.finish(sha256: file.sha256, mapping: mapping)
        return append(command, NewEvent(type: ImportEventType.finished, data: data), at: time)
    }

    private var start: CommandID { ImportID.start(sha256: file.sha256, mapping: mapping) }

    private func append(_ command: CommandID, _ event: NewEvent, at time: Timestamp) -> Append {
        let stream = StreamName(category: "import", id: file.sha256)
        return Append(
            command: command,
            occurredAt: time,
            metadata: ImportMetadata.bytes(start: start),
            writes: [StreamWrite(stream: stream, expected: .any, events: [event])]
        )
    }
}

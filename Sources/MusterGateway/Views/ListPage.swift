import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// A board that is a list, in the words of one language.
struct ListPage<B: ListedBoard> {
    let language: Language
    let offset: Duration
    let snapshot: BoardSnapshot<B>

    private var time: LocalTime { LocalTime(offset: offset, language: language) }
    private var now: Timestamp { snapshot.head.now }

    func fields() -> Fields {
        var sections: [(heading: ListHeading, rows: [Fields])] = []
        var places: [String: Int] = [:]
        for row in snapshot.rows {
            let place = places[row.heading.id] ?? sections.count
            if place == sections.count {
                places[row.heading.id] = place
                sections.append((row.heading, []))
            }
            sections[place].rows.append(fields(row))
        }
        var fields: Fields = [
            "columns": B.columns.map { $0[language] }, "columnCount": B.columns.count + (B.hasClocks ? 3 : 1),
            "hasRows": !snapshot.rows.isEmpty, "hasManyColumns": B.columns.count > 3,
            "hasClocks": B.hasClocks,
            "sections": sections.map { section -> Fields in
                [
                    "section": section.heading.id, "name": section.heading.words[language],
                    "openText": section.rows.count, "rows": section.rows,
                ]
            },
        ]
        fields.merge(ParkedFields.fields(snapshot.head)) { first, _ in first }
        fields.merge(counts()) { first, _ in first }
        fields.merge(side()) { first, _ in first }
        return fields
    }

    func fields(_ row: B.Row) -> Fields {
        let phase = phase(row)
        let word = ["late", "soon", "paused"].contains(phase) ? Strings.words(phase)[language] : ""
        var fields: Fields = [
            "key": row.key, "order": String(row.order.text.dropLast(row.key.count + 1)), "phase": phase,
            "phaseWord": word, "leftText": row.due.map { LocalTime.remaining($0, now: now) } ?? "–",
            "dueText": row.due.map { time.minute($0, seenAt: now) } ?? "", "title": row.title[language],
            "detail": row.detail[language],
            "cells": zip(row.cells, B.columns).map(labelled),
        ]
        if let due = row.due { fields["dueMillis"] = due.microseconds / 1_000 }
        if let page = row.page { fields["href"] = page }
        return fields
    }

    private func fields(_ cell: ListCell) -> Fields {
        let parts = [cell.words[language], cell.time.map { time.minute($0, seenAt: now) } ?? ""]
        return [
            "text": parts.filter { !$0.isEmpty }.joined(separator: " "), "note": cell.note?[language] ?? "",
            "tone": cell.tone.rawValue,
        ]
    }

    /// With what stands over its column, where a narrow screen shows no heads.
    private func labelled(_ cell: ListCell, _ column: Words) -> Fields {
        var fields = self.fields(cell)
        fields["label"] = column[language]
        return fields
    }

    /// `late`, `soon`, `running`, `paused` or `waiting`.
    private func phase(_ row: B.Row) -> String {
        switch row.order.group {
        // Where no clock is, none stands still.
        case .paused: return row.due == nil ? "waiting" : "paused"
        case .waiting: return "waiting"
        case .running: break
        }
        guard let due = row.due else { return "waiting" }
        if due < now { return "late" }
        return due.since(now) <= snapshot.head.soon ? "soon" : "running"
    }

    func counts() -> Fields {
        [
            "counts": snapshot.figures.counts.map { count -> Fields in
                [
                    "text": count.words[language], "count": count.count, "isOn": count.count > 0,
                    "tone": count.tone.rawValue,
                ]
            }
        ]
    }

    func side() -> Fields {
        let (remarks, matrix) = (snapshot.figures.remarks, snapshot.figures.matrix)
        return [
            "hasRemarks": !remarks.isEmpty || matrix != nil,
            "matrix": matrix.map { [fields($0)] } ?? [],
            "remarks": remarks.filter { !$0.lines.isEmpty }.map { remark -> Fields in
                [
                    "name": remark.words[language],
                    "lines": remark.lines.map(fields),
                ]
            },
        ]
    }

    private func fields(_ matrix: ListMatrix) -> Fields {
        [
            "name": matrix.words[language], "columns": matrix.columns.map { $0[language] },
            "rows": matrix.rows.map { row -> Fields in
                [
                    "text": row.words[language], "note": row.note[language],
                    "marks": row.marks.map { ["mark": $0?.rawValue ?? "none", "words": $0?.words[language] ?? ""] },
                ]
            },
            "restText": matrix.rest?[language] ?? "", "restHref": "/v1/boards/\(B.name)",
        ]
    }
}

import MusterDomain
import Records

/// Every command with its words, its roles and the JSON Schema of its data.
enum CommandCatalogueDocument {
    static func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 32_768)
        writer.beginObject()
        writer.name("commands")
        writer.beginArray()
        for entry in CommandCatalogue.all { write(entry, to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ entry: CommandEntry, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("command", entry.name)
        writer.member("system", entry.system.rawValue)
        writer.member("title", entry.words.en)
        writer.member("x-title-zh", entry.words.zh)
        if let help = entry.help {
            writer.member("description", help.en)
            writer.member("x-description-zh", help.zh)
        }
        writer.name("roles")
        writer.beginArray()
        for role in entry.roles { writer.string(role.rawValue) }
        writer.endArray()
        writer.name("data")
        Schema.record(entry.fields).writeJSONSchema(to: &writer)
        writer.endObject()
    }
}

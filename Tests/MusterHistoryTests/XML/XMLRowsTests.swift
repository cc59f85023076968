import Testing

@testable import MusterHistory

@Suite("Rows of XML")
struct XMLRowsTests {
    static let handlers: [String] = ["xes", "atom", "cap", "ocel", "ocel-objects"]

    static func reader(_ name: String) -> XMLRows {
        let builder = RowBuilder(columns: nil)
        return switch name {
        case "xes": XMLRows(XESRows(builder: builder))
        case "atom": XMLRows(AtomRows(builder: builder))
        case "cap": XMLRows(CAPRows(builder: builder))
        case "ocel":
            XMLRows(
                OCELXMLRows(maker: OCELRowMaker(builder: builder, objects: OCELObjects(caseType: nil, columns: [])))
            )
        default: XMLRows(OCELXMLObjects(objects: OCELObjects(caseType: nil, columns: [])))
        }
    }

    private static func read(_ text: String, _ name: String = "xes", chunk: Int = 4_096) -> RowReading {
        RowReading(text.utf8, by: reader(name), chunk: chunk)
    }

    @Test("XES: attributes of event and trace, nested ones by their path, and both counted")
    func xes() {
        let text = #"""
            <?xml version="1.0" encoding="UTF-8"?>
            <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
              <string key="origin" value="x"/>
              <global scope="event"><string key="concept:name" value="none"/></global>
              <trace>
                <string key="concept:name" value="7"/>
                <event>
                  <string key="concept:name" value="a &amp; b"><int key="cost" value="3"/></string>
                  <date key="time:timestamp" value="2011-01-06T09:18:00.000+01:00"/>
                  <list key="l"><values><int key="x" value="5"/><int key="x" value="6"/></values></list>
                </event>
                <event><string key="concept:name" value="c"/></event>
              </trace>
              <trace><event/></trace>
              <event><string key="concept:name" value="alone"/></event>
            </log>
            """#
        #expect(
            Self.read(text).rows == [
                [
                    "case:concept:name": "7", "case:@index": "1", "@index": "1", "concept:name": "a & b",
                    "concept:name.cost": "3", "time:timestamp": "2011-01-06T09:18:00.000+01:00", "l.x": "5; 6",
                ],
                ["case:concept:name": "7", "case:@index": "1", "@index": "2", "concept:name": "c"],
                ["case:@index": "2", "@index": "1"], ["@index": "2", "concept:name": "alone"],
            ]
        )
        #expect(Self.read(text, chunk: 1) == Self.read(text))
        #expect(Self.read(text).entries.first?.hasPrefix("7: ") == true)
    }

    @Test("Atom: elements, links, categories, GeoRSS, and the definition list of the content")
    func atom() {
        let text = #"""
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://www.georss.org/georss"
                  xmlns:gml="http://www.opengis.net/gml">
              <id>f</id><title>All</title>
              <entry>
                <id>1</id><title type="html">A &amp;amp; B</title><updated>2017-02-28T14:54:55.0-08:00</updated>
                <author><name>N</name></author><category term="T" label="L"/><category term="U"/>
                <link href="http://x/1"/><link rel="edit" href="http://x/e"/>
                <g:point>45.5 -122.7</g:point>
                <content type="html">&lt;dl&gt;&lt;dt&gt;Agency:&lt;/dt&gt;&lt;dd&gt;Fire &amp;amp; Rescue&lt;/dd&gt;
                  &lt;DT&gt;Type&lt;/DT&gt;&lt;DD&gt;&lt;b&gt;Gas&lt;/b&gt; leak&lt;/DD&gt;&lt;/dl&gt;</content>
              </entry>
              <entry><id>2</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a<b>b</b></div></content>
                <g:where><gml:Point><gml:pos>1 2</gml:pos></gml:Point></g:where></entry>
            </feed>
            """#
        let reading = Self.read(text, "atom")
        #expect(reading.rows.count == 2)
        let first = reading.rows.first ?? [:]
        #expect(first["id"] == "1")
        #expect(first["feed.title"] == "All")
        #expect(first["category.term"] == "T; U")
        #expect(first["category.label"] == "L")
        #expect(first["author.name"] == "N")
        #expect(first["link"] == "http://x/1")
        #expect(first["link.edit"] == "http://x/e")
        #expect(first["georss:point"] == "45.5 -122.7")
        #expect(first["content.Agency"] == "Fire & Rescue")
        #expect(first["content.Type"] == "Gas leak")
        let second = reading.rows.last ?? [:]
        #expect(second["id"] == "2")
        #expect(second["content"] == "ab")
        #expect(second["georss:point"] == "1 2")
        #expect(second["updated"] == nil)
    }

    @Test("CAP: one row for each info, or for an alert without one, wherever the alert stands")
    func cap() {
        let text = #"""
            <?xml version="1.0"?>
            <envelope><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
              <identifier>A</identifier><code>x</code><code>y</code>
              <s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"><s:identifier>no</s:identifier></s:Signature>
              <info><language>en</language><event>Fire</event>
                <parameter><valueName>VTEC</valueName><value>V1</value></parameter>
                <area><areaDesc>Here</areaDesc><geocode><valueName>SAME</valueName><value>1</value></geocode></area>
                <area><areaDesc>There</areaDesc></area></info>
              <info><event>Feu</event></info>
            </alert>
            <alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"><identifier>B</identifier></alert></envelope>
            """#
        #expect(
            Self.read(text, "cap").rows == [
                [
                    "identifier": "A", "code": "x; y", "info.@index": "1", "info.language": "en", "info.event": "Fire",
                    "info.parameter.VTEC": "V1", "info.area.areaDesc": "Here; There", "info.area.geocode.SAME": "1",
                ],
                ["identifier": "A", "code": "x; y", "info.@index": "2", "info.event": "Feu"],
                ["identifier": "B", "info.@index": "0"],
            ]
        )
    }

    @Test(
        "a document of another kind is refused with what it is",
        arguments: [
            ("<feed/>", "xes"), ("<log/>", "atom"), ("<rss/>", "atom"), ("<feed/>", "cap"), ("<feed/>", "ocel"),
            ("<alert xmlns='urn:oasis:names:tc:emergency:cap:9'/>", "cap"), ("<log><trace/></log>", "ocel"),
        ]
    )
    func roots(text: String, name: String) {
        #expect(Self.read(text, name).failure?.code == "root")
    }

    @Test("OCEL 1.0 in XML is refused by its name")
    func oldOCEL() {
        #expect(Self.read("<log><global scope='event'/></log>", "ocel").failure == .oldOCEL)
    }

    @Test(
        "no declaration of a document's type is followed, and no entity resolved",
        arguments: [
            #"<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>"#,
            #"<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]><log><string key="a" value="&x;"/></log>"#,
            #"<!DOCTYPE log [<!ENTITY % p SYSTEM "http://localhost:1/x"> %p;]><log/>"#,
            #"<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]><log>&c;</log>"#,
            #"<!DOCTYPE log><log/>"#,
        ],
        ["xes", "atom", "cap", "ocel"]
    )
    func documentTypes(text: String, name: String) {
        #expect(Self.read(text, name).failure == .documentType)
        #expect(Self.read(text, name, chunk: 1).failure == .documentType)
    }

    @Test("an entity that nothing declares is a fault, in text and in an attribute")
    func undeclared() {
        #expect(Self.read("<log>&x;</log>").failure?.code == "xml")
        #expect(Self.read(#"<log><string key="a" value="&x;"/></log>"#).failure?.code == "xml")
    }

    @Test("elements nested too deeply end the reading", arguments: handlers)
    func deep(name: String) {
        let root = name == "atom" ? #"<feed xmlns="http://www.w3.org/2005/Atom">"# : "<log>"
        let text = (name == "cap" ? "" : root) + String(repeating: "<a>", count: 100_000)
        #expect(Self.read(text, name).failure == .tooDeep(XMLRows.maximumDepth))
    }

    @Test("rows before a fault are read, and the fault names its line")
    func faultBehindRows() {
        let reading = Self.read("<log>\n<event/>\n<event></log>")
        #expect(reading.rows.count == 1)
        #expect(reading.failure?.code == "xml")
        #expect(reading.entries.last == "3: xml!")
        #expect(Self.read("<log>\n<event/>\n<event>").failure == .cut)
    }

    @Test("text in ISO-8859-1 is read as its declaration says")
    func latin() {
        let text =
            Array(#"<?xml version="1.0" encoding="ISO-8859-1"?><log><event><string key="a" value="Usulut"#.utf8)
            + [0xE1] + Array(#"n"/></event></log>"#.utf8)
        #expect(RowReading(text, by: Self.reader("xes")).rows.first?["a"] == "Usulután")
    }
}

import Foundation

/// What IEEE 1849 asks of a XES file, written down as an XSD for these tests: which elements there are in which order, what
/// their values are, and that a key stands once in its element.
enum XESSchema {
    static let schema = XMLSchema(text: Data(text.utf8))

    private static let attributes = ["string", "date", "int", "float", "boolean", "id"]

    /// One kind of attribute, which may hold others.
    private static func attribute(_ name: String, _ type: String) -> String {
        """
        <xs:complexType name="\(name)">
          <xs:group ref="x:attributes"/>
          <xs:attribute name="key" type="xs:Name" use="required"/>
          <xs:attribute name="value" type="xs:\(type)" use="required"/>
        </xs:complexType>
        """
    }

    private static func uniqueKeys(_ name: String) -> String {
        let path = (attributes + ["list"]).map { "x:\($0)" }.joined(separator: "|")
        return """
            <xs:unique name="\(name)"><xs:selector xpath="\(path)"/><xs:field xpath="@key"/></xs:unique>
            """
    }

    private static let text = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:x="http://www.xes-standard.org/"
            targetNamespace="http://www.xes-standard.org/" elementFormDefault="qualified">
          <xs:group name="attributes">
            <xs:sequence>
              <xs:choice minOccurs="0" maxOccurs="unbounded">
                \(attributes.map { "<xs:element name=\"\($0)\" type=\"x:\($0)\"/>" }.joined())
                <xs:element name="list" type="x:list"/>
              </xs:choice>
            </xs:sequence>
          </xs:group>
          \(zip(attributes, ["string", "dateTime", "long", "double", "boolean", "string"]).map(attribute).joined())
          <xs:complexType name="list">
            <xs:sequence>
              <xs:group ref="x:attributes"/>
              <xs:element name="values"><xs:complexType><xs:group ref="x:attributes"/></xs:complexType></xs:element>
            </xs:sequence>
            <xs:attribute name="key" type="xs:Name" use="required"/>
          </xs:complexType>
          <xs:complexType name="event"><xs:group ref="x:attributes"/></xs:complexType>
          <xs:element name="log">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="extension" minOccurs="0" maxOccurs="unbounded">
                  <xs:complexType>
                    <xs:attribute name="name" type="xs:NCName" use="required"/>
                    <xs:attribute name="prefix" type="xs:NCName" use="required"/>
                    <xs:attribute name="uri" type="xs:anyURI" use="required"/>
                  </xs:complexType>
                </xs:element>
                <xs:element name="global" minOccurs="0" maxOccurs="2">
                  <xs:complexType>
                    <xs:group ref="x:attributes"/>
                    <xs:attribute name="scope" use="required">
                      <xs:simpleType>
                        <xs:restriction base="xs:NCName">
                          <xs:enumeration value="trace"/>
                          <xs:enumeration value="event"/>
                        </xs:restriction>
                      </xs:simpleType>
                    </xs:attribute>
                  </xs:complexType>
                </xs:element>
                <xs:element name="classifier" minOccurs="0" maxOccurs="unbounded">
                  <xs:complexType>
                    <xs:attribute name="name" type="xs:NCName" use="required"/>
                    <xs:attribute name="scope" type="xs:NCName"/>
                    <xs:attribute name="keys" type="xs:token" use="required"/>
                  </xs:complexType>
                </xs:element>
                <xs:group ref="x:attributes"/>
                <xs:element name="trace" minOccurs="0" maxOccurs="unbounded">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:group ref="x:attributes"/>
                      <xs:element name="event" type="x:event" minOccurs="0" maxOccurs="unbounded">
                        \(uniqueKeys("eventKeys"))
                      </xs:element>
                    </xs:sequence>
                  </xs:complexType>
                  \(uniqueKeys("traceKeys"))
                </xs:element>
                <xs:element name="event" type="x:event" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="xes.version" type="xs:decimal" use="required"/>
              <xs:attribute name="xes.features" type="xs:token"/>
            </xs:complexType>
            \(uniqueKeys("logKeys"))
          </xs:element>
        </xs:schema>
        """

    /// What no XSD can say: everything declared as global stands in each trace or event, and classifiers are made of such
    /// keys alone.
    static func faults(of log: XMLTree.Element) -> [String] {
        func keys(_ element: XMLTree.Element) -> Set<String> {
            Set(element.children.compactMap { $0.attributes["key"] })
        }
        var globals: [String: Set<String>] = [:]
        for global in log.all("global") { globals[global.attributes["scope"] ?? ""] = keys(global) }
        var faults: [String] = []
        for classifier in log.all("classifier") {
            let used = (classifier.attributes["keys"] ?? "").split(separator: " ").map(String.init)
            let declared = globals[classifier.attributes["scope"] ?? "event"] ?? []
            faults += used.filter { !declared.contains($0) }.map { "classified by \($0), which is not global" }
        }
        for trace in log.all("trace") {
            faults += (globals["trace"] ?? []).subtracting(keys(trace)).map { "a trace without \($0)" }
            for event in trace.all("event") {
                faults += (globals["event"] ?? []).subtracting(keys(event)).map { "an event without \($0)" }
            }
        }
        return faults
    }
}

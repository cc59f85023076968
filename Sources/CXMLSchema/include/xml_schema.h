// Validation of XML by an XSD, with libxml2. Tests use it; see CLibXML2's shim.h for why no Swift module imports libxml2.

#ifndef XML_SCHEMA_H
#define XML_SCHEMA_H

/// What is wrong with a document by a schema, a line for each fault; empty when it is valid. Null when there is no memory.
/// The caller frees it. Nothing is read besides the two texts.
char *xml_schema_faults(const char *schema, int schema_bytes, const char *document, int document_bytes);

#endif

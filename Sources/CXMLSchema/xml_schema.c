#include "xml_schema.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// More is not told, and a fault ends here.
enum { MAXIMUM_BYTES = 16 << 10 };

static void note(void *faults, const char *format, ...) {
    size_t length = strlen(faults);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf((char *)faults + length, MAXIMUM_BYTES - length, format, arguments);
    va_end(arguments);
}

static void validate(xmlSchemaPtr schema, const char *text, int bytes, char *faults) {
    xmlDocPtr document = xmlReadMemory(text, bytes, "document", NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
    if (document == NULL) {
        note(faults, "the document is not well-formed\n");
        return;
    }
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
    if (context != NULL) {
        xmlSchemaSetValidErrors(context, note, note, faults);
        if (xmlSchemaValidateDoc(context, document) != 0) note(faults, "the document is not valid\n");
        xmlSchemaFreeValidCtxt(context);
    } else {
        note(faults, "no memory to validate\n");
    }
    xmlFreeDoc(document);
}

char *xml_schema_faults(const char *schema, int schema_bytes, const char *document, int document_bytes) {
    char *faults = calloc(1, MAXIMUM_BYTES);
    if (faults == NULL) return NULL;
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt(schema, schema_bytes);
    xmlSchemaPtr parsed = NULL;
    if (parser != NULL) {
        xmlSchemaSetParserErrors(parser, note, note, faults);
        parsed = xmlSchemaParse(parser);
        xmlSchemaFreeParserCtxt(parser);
    }
    if (parsed == NULL) {
        note(faults, "the schema cannot be read\n");
    } else {
        validate(parsed, document, document_bytes, faults);
        xmlSchemaFree(parsed);
    }
    return faults;
}

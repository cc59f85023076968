#include "push_xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

struct push_xml {
    push_xml_handler handler;
    void *user;
    xmlParserCtxtPtr context;
};

static void start(
    void *data,
    const xmlChar *name,
    const xmlChar *prefix,
    const xmlChar *uri,
    int namespaces,
    const xmlChar **namespace_values,
    int attributes,
    int defaulted,
    const xmlChar **values
) {
    push_xml *parser = data;
    (void)namespaces;
    (void)namespace_values;
    (void)defaulted;
    parser->handler.start(parser->user, name, prefix, uri, attributes, values);
}

static void end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    push_xml *parser = data;
    (void)name;
    (void)prefix;
    (void)uri;
    parser->handler.end(parser->user);
}

static void text(void *data, const xmlChar *text, int count) {
    push_xml *parser = data;
    parser->handler.text(parser->user, text, count);
}

static void document_type(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    push_xml *parser = data;
    (void)name;
    (void)external;
    (void)system;
    parser->handler.document_type(parser->user);
}

static void entity(void *data, const xmlChar *name) {
    push_xml *parser = data;
    parser->handler.entity(parser->user, name);
}

push_xml *push_xml_create(push_xml_handler handler, void *user) {
    push_xml *parser = malloc(sizeof *parser);
    if (parser == NULL) return NULL;
    parser->handler = handler;
    parser->user = user;

    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = start;
    sax.endElementNs = end;
    sax.characters = text;
    sax.cdataBlock = text;
    sax.ignorableWhitespace = text;
    sax.internalSubset = document_type;
    sax.reference = entity;
    parser->context = xmlCreatePushParserCtxt(&sax, parser, NULL, 0, NULL);
    if (parser->context == NULL) {
        free(parser);
        return NULL;
    }
    // Without NOENT, DTDLOAD, XINCLUDE and HUGE.
    xmlCtxtUseOptions(parser->context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    return parser;
}

void push_xml_free(push_xml *parser) {
    if (parser == NULL) return;
    xmlFreeParserCtxt(parser->context);
    free(parser);
}

void push_xml_parse(push_xml *parser, const char *bytes, int count, int is_last) {
    xmlParseChunk(parser->context, bytes, count, is_last);
}

void push_xml_stop(push_xml *parser) { xmlStopParser(parser->context); }

long push_xml_pending(const push_xml *parser) {
    xmlParserInputPtr input = parser->context->input;
    return input == NULL ? 0 : (long)(input->end - input->cur);
}

int push_xml_line(const push_xml *parser) { return xmlSAX2GetLineNumber(parser->context); }

int push_xml_is_well_formed(const push_xml *parser) { return parser->context->wellFormed; }

const char *push_xml_message(const push_xml *parser) { return parser->context->lastError.message; }

int push_xml_message_line(const push_xml *parser) { return parser->context->lastError.line; }

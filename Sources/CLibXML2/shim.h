#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

// Members of libxml2's structures, which later versions ask not to be read from elsewhere.

/// Bytes that were given to a push parser and are not parsed yet.
static inline long xml_push_pending(xmlParserCtxtPtr context) {
    return context->input == NULL ? 0 : (long)(context->input->end - context->input->cur);
}

static inline int xml_push_is_well_formed(xmlParserCtxtPtr context) { return context->wellFormed; }

/// The message of the first fault; NULL when there is none.
static inline const char *xml_push_message(xmlParserCtxtPtr context) { return context->lastError.message; }

static inline int xml_push_error_line(xmlParserCtxtPtr context) { return context->lastError.line; }

static inline int xml_push_error_code(xmlParserCtxtPtr context) { return context->lastError.code; }

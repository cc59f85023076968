#ifndef PUSH_XML_H
#define PUSH_XML_H

/// A parser of XML that is given the document piece by piece: libxml2's push parser, with as much of it as one may let
/// near a document that comes from anybody. It reads no file, resolves no entity, and lifts none of libxml2's bounds.
typedef struct push_xml push_xml;

/// What a parser calls, each with what it was made with. Pointers are good until the function returns.
typedef struct {
    /// An element begins: its local name, prefix and namespace (either may be NULL), and its attributes, five pointers for
    /// each: local name, prefix, namespace, the beginning of the value and its end.
    void (*start)(
        void *user,
        const unsigned char *name,
        const unsigned char *prefix,
        const unsigned char *uri,
        int attributes,
        const unsigned char **values
    );
    void (*end)(void *user);
    void (*text)(void *user, const unsigned char *text, int count);
    /// The document has a document type declaration, which is not read yet.
    void (*document_type)(void *user);
    /// The document refers to an entity that XML does not define.
    void (*entity)(void *user, const unsigned char *name);
} push_xml_handler;

/// NULL when there is no memory for it.
push_xml *push_xml_create(push_xml_handler handler, void *user);
void push_xml_free(push_xml *parser);

/// Parses the next piece, and with `is_last` nothing more after it.
void push_xml_parse(push_xml *parser, const char *bytes, int count, int is_last);
/// May be called by a handler: nothing more is parsed.
void push_xml_stop(push_xml *parser);

/// Bytes that are held because a tag, comment or section has not ended.
long push_xml_pending(const push_xml *parser);
/// The line that parsing stands at, from 1.
int push_xml_line(const push_xml *parser);

int push_xml_is_well_formed(const push_xml *parser);
/// The first fault and its line; NULL when there is none.
const char *push_xml_message(const push_xml *parser);
int push_xml_message_line(const push_xml *parser);

#endif

// For CPushXML and CXMLSchema alone. Where libxml2 is built with ICU its headers bring ICU's, which do not agree with Foundation's, so
// that no Swift module can import them.
#include <libxml/SAX2.h>
#include <libxml/parser.h>

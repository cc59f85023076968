#include <sqlite3.h>

/// Keeps a database that came from somewhere from running anything of its own. False when it cannot.
static inline int sqlite_distrust(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0) == SQLITE_OK
        && sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0) == SQLITE_OK
        && sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)0) == SQLITE_OK
        && sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0) == SQLITE_OK;
}

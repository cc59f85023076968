#include <libpq-fe.h>

// Waiting for libpq's sockets: Swift's Glibc module does not import these.
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Declared by <pthread.h> under _GNU_SOURCE only, which would not agree with the Glibc module.
extern int pthread_setname_np(pthread_t thread, const char *name);

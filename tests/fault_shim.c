/* Faults for tests: preloaded into Obelos and every git that it starts, it counts the calls by which they change files
 * under one folder, all processes together, and lets one of these calls go wrong. See faults.py, which compiles it.
 *
 * What is to happen lies in a page of memory that all of them share (a file named by FAULT_PAGE).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

#define MOST 4000

struct page {
    long calls;      /* how many there were */
    long at;         /* the one that goes wrong */
    int fault;       /* how, see below */
    int dead;        /* the machine is off: whoever comes now dies too */
    int first;       /* the process that began */
    int processes;   /* how many took part */
    int pids[MOST];
    char root[4096]; /* only calls under this folder count */
    char log[4096];  /* where to name every call; empty: nowhere */
};

enum { COUNT, KILL, TORN, EIO_ONCE, FULL_ONCE, FULL, KILL_THIS, KILL_FIRST, EIO_ALWAYS };

static struct page *page;

static void join(void) {
    if (!page || !page->root[0]) return;
    int n = __sync_fetch_and_add(&page->processes, 1);
    if (n < MOST) page->pids[n] = getpid();
    if (page->dead) kill(getpid(), SIGKILL);
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULT_PAGE");
    if (!name) return;
    int handle = open(name, O_RDWR | O_CLOEXEC);
    if (handle < 0) return;
    page = mmap(0, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
    close(handle);
    if (page == MAP_FAILED) page = 0;
    pthread_atfork(0, 0, join);
    join();
}

static void everybody_dies(void) {
    page->dead = 1;
    __sync_synchronize();
    int me = getpid();
    for (int i = 0; i < page->processes && i < MOST; i++)
        if (page->pids[i] && page->pids[i] != me) kill(page->pids[i], SIGKILL);
    for (;;) kill(me, SIGKILL);
}

/* Where the file comes from that gets another name; only for the list of calls. */
static __thread const char *came_from;

static void tell(long number, const char *what, const char *path) {
    static int (*open_)(const char *, int, ...);
    static ssize_t (*write_)(int, const void *, size_t);
    if (!open_) open_ = dlsym(RTLD_NEXT, "open");
    if (!write_) write_ = dlsym(RTLD_NEXT, "write");
    int handle = open_(page->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    char line[12000];
    char full[8192] = "";
    if (came_from && came_from[0] != '/' && getcwd(full, 4096)) strcat(full, "/");
    if (came_from) strncat(full, came_from, 4000);
    size_t root = strlen(page->root);
    const char *from = strncmp(full, page->root, root) ? full : full + root;
    int size = snprintf(line, sizeof line, "%ld %s %d %s\t%s\n", number, what, getpid() == page->first, path, from);
    came_from = 0;
    if (write_(handle, line, size) < 0) abort();
    close(handle);
}

/* Whether a call takes room on the disk, and so can fail on a full one. */
static int takes_room(const char *what) {
    return strcmp(what, "unlink") && strcmp(what, "rmdir") && strcmp(what, "chmod") && strcmp(what, "truncate");
}

/* 0: let it pass; 1: it fails, errno is set; 2: half of it is done, then everybody dies. */
static int goes_wrong(const char *path, int handle, const char *what) {
    if (!page || !page->root[0]) return 0;
    char full[8192];
    if (!path) {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
        ssize_t size = readlink(link, full, 4095);
        if (size < 0) return 0;
        full[size] = 0;
    } else if (path[0] != '/') {
        char here[4096];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(full, sizeof full, "%s/%s", here, path);
    } else
        snprintf(full, sizeof full, "%s", path);
    size_t size = strlen(page->root);
    if (strncmp(full, page->root, size)) return 0;
    if (page->dead) everybody_dies();
    long number = __sync_add_and_fetch(&page->calls, 1);
    if (page->log[0]) tell(number, what, full + size);
    int now = number == page->at;
    switch (page->fault) {
    case KILL:
        if (now) everybody_dies();
        return 0;
    case TORN:
        return now ? 2 : 0;
    case KILL_THIS:
        for (; now;) kill(getpid(), SIGKILL);
        return 0;
    case KILL_FIRST:
        if (now) {
            kill(page->first, SIGKILL);
            for (; page->first == getpid();) ;
        }
        return 0;
    case EIO_ONCE:
        errno = EIO;
        return now;
    case EIO_ALWAYS:
        errno = EIO;
        return page->at > 0 && number >= page->at;
    case FULL_ONCE:
        errno = ENOSPC;
        return now && takes_room(what);
    case FULL:
        errno = ENOSPC;
        return page->at > 0 && number >= page->at && takes_room(what);
    }
    return 0;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, #name);
#define FAILS(path, handle, what) \
    { int keep = errno, wrong = goes_wrong(path, handle, what); \
      if (wrong == 2) everybody_dies(); \
      if (wrong) return -1; \
      errno = keep; }

#define MAKES(flags) ((flags) & (O_CREAT | O_TRUNC))
#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, name, const char *, int, ...) MODE(flags) \
        if (MAKES(flags)) FAILS(path, -1, "open") \
        return real(path, flags, mode); }
#define OPENAT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        REAL(int, name, int, const char *, int, ...) MODE(flags) \
        if (MAKES(flags)) FAILS(path, -1, "open") \
        return real(folder, path, flags, mode); }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

static int is_file(int handle) {
    struct stat state;
    return page && !fstat(handle, &state) && S_ISREG(state.st_mode);
}
ssize_t write(int handle, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t)
    if (is_file(handle)) {
        int keep = errno, wrong = goes_wrong(0, handle, "write");
        if (wrong == 2) { if (real(handle, data, size / 2) < 0) abort(); everybody_dies(); }
        if (wrong) return -1;
        errno = keep;
    }
    return real(handle, data, size); }
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)
    if (is_file(handle)) FAILS(0, handle, "write")
    return real(handle, data, size, at); }
int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *) came_from = from; FAILS(to, -1, "rename") return real(from, to); }
int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, renameat, int, const char *, int, const char *) came_from = from; FAILS(to, -1, "rename") return real(a, from, b, to); }
int link(const char *from, const char *to) {
    REAL(int, link, const char *, const char *) came_from = from; FAILS(to, -1, "link") return real(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    REAL(int, linkat, int, const char *, int, const char *, int) came_from = from; FAILS(to, -1, "link")
    return real(a, from, b, to, flags); }
int symlink(const char *from, const char *to) {
    REAL(int, symlink, const char *, const char *) FAILS(to, -1, "link") return real(from, to); }
int unlink(const char *path) {
    REAL(int, unlink, const char *) FAILS(path, -1, "unlink") return real(path); }
int unlinkat(int folder, const char *path, int flags) {
    REAL(int, unlinkat, int, const char *, int) FAILS(path, -1, "unlink") return real(folder, path, flags); }
int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t) FAILS(path, -1, "mkdir") return real(path, mode); }
int rmdir(const char *path) {
    REAL(int, rmdir, const char *) FAILS(path, -1, "rmdir") return real(path); }
int truncate64(const char *path, off64_t size) {
    REAL(int, truncate64, const char *, off64_t) FAILS(path, -1, "truncate") return real(path, size); }
int truncate(const char *path, off_t size) {
    REAL(int, truncate, const char *, off_t) FAILS(path, -1, "truncate") return real(path, size); }
int ftruncate(int handle, off_t size) {
    REAL(int, ftruncate, int, off_t) FAILS(0, handle, "truncate") return real(handle, size); }
int ftruncate64(int handle, off64_t size) {
    REAL(int, ftruncate64, int, off64_t) FAILS(0, handle, "truncate") return real(handle, size); }
int fsync(int handle) {
    REAL(int, fsync, int) FAILS(0, handle, "fsync") return real(handle); }
int fdatasync(int handle) {
    REAL(int, fdatasync, int) FAILS(0, handle, "fsync") return real(handle); }
int fchmod(int handle, mode_t mode) {
    REAL(int, fchmod, int, mode_t) FAILS(0, handle, "chmod") return real(handle, mode); }
int chmod(const char *path, mode_t mode) {
    REAL(int, chmod, const char *, mode_t) FAILS(path, -1, "chmod") return real(path, mode); }
int fsetxattr(int handle, const char *name, const void *data, size_t size, int flags) {
    REAL(int, fsetxattr, int, const char *, const void *, size_t, int) FAILS(0, handle, "xattr")
    return real(handle, name, data, size, flags); }

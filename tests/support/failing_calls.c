// Loaded before the C library (LD_PRELOAD), it lets chosen calls on files fail as a full or broken disk would.
//
// Counted are calls on files that are named relative to the working directory, or lie below FAILING_CALLS_IN. Each adds
// a line "number name file" to FAILING_CALLS_LOG. From number FAILING_CALLS_AT on (0: never) one call, or every one
// with FAILING_CALLS_EVER=1, goes wrong as FAILING_CALLS_HOW says; its line ends in that word.
//   ENOSPC, EDQUOT, EIO, EINTR   nothing is done but for closing, and this is the error
//   late                         it is done and EIO is the answer, as network file systems may have it
//   short                        half of a write is done, and said to be
//   torn                         half of a write is done, and EIO is the answer
//   killed                       the process is killed, half way through a write
//   power                        likewise, and the machine with it: what was not synced of a file is lost or zeros, and
//                                so may be the name of one whose directory was not synced
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum How { well, with_error, late, short_write, torn, killed, power };

enum { most_descriptors = 4096 };
static atomic_int calls;
static atomic_char is_watched[most_descriptors];
static int fails_at, fails_for_ever, error_number, log_descriptor = -1;
static enum How fails_how;
static const char* how_word = "";
static const char* folder = "";

static const char* setting(const char* name) {
  const char* value = getenv(name);
  return value == NULL ? "" : value;
}

__attribute__((constructor)) static void read_settings(void) {
  static const struct {
    const char* word;
    enum How how;
    int number;
  } words[] = {{"ENOSPC", with_error, ENOSPC},
               {"EDQUOT", with_error, EDQUOT},
               {"EIO", with_error, EIO},
               {"EINTR", with_error, EINTR},
               {"late", late, EIO},
               {"short", short_write, 0},
               {"torn", torn, EIO},
               {"killed", killed, 0},
               {"power", power, 0}};
  how_word = setting("FAILING_CALLS_HOW");
  for (size_t w = 0; w < sizeof words / sizeof *words; ++w)
    if (strcmp(how_word, words[w].word) == 0) {
      fails_how = words[w].how;
      error_number = words[w].number;
    }
  fails_at = atoi(setting("FAILING_CALLS_AT"));
  fails_for_ever = atoi(setting("FAILING_CALLS_EVER"));
  folder = setting("FAILING_CALLS_IN");
  log_descriptor =
      (int)syscall(SYS_openat, AT_FDCWD, setting("FAILING_CALLS_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fails_at > 0 && (fails_how == well || log_descriptor < 0)) abort();  // a test that tests nothing
}

static int is_of_interest(const char* path) {
  return path[0] != '/' || (folder[0] != '\0' && strncmp(path, folder, strlen(folder)) == 0);
}

static int watches(int descriptor) {
  return descriptor >= 0 && descriptor < most_descriptors && is_watched[descriptor];
}

/// How the next call is to go.
static enum How next_call(const char* name, const char* path) {
  const int number = atomic_fetch_add(&calls, 1) + 1;
  const int fails = fails_at > 0 && (fails_for_ever ? number >= fails_at : number == fails_at);
  char line[4400];
  const int size =
      snprintf(line, sizeof line, "%d %s %s%s%s\n", number, name, path, fails ? " " : "", fails ? how_word : "");
  if (log_descriptor >= 0) syscall(SYS_write, log_descriptor, line, (size_t)size);
  return fails ? fails_how : well;
}

static enum How next_call_on(const char* name, int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const long size = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  path[size > 0 ? size : 0] = '\0';
  return next_call(name, path);
}

static int failed(void) {
  errno = error_number;
  return -1;
}

/// What a disk has of a file that this process has opened.
struct OnDisk {
  dev_t device;
  ino_t inode;
  char path[PATH_MAX];
  off_t synced;
  int has_name, is_written;
};
static struct OnDisk on_disk[256];
static atomic_int files_on_disk;

static struct OnDisk* on_disk_of(int descriptor) {
  struct stat told;
  if (fstat(descriptor, &told) != 0) return NULL;
  for (int f = 0; f < files_on_disk; ++f)
    if (on_disk[f].device == told.st_dev && on_disk[f].inode == told.st_ino) return &on_disk[f];
  return NULL;
}

static void note_opened(int descriptor, const char* path, int is_new) {
  struct stat told;
  if (fstat(descriptor, &told) != 0 || on_disk_of(descriptor) != NULL || files_on_disk == 256) return;
  struct OnDisk* file = &on_disk[atomic_fetch_add(&files_on_disk, 1)];
  *file = (struct OnDisk){.device = told.st_dev,
                          .inode = told.st_ino,
                          .synced = told.st_size,
                          .has_name = !is_new || !S_ISREG(told.st_mode)};
  snprintf(file->path, sizeof file->path, "%s", path);
}

static void note_written(int descriptor) {
  struct OnDisk* file = on_disk_of(descriptor);
  if (file != NULL) file->is_written = 1;
}

static int is_in(const char* path, const char* directory) {
  const char* slash = strrchr(path, '/');
  if (slash == NULL) return strcmp(directory, ".") == 0;
  const size_t size = (size_t)(slash - path);
  return strlen(directory) == size && strncmp(path, directory, size) == 0;
}

/// A directory has the names of its files once it is synced.
static void note_synced(int descriptor) {
  struct stat told;
  struct OnDisk* file = on_disk_of(descriptor);
  if (file == NULL || fstat(descriptor, &told) != 0) return;
  file->synced = told.st_size;
  file->is_written = 0;
  if (!S_ISDIR(told.st_mode)) return;
  for (int f = 0; f < files_on_disk; ++f)
    if (is_in(on_disk[f].path, file->path)) on_disk[f].has_name = 1;
}

/// A name that replaces one is there at any time: of the one file or of the other.
static void note_renamed(const char* from, const char* to, int replaces) {
  for (int f = 0; f < files_on_disk; ++f) {
    if (strcmp(on_disk[f].path, from) != 0) continue;
    snprintf(on_disk[f].path, sizeof on_disk[f].path, "%s", to);
    if (replaces) on_disk[f].has_name = 1;
  }
}

/// The end of a file is cut off or zero, from anywhere behind what was synced; of what was overwritten, some is zero.
static void lose_what_is_not_synced(const struct OnDisk* file) {
  const int descriptor = (int)syscall(SYS_openat, AT_FDCWD, file->path, O_WRONLY | O_CLOEXEC);
  struct stat told;
  if (descriptor < 0 || fstat(descriptor, &told) != 0 || told.st_ino != file->inode) return;
  const off_t kept = told.st_size > file->synced ? file->synced : 0;
  const off_t from = kept + (told.st_size > kept ? rand() % (told.st_size - kept) : 0);
  syscall(SYS_ftruncate, descriptor, from);
  if (rand() % 2 == 0 || kept == 0) syscall(SYS_ftruncate, descriptor, told.st_size);
}

static void die(enum How how) {
  if (how == power) {
    srand((unsigned)fails_at);
    for (int f = 0; f < files_on_disk; ++f) {
      if (on_disk[f].is_written) lose_what_is_not_synced(&on_disk[f]);
      if (!on_disk[f].has_name && rand() % 2 == 0) syscall(SYS_unlinkat, AT_FDCWD, on_disk[f].path, 0);
    }
  }
  raise(SIGKILL);
}

static void* next(const char* name) {
  void* function = dlsym(RTLD_NEXT, name);
  if (function == NULL) abort();
  return function;
}

/// A call that is done or not. Nothing lies between being killed before and after it.
#define ALL_OR_NOTHING(how, call)            \
  do {                                       \
    const enum How goes = (how);             \
    if (goes >= killed) die(goes);           \
    if (goes == with_error) return failed(); \
    const int done = (call);                 \
    return goes == late ? failed() : done;   \
  } while (0)

static ssize_t half_done(enum How how, ssize_t done) {
  if (how >= killed) die(how);
  return how == short_write ? done : failed();
}

/// A write of which some may be done.
#define IN_PARTS(how, size, write_all, write_half)                              \
  do {                                                                          \
    const enum How goes = (how);                                                \
    note_written(descriptor);                                                   \
    if (goes == well) return write_all;                                         \
    if (goes == with_error) return failed();                                    \
    if (goes == late) return write_all < 0 ? -1 : failed();                     \
    return half_done(goes, (size) < 2 && goes != short_write ? 0 : write_half); \
  } while (0)

static size_t half_of(size_t size) { return size > 1 ? size / 2 : size; }

static int opened(int descriptor, const char* path) {
  if (descriptor >= 0 && descriptor < most_descriptors) is_watched[descriptor] = (char)is_of_interest(path);
  return descriptor;
}

static int open_as(const char* function, int folder_descriptor, const char* path, int flags, mode_t mode) {
  int (*open_at)(int, const char*, int, ...) = (int (*)(int, const char*, int, ...))next("openat");
  enum How how = is_of_interest(path) ? next_call(function, path) : well;
  if (how >= killed) die(how);
  if (how == with_error) return failed();
  const int is_new = (flags & O_CREAT) != 0 && syscall(SYS_faccessat, folder_descriptor, path, F_OK) != 0;
  const int descriptor = opened(open_at(folder_descriptor, path, flags, mode), path);
  if (watches(descriptor)) note_opened(descriptor, path, is_new);
  if (how != late || descriptor < 0) return descriptor;
  syscall(SYS_close, descriptor);
  return failed();
}

static mode_t mode_behind(int flags, va_list more) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t)va_arg(more, int) : 0;
}

#define DEFINE_OPEN(function)                            \
  int function(const char* path, int flags, ...) {       \
    va_list more;                                        \
    va_start(more, flags);                               \
    const mode_t mode = mode_behind(flags, more);        \
    va_end(more);                                        \
    return open_as("open", AT_FDCWD, path, flags, mode); \
  }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_OPENAT(function)                                           \
  int function(int folder_descriptor, const char* path, int flags, ...) { \
    va_list more;                                                         \
    va_start(more, flags);                                                \
    const mode_t mode = mode_behind(flags, more);                         \
    va_end(more);                                                         \
    return open_as("open", folder_descriptor, path, flags, mode);         \
  }
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)

/// A descriptor is gone whatever close says.
int close(int descriptor) {
  int (*function)(int) = (int (*)(int))next("close");
  if (!watches(descriptor)) return function(descriptor);
  const enum How how = next_call_on("close", descriptor);
  is_watched[descriptor] = 0;
  if (how >= killed) die(how);
  const int done = function(descriptor);
  return how == with_error || how == late ? failed() : done;
}

ssize_t write(int descriptor, const void* from, size_t size) {
  ssize_t (*function)(int, const void*, size_t) = (ssize_t(*)(int, const void*, size_t))next("write");
  if (!watches(descriptor)) return function(descriptor, from, size);
  IN_PARTS(next_call_on("write", descriptor), size, function(descriptor, from, size),
           function(descriptor, from, half_of(size)));
}

static ssize_t write_at(const char* name, int descriptor, const void* from, size_t size, off_t at) {
  ssize_t (*function)(int, const void*, size_t, off_t) = (ssize_t(*)(int, const void*, size_t, off_t))next(name);
  if (!watches(descriptor)) return function(descriptor, from, size, at);
  IN_PARTS(next_call_on("pwrite", descriptor), size, function(descriptor, from, size, at),
           function(descriptor, from, half_of(size), at));
}
ssize_t pwrite(int descriptor, const void* from, size_t size, off_t at) {
  return write_at("pwrite", descriptor, from, size, at);
}
ssize_t pwrite64(int descriptor, const void* from, size_t size, off64_t at) {
  return write_at("pwrite64", descriptor, from, size, at);
}

/// Its half is the first half of its pieces.
ssize_t writev(int descriptor, const struct iovec* pieces, int count) {
  ssize_t (*function)(int, const struct iovec*, int) = (ssize_t(*)(int, const struct iovec*, int))next("writev");
  if (!watches(descriptor)) return function(descriptor, pieces, count);
  IN_PARTS(next_call_on("writev", descriptor), (size_t)count, function(descriptor, pieces, count),
           function(descriptor, pieces, (int)half_of((size_t)count)));
}

static int synced(int done, int descriptor) {
  if (done == 0) note_synced(descriptor);
  return done;
}

#define DEFINE_ON_DESCRIPTOR(name)                                                             \
  int name(int descriptor) {                                                                   \
    int (*function)(int) = (int (*)(int))next(#name);                                          \
    if (!watches(descriptor)) return function(descriptor);                                     \
    ALL_OR_NOTHING(next_call_on(#name, descriptor), synced(function(descriptor), descriptor)); \
  }
DEFINE_ON_DESCRIPTOR(fsync)
DEFINE_ON_DESCRIPTOR(fdatasync)

#define DEFINE_TRUNCATE(name, offset)                                                  \
  int name(int descriptor, offset size) {                                              \
    int (*function)(int, offset) = (int (*)(int, offset))next(#name);                  \
    if (!watches(descriptor)) return function(descriptor, size);                       \
    note_written(descriptor);                                                          \
    ALL_OR_NOTHING(next_call_on("ftruncate", descriptor), function(descriptor, size)); \
  }
DEFINE_TRUNCATE(ftruncate, off_t)
DEFINE_TRUNCATE(ftruncate64, off64_t)

static int is_there(const char* path) { return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0; }

static int renamed(int done, const char* from, const char* to, int replaces) {
  if (done == 0) note_renamed(from, to, replaces);
  return done;
}

#define DEFINE_FROM_TO(name)                                                                    \
  int name(const char* from, const char* to) {                                                  \
    int (*function)(const char*, const char*) = (int (*)(const char*, const char*))next(#name); \
    if (!is_of_interest(to)) return function(from, to);                                         \
    const int replaces = is_there(to);                                                          \
    ALL_OR_NOTHING(next_call(#name, to), renamed(function(from, to), from, to, replaces));      \
  }
DEFINE_FROM_TO(rename)
DEFINE_FROM_TO(link)

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  int (*function)(int, const char*, int, const char*, unsigned) =
      (int (*)(int, const char*, int, const char*, unsigned))next("renameat2");
  if (!is_of_interest(to)) return function(from_folder, from, to_folder, to, flags);
  const int replaces = is_there(to);
  ALL_OR_NOTHING(next_call("rename", to),
                 renamed(function(from_folder, from, to_folder, to, flags), from, to, replaces));
}

#define DEFINE_ON_PATH(name)                                          \
  int name(const char* path) {                                        \
    int (*function)(const char*) = (int (*)(const char*))next(#name); \
    if (!is_of_interest(path)) return function(path);                 \
    ALL_OR_NOTHING(next_call(#name, path), function(path));           \
  }
DEFINE_ON_PATH(unlink)
DEFINE_ON_PATH(rmdir)

int mkdir(const char* path, mode_t mode) {
  int (*function)(const char*, mode_t) = (int (*)(const char*, mode_t))next("mkdir");
  if (!is_of_interest(path)) return function(path, mode);
  ALL_OR_NOTHING(next_call("mkdir", path), function(path, mode));
}

/*
 * Lists a tree: one line for every path under the directory that is the argument, in no particular
 * order, so that two trees can be compared whatever holds them. Linked statically it runs on the
 * host and in any container.
 *
 *   PATH TYPE MODE UID GID SIZE SECONDS.NANOSECONDS DEVICE LINKS INODE TARGET SHA256 XATTRS
 *
 * Fields are separated by tabs; a field that means nothing for the type is "-". SIZE is of regular
 * files and links. INODE is of regular files with several names. XATTRS are NAME=HEX, by commas.
 * In paths and targets every byte but visible ASCII is written \ooo.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

static void fail(const char *what, const char *path) {
  fprintf(stderr, "listing: cannot %s %s: %s\n", what, path, strerror(errno));
  exit(1);
}

/* SHA-256 (FIPS 180-4). */

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void compress(uint32_t state[8], const uint8_t *block) {
  uint32_t w[64], s[8];
  for (int i = 0; i < 16; i++) {
    const uint8_t *b = block + 4 * i;
    w[i] = (uint32_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
           (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
  }
  memcpy(s, state, sizeof s);
  for (int i = 0; i < 64; i++) {
    uint32_t e = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
    uint32_t a = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
    uint32_t t = s[7] + e + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i];
    uint32_t u = a + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += t;
    s[0] = t + u;
  }
  for (int i = 0; i < 8; i++) state[i] += s[i];
}

static void print_sha256(const char *name, const char *path) {
  static uint8_t buffer[1 << 16];
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint64_t total = 0;
  size_t kept = 0;
  int fd = open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) fail("open", path);
  ssize_t count;
  while ((count = read(fd, buffer + kept, sizeof buffer - kept - 128)) > 0) {
    size_t end = kept + count, at = 0;
    total += count;
    for (; at + 64 <= end; at += 64) compress(state, buffer + at);
    kept = end - at;
    memmove(buffer, buffer + at, kept);
  }
  if (count < 0) fail("read", path);
  close(fd);
  buffer[kept++] = 0x80;
  size_t end = kept <= 56 ? 64 : 128;
  memset(buffer + kept, 0, end - kept);
  for (int i = 0; i < 8; i++) buffer[end - 1 - i] = total * 8 >> (8 * i);
  for (size_t at = 0; at < end; at += 64) compress(state, buffer + at);
  for (int i = 0; i < 8; i++) printf("%08x", state[i]);
}

/* The listing. */

static void print_text(const char *text) {
  for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
    if (*c > ' ' && *c < 0x7f && *c != '\\') putchar(*c);
    else printf("\\%03o", *c);
  }
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_xattrs(const char *name, const char *path) {
  static char names[1 << 16], value[1 << 16];
  static char *sorted[1 << 15];
  ssize_t length = llistxattr(name, names, sizeof names);
  if (length < 0 && errno != ENOTSUP) fail("list the attributes of", path);
  int count = 0;
  for (char *n = names; n < names + length; n += strlen(n) + 1) sorted[count++] = n;
  qsort(sorted, count, sizeof *sorted, by_name);
  for (int i = 0; i < count; i++) {
    ssize_t size = lgetxattr(name, sorted[i], value, sizeof value);
    if (size < 0) fail("read an attribute of", path);
    if (i) putchar(',');
    print_text(sorted[i]);
    putchar('=');
    for (ssize_t j = 0; j < size; j++) printf("%02x", (unsigned char)value[j]);
  }
  if (!count) putchar('-');
}

static char type_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFREG: return 'f';
    case S_IFDIR: return 'd';
    case S_IFLNK: return 'l';
    case S_IFCHR: return 'c';
    case S_IFBLK: return 'b';
    case S_IFIFO: return 'p';
    default: return 's';
  }
}

static void print_entry(const char *name, const char *path, const struct stat *s) {
  char type = type_of(s->st_mode);
  print_text(path);
  printf("\t%c\t%04o\t%u\t%u\t", type, s->st_mode & 07777, s->st_uid, s->st_gid);
  if (type == 'f' || type == 'l') printf("%lld", (long long)s->st_size);
  else putchar('-');
  printf("\t%lld.%09ld\t", (long long)s->st_mtim.tv_sec, s->st_mtim.tv_nsec);
  if (type == 'c' || type == 'b') printf("%u:%u\t", major(s->st_rdev), minor(s->st_rdev));
  else printf("-\t");
  if (type == 'd') printf("-\t-\t");
  else if (s->st_nlink == 1) printf("1\t-\t");
  else printf("%lu\t%llu\t", (unsigned long)s->st_nlink, (unsigned long long)s->st_ino);
  if (type == 'l') {
    static char target[1 << 16];
    ssize_t length = readlink(name, target, sizeof target - 1);
    if (length < 0) fail("read the link", path);
    target[length] = 0;
    print_text(target);
  } else putchar('-');
  putchar('\t');
  if (type == 'f') print_sha256(name, path);
  else putchar('-');
  putchar('\t');
  print_xattrs(name, path);
  putchar('\n');
}

/* Lists the working directory, whose path is `path`: no path is too long for that. */
static void list(const char *path) {
  DIR *dir = opendir(".");
  if (!dir) fail("open", path);
  char **names = NULL;
  size_t count = 0;
  for (struct dirent *entry; (entry = readdir(dir));) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
    names = realloc(names, (count + 1) * sizeof *names);
    names[count++] = strdup(entry->d_name);
  }
  closedir(dir);
  for (size_t i = 0; i < count; i++) {
    char *child;
    struct stat s;
    if (asprintf(&child, "%s/%s", path, names[i]) < 0) fail("remember", path);
    if (lstat(names[i], &s)) fail("see", child);
    print_entry(names[i], child, &s);
    if (S_ISDIR(s.st_mode)) {
      if (chdir(names[i])) fail("enter", child);
      list(child);
      if (chdir("..")) fail("leave", child);
    }
    free(child);
    free(names[i]);
  }
  free(names);
}

int main(int argc, char **argv) {
  struct stat s;
  if (argc != 2) {
    fprintf(stderr, "usage: listing DIRECTORY\n");
    return 2;
  }
  if (chdir(argv[1]) || lstat(".", &s)) fail("enter", argv[1]);
  print_entry(".", ".", &s);
  list(".");
  return fflush(stdout) || ferror(stdout);
}

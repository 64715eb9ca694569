/*
 * Makes every system call there could be, with arguments that let it do nothing, and prints what it was not refused.
 *
 * After "begin", a line is an entry and a number: "call" (x86-64), "x32", "ioctl" and "prctl" (requests and options), clone's flags; then "end".
 * What is refused is what fails with EPERM. Nothing is forked and nothing blocks: bad pointers, descriptors and flags see to that.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LAST_CALL 1023
#define X32_BIT 0x40000000L

static int refused(long number, long first, long second) { return syscall(number, first, second, -1L, -1L, -1L, -1L) == -1 && errno == EPERM; }

/* These end or divert the program when they are let through; whether they are is known from its running at all. */
static int never_returns(long number) { return number == SYS_exit || number == SYS_exit_group || number == SYS_rt_sigreturn; }

/* The kernel itself answers these with a signal, before any filter, unless they come from its own trampolines for probes. */
static int uprobe(long number) { return number == 335 || number == 336; }

static void calls(const char *entry, long bits) {
  for (long number = 0; number <= LAST_CALL; number++)
    if (!never_returns(number) && !uprobe(number) && !refused(bits | number, -1, -1)) fprintf(stderr, "%s %ld\n", entry, number);
}

static void requests(long from, long to) {
  for (long request = from; request <= to; request++)
    if (!refused(SYS_ioctl, -1, request)) fprintf(stderr, "ioctl 0x%lx\n", request);
}

static void options(long from, long to) {
  for (long option = from; option <= to; option++)
    if (!refused(SYS_prctl, option, 1)) fprintf(stderr, "prctl %ld\n", option);
}

static void flags(const char *name, long flag) {
  /* CLONE_SIGHAND without CLONE_VM is invalid: no thread comes of it. */
  if (!refused(SYS_clone, flag | CLONE_SIGHAND, 0)) fprintf(stderr, "clone %s\n", name);
}

int main(int argc, char **argv) {
  poll(0, 0, 500); // who starts a program looks at it while it runs; this one may end at once
  fprintf(stderr, "begin\n");
  if (argc > 1 && !strcmp(argv[1], "i386")) {
    __asm__ volatile("int $0x80" : : "a"(20) : "memory");
    fprintf(stderr, "i386 20\n");
    return 0;
  }
  calls("call", 0);
  calls("x32", X32_BIT);
  requests(0, 0xffff);
  for (long direction = 0; direction < 4; direction++) requests(direction << 30 | 0x45400, direction << 30 | 0x454ff);
  options(0, 255);
  options(PR_SET_VMA, PR_SET_VMA);
  flags("CLONE_THREAD", CLONE_THREAD);
  flags("nothing", 0);
  flags("CLONE_NEWUSER", CLONE_THREAD | CLONE_NEWUSER);
  flags("CLONE_NEWNS", CLONE_THREAD | CLONE_NEWNS);
  fprintf(stderr, "end\n");
  return 0;
}

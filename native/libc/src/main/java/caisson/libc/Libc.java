package caisson.libc;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** The C library's functions, untyped. Nothing outside this package calls them. */
@Include("caisson_libc.h")
final class Libc {
  private Libc() {}

  @Import(name = "__errno_location")
  static native Address errnoLocation();

  @Import(name = "malloc")
  static native Address malloc(long size);

  @Import(name = "free")
  static native void free(Address block);

  @Import(name = "memcpy")
  static native Address memcpy(Address to, Address from, long size);

  @Import(name = "memset")
  static native Address memset(Address block, int value, long size);

  @Import(name = "open")
  static native int open(Address path, int flags, int mode);

  @Import(name = "openat")
  static native int openat(int directory, Address path, int flags, int mode);

  @Import(name = "close")
  static native int close(int fd);

  @Import(name = "read")
  static native long read(int fd, Address buffer, long length);

  @Import(name = "write")
  static native long write(int fd, Address buffer, long length);

  @Import(name = "pread")
  static native long pread(int fd, Address buffer, long length, long offset);

  @Import(name = "pwrite")
  static native long pwrite(int fd, Address buffer, long length, long offset);

  @Import(name = "lseek")
  static native long lseek(int fd, long offset, int whence);

  @Import(name = "ftruncate")
  static native int ftruncate(int fd, long length);

  @Import(name = "fsync")
  static native int fsync(int fd);

  @Import(name = "sync")
  static native void sync();

  @Import(name = "pipe2")
  static native int pipe2(Address fds, int flags);

  @Import(name = "dup")
  static native int dup(int fd);

  @Import(name = "dup3")
  static native int dup3(int from, int to, int flags);

  @Import(name = "dup2")
  static native int dup2(int from, int to);

  @Import(name = "fcntl")
  static native int fcntl(int fd, int command, long argument);

  @Import(name = "ioctl")
  static native int ioctl(int fd, long request, Address argument);

  @Import(name = "poll")
  static native int poll(Address fds, long count, int timeout);

  @Import(name = "mkdirat")
  static native int mkdirat(int directory, Address path, int mode);

  @Import(name = "unlinkat")
  static native int unlinkat(int directory, Address path, int flags);

  @Import(name = "symlinkat")
  static native int symlinkat(Address content, int directory, Address path);

  @Import(name = "linkat")
  static native int linkat(int fromDirectory, Address from, int toDirectory, Address to, int flags);

  @Import(name = "renameat")
  static native int renameat(int fromDirectory, Address from, int toDirectory, Address to);

  @Import(name = "readlinkat")
  static native long readlinkat(int directory, Address path, Address buffer, long size);

  @Import(name = "mknodat")
  static native int mknodat(int directory, Address path, int mode, long device);

  @Import(name = "fchmodat")
  static native int fchmodat(int directory, Address path, int mode, int flags);

  @Import(name = "fchmod")
  static native int fchmod(int fd, int mode);

  @Import(name = "fchownat")
  static native int fchownat(int directory, Address path, int uid, int gid, int flags);

  @Import(name = "faccessat")
  static native int faccessat(int directory, Address path, int mode, int flags);

  @Import(name = "umask")
  static native int umask(int mask);

  @Import(name = "chdir")
  static native int chdir(Address path);

  @Import(name = "fchdir")
  static native int fchdir(int fd);

  @Import(name = "chroot")
  static native int chroot(Address path);

  @Import(name = "mount")
  static native int mount(Address source, Address target, Address type, long flags, Address data);

  @Import(name = "umount2")
  static native int umount2(Address target, int flags);

  @Import(name = "unshare")
  static native int unshare(int flags);

  @Import(name = "setns")
  static native int setns(int fd, int type);

  @Import(name = "fork")
  static native int fork();

  @Import(name = "execve")
  static native int execve(Address path, Address argv, Address envp);

  @Import(name = "waitpid")
  static native int waitpid(int pid, Address status, int options);

  @Import(name = "_exit")
  static native void exit(int code);

  @Import(name = "kill")
  static native int kill(int pid, int signal);

  @Import(name = "getpid")
  static native int getpid();

  @Import(name = "getppid")
  static native int getppid();

  @Import(name = "setsid")
  static native int setsid();

  @Import(name = "setpgid")
  static native int setpgid(int pid, int group);

  @Import(name = "prctl")
  static native int prctl(int option, long second, long third, long fourth, long fifth);

  @Import(name = "setrlimit")
  static native int setrlimit(int resource, Address limits);

  @Import(name = "getrlimit")
  static native int getrlimit(int resource, Address limits);

  @Import(name = "setpriority")
  static native int setpriority(int which, int who, int priority);

  @Import(name = "getuid")
  static native int getuid();

  @Import(name = "geteuid")
  static native int geteuid();

  @Import(name = "getgid")
  static native int getgid();

  @Import(name = "setresuid")
  static native int setresuid(int real, int effective, int saved);

  @Import(name = "setresgid")
  static native int setresgid(int real, int effective, int saved);

  @Import(name = "setgroups")
  static native int setgroups(long count, Address groups);

  @Import(name = "socket")
  static native int socket(int domain, int type, int protocol);

  @Import(name = "socketpair")
  static native int socketpair(int domain, int type, int protocol, Address fds);

  @Import(name = "bind")
  static native int bind(int fd, Address address, int length);

  @Import(name = "connect")
  static native int connect(int fd, Address address, int length);

  @Import(name = "listen")
  static native int listen(int fd, int backlog);

  @Import(name = "accept4")
  static native int accept4(int fd, Address address, Address length, int flags);

  @Import(name = "setsockopt")
  static native int setsockopt(int fd, int level, int option, Address value, int length);

  @Import(name = "getsockopt")
  static native int getsockopt(int fd, int level, int option, Address value, Address length);

  @Import(name = "sendmsg")
  static native long sendmsg(int fd, Address message, int flags);

  @Import(name = "recvmsg")
  static native long recvmsg(int fd, Address message, int flags);

  @Import(name = "sigprocmask")
  static native int sigprocmask(int how, Address set, Address old);

  @Import(name = "signalfd")
  static native int signalfd(int fd, Address set, int flags);

  @Import(name = "timerfd_create")
  static native int timerfdCreate(int clock, int flags);

  @Import(name = "timerfd_settime")
  static native int timerfdSettime(int fd, int flags, Address value, Address old);

  @Import(name = "clock_gettime")
  static native int clockGettime(int clock, Address time);

  @Import(name = "clock_settime")
  static native int clockSettime(int clock, Address time);

  @Import(name = "sethostname")
  static native int sethostname(Address name, long length);

  @Import(name = "setdomainname")
  static native int setdomainname(Address name, long length);

  @Import(name = "reboot")
  static native int reboot(int command);

  @Import(name = "syscall")
  static native long syscall(
      long number, long first, long second, long third, long fourth, long fifth, long sixth);
}

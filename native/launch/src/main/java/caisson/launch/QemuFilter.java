package caisson.launch;

import static caisson.launch.FilterCode.RET_ALLOW;
import static caisson.launch.FilterCode.RET_KILL_PROCESS;
import static caisson.launch.FilterCode.RET_USER_NOTIF;

import caisson.launch.spec.Confinement;
import caisson.launch.spec.Sharing;
import caisson.libc.Errno;

/**
 * The system calls that QEMU may make with the devices it has: everything that is not listed fails
 * with EPERM. The list is what QEMU 7.2 was seen to call under software emulation and KVM, with
 * near relatives that other C libraries choose for the same purpose.
 *
 * <p>What it leaves out is the point: no socket, bind, connect or socketpair; no process (clone
 * makes threads only, and clone3, whose flags a filter cannot see, is ENOSYS so that the C library
 * falls back); no mount, namespace, module, key, BPF, perf, io_uring, userfaultfd, ptrace or access
 * to other processes' memory; no change of limits or users; no making, removing or renaming of
 * files, unless it shares the host's. Calls through another entry (i386) kill the program; x32
 * numbers match nothing.
 *
 * <p>The filter is there before the one execve that starts QEMU. That one, and no other, is let
 * through by {@link ExecGate}: execve asks a listener, and the listener is gone when QEMU runs.
 */
final class QemuFilter {
  private static final int AUDIT_ARCH_X86_64 = 0xc000003e;

  private static final int SYS_IOCTL = 16;
  private static final int SYS_CLONE = 56;
  private static final int SYS_EXECVE = 59;
  private static final int SYS_PRCTL = 157;
  private static final int SYS_FALLOCATE = 285;
  private static final int SYS_PRLIMIT64 = 302;
  private static final int SYS_CLONE3 = 435;

  private static final int CLONE_THREAD = 0x10000;
  private static final int CLONE_NEW_ANYTHING = 0x7e020080;

  private static final int KVM_IOCTL_TYPE = 0xae00;

  private static final int[] ALLOWED = {
    // Files, which only the jail's mounts give and limit.
    257, // openat
    2, // open
    3, // close
    0, // read
    1, // write
    19, // readv
    20, // writev
    17, // pread64
    18, // pwrite64
    295, // preadv
    296, // pwritev
    8, // lseek
    5, // fstat
    4, // stat
    6, // lstat
    262, // newfstatat
    332, // statx
    137, // statfs
    138, // fstatfs
    21, // access
    269, // faccessat
    439, // faccessat2
    89, // readlink
    267, // readlinkat
    217, // getdents64
    79, // getcwd
    72, // fcntl
    73, // flock
    74, // fsync
    75, // fdatasync
    77, // ftruncate
    221, // fadvise64
    95, // umask
    // Descriptors and waiting.
    32, // dup
    33, // dup2
    292, // dup3
    293, // pipe2
    290, // eventfd2
    289, // signalfd4
    291, // epoll_create1
    233, // epoll_ctl
    232, // epoll_wait
    281, // epoll_pwait
    7, // poll
    271, // ppoll
    23, // select
    270, // pselect6
    283, // timerfd_create
    286, // timerfd_settime
    287, // timerfd_gettime
    // Sockets that it was given: it makes, binds and connects none.
    50, // listen
    43, // accept
    288, // accept4
    46, // sendmsg
    47, // recvmsg
    44, // sendto
    45, // recvfrom
    48, // shutdown
    51, // getsockname
    52, // getpeername
    55, // getsockopt
    54, // setsockopt
    // Memory; PROT_EXEC is what software emulation is made of.
    9, // mmap
    11, // munmap
    25, // mremap
    10, // mprotect
    28, // madvise
    12, // brk
    26, // msync
    27, // mincore
    319, // memfd_create
    324, // membarrier
    // Threads, signals within the program, scheduling.
    202, // futex
    273, // set_robust_list
    334, // rseq
    218, // set_tid_address
    60, // exit
    231, // exit_group
    24, // sched_yield
    204, // sched_getaffinity
    309, // getcpu
    13, // rt_sigaction
    14, // rt_sigprocmask
    15, // rt_sigreturn
    128, // rt_sigtimedwait
    127, // rt_sigpending
    130, // rt_sigsuspend
    131, // sigaltstack
    234, // tgkill
    219, // restart_syscall
    158, // arch_prctl
    // Time.
    35, // nanosleep
    230, // clock_nanosleep
    228, // clock_gettime
    229, // clock_getres
    96, // gettimeofday
    201, // time
    100, // times
    222, // timer_create
    223, // timer_settime
    224, // timer_gettime
    225, // timer_getoverrun
    226, // timer_delete
    // Questions about itself and the system.
    39, // getpid
    110, // getppid
    186, // gettid
    102, // getuid
    107, // geteuid
    104, // getgid
    108, // getegid
    118, // getresuid
    120, // getresgid
    115, // getgroups
    97, // getrlimit
    98, // getrusage
    63, // uname
    99, // sysinfo
    318, // getrandom
  };

  /** Changes of the files that are shared, which QEMU's 9p server makes (hw/9pfs/9p-local.c). */
  private static final int[] SHARING = {
    258, // mkdirat
    259, // mknodat
    260, // fchownat
    263, // unlinkat
    264, // renameat
    316, // renameat2
    265, // linkat
    266, // symlinkat
    268, // fchmodat
    90, // chmod
    91, // fchmod
    93, // fchown
    94, // lchown
    280, // utimensat
    188, // setxattr
    189, // lsetxattr
    190, // fsetxattr
    191, // getxattr
    192, // lgetxattr
    193, // fgetxattr
    194, // listxattr
    195, // llistxattr
    196, // flistxattr
    197, // removexattr
    198, // lremovexattr
    199, // fremovexattr
  };

  private static final int[] ALLOWED_IOCTLS = {
    0x5401, // TCGETS: is it a terminal?
    0x541b, // FIONREAD
    0x5421, // FIONBIO
    0x800454cf, // TUNGETFEATURES
    0x400454d0, // TUNSETOFFLOAD
    0x800454d2, // TUNGETIFF
    0x400454d4, // TUNSETSNDBUF
    0x800454d7, // TUNGETVNETHDRSZ
    0x400454d8, // TUNSETVNETHDRSZ
    0x400454dc, // TUNSETVNETLE
    0x400454de, // TUNSETVNETBE
  };

  private static final int[] ALLOWED_PRCTLS = {
    15, // PR_SET_NAME
    16, // PR_GET_NAME
    29, // PR_SET_TIMERSLACK
    30, // PR_GET_TIMERSLACK
    41, // PR_SET_THP_DISABLE
    0x53564d41, // PR_SET_VMA
  };

  private QemuFilter() {}

  /** The filter for {@code confinement}, as {@link caisson.libc.Seccomp} installs it. */
  static byte[] of(Confinement confinement) {
    FilterCode code = new FilterCode();
    code.loadArchitecture().unless(AUDIT_ARCH_X86_64, RET_KILL_PROCESS).loadNumber();
    // First what looks at arguments: the kernel caches the answers for all other numbers.
    code.when(SYS_IOCTL, ioctl(confinement.kvm()));
    code.when(SYS_CLONE, threadsOnly());
    code.when(SYS_PRCTL, argument(0, ALLOWED_PRCTLS));
    code.when(SYS_PRLIMIT64, readOnlyLimits());
    code.when(SYS_EXECVE, RET_USER_NOTIF);
    code.when(SYS_CLONE3, FilterCode.errno(Errno.ENOSYS));
    code.when(SYS_FALLOCATE, confinement.fallocateDoesNothing() ? FilterCode.errno(0) : RET_ALLOW);
    for (int number : ALLOWED) {
      code.when(number, RET_ALLOW);
    }
    if (confinement.sharing() != Sharing.NONE) {
      for (int number : SHARING) {
        code.when(number, RET_ALLOW);
      }
    }
    return code.answer(refused()).toBytes();
  }

  private static FilterCode ioctl(boolean kvm) {
    FilterCode code = new FilterCode();
    if (kvm) {
      code.loadArgument(1).and(0xff00).when(KVM_IOCTL_TYPE, RET_ALLOW);
    }
    return code.append(argument(1, ALLOWED_IOCTLS));
  }

  /** Allows the call if argument {@code index} is one of {@code values}. */
  private static FilterCode argument(int index, int[] values) {
    FilterCode code = new FilterCode().loadArgument(index);
    for (int value : values) {
      code.when(value, RET_ALLOW);
    }
    return code.answer(refused());
  }

  private static FilterCode threadsOnly() {
    return new FilterCode()
        .loadArgument(0)
        .and(CLONE_THREAD | CLONE_NEW_ANYTHING)
        .when(CLONE_THREAD, RET_ALLOW)
        .answer(refused());
  }

  /** Limits may be asked: the pointer to new ones must be null. */
  private static FilterCode readOnlyLimits() {
    return new FilterCode()
        .loadArgument(2)
        .unless(0, refused())
        .loadUpperHalf(2)
        .unless(0, refused())
        .answer(RET_ALLOW);
  }

  private static int refused() {
    return FilterCode.errno(Errno.EPERM);
  }
}

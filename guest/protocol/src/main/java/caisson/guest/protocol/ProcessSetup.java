package caisson.guest.protocol;

import java.util.List;

/**
 * Everything an agent needs to start a process in a container.
 *
 * @param stdin whether it gets a standard input; without, it reads /dev/null
 * @param user as Docker writes it: empty, a name or a number, and a group behind a colon
 * @param umask permission bits taken away, or -1
 * @param seccomp a filter: struct sock_filter of 8 bytes each, little-endian; or empty
 * @param oomScoreAdjust -1000 to 1000, or {@link #UNSET}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record ProcessSetup(
    boolean terminal,
    int rows,
    int columns,
    boolean stdin,
    List<String> arguments,
    List<String> environment,
    String workingDirectory,
    String user,
    List<Integer> groups,
    int umask,
    CapabilitySets capabilities,
    boolean noNewPrivileges,
    byte[] seccomp,
    List<ResourceLimit> resourceLimits,
    int oomScoreAdjust) {
  public static final int UNSET = Integer.MIN_VALUE;

  /** No program: what has only the streams of a process. */
  public static ProcessSetup streams(boolean stdin) {
    return new ProcessSetup(
        false,
        0,
        0,
        stdin,
        List.of(),
        List.of(),
        "",
        "",
        List.of(),
        -1,
        new CapabilitySets(0, 0, 0, 0, 0),
        false,
        new byte[0],
        List.of(),
        UNSET);
  }

  /** Capability sets (capabilities(7)); bit n is capability n. */
  public record CapabilitySets(
      long bounding, long effective, long permitted, long inheritable, long ambient) {}

  /** A limit by its number (RLIMIT_*); -1 is unlimited. */
  public record ResourceLimit(int resource, long soft, long hard) {}

  void write(Encoder out) {
    out.flag(terminal).i32(rows).i32(columns).flag(stdin);
    out.strings(arguments).strings(environment).string(workingDirectory).string(user);
    out.list(groups, (group, to) -> to.i32(group)).i32(umask);
    out.i64(capabilities.bounding()).i64(capabilities.effective());
    out.i64(capabilities.permitted()).i64(capabilities.inheritable());
    out.i64(capabilities.ambient()).flag(noNewPrivileges).bytes(seccomp);
    out.list(
        resourceLimits, (limit, to) -> to.u8(limit.resource()).i64(limit.soft()).i64(limit.hard()));
    out.i32(oomScoreAdjust);
  }

  static ProcessSetup read(Decoder in) {
    return new ProcessSetup(
        in.flag(),
        in.i32(),
        in.i32(),
        in.flag(),
        in.strings(),
        in.strings(),
        in.string(),
        in.string(),
        in.list(Decoder::i32),
        in.i32(),
        new CapabilitySets(in.i64(), in.i64(), in.i64(), in.i64(), in.i64()),
        in.flag(),
        in.bytes(),
        in.list(from -> new ResourceLimit(from.u8(), from.i64(), from.i64())),
        in.i32());
  }
}

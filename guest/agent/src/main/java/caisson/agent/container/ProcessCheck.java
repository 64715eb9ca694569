package caisson.agent.container;

import static caisson.agent.container.SetupCheck.atMost;
import static caisson.agent.container.SetupCheck.demand;

import caisson.guest.protocol.ProcessSetup;
import caisson.libc.Limits;

/** The agent's bounds on a process; the kernel bounds its arguments and environment. */
final class ProcessCheck {
  static final int MAX_USER = 512;
  static final int MAX_LIMITS = 32;

  /** BPF_MAXINSNS: of a seccomp filter, eight bytes each. */
  static final int MAX_INSTRUCTIONS = 4096;

  private static final int INSTRUCTION = 8;
  private static final int MAX_TERMINAL_SIZE = 0xffff;
  private static final int MAX_OOM_SCORE = 1000;

  private ProcessCheck() {}

  static void check(ProcessSetup process) {
    if (!process.workingDirectory().isEmpty()) {
      SetupCheck.checkPath(process.workingDirectory());
    }
    demand(process.user().length() <= MAX_USER, "a user has at most " + MAX_USER + " characters");
    atMost(UserLookup.MAX_GROUPS, process.groups(), "groups");
    for (int group : process.groups()) {
      demand(group >= 0, "a group's number is not negative: " + group);
    }
    checkTerminal(process);
    demand(process.umask() >= -1 && process.umask() <= 0777, "a umask has nine bits");
    check(process.capabilities());
    checkFilter(process.seccomp().length);
    atMost(MAX_LIMITS, process.resourceLimits(), "resource limits");
    process.resourceLimits().forEach(ProcessCheck::check);
    int score = process.oomScoreAdjust();
    demand(
        score == ProcessSetup.UNSET || Math.abs(score) <= MAX_OOM_SCORE,
        "an OOM score is adjusted by -1000 to 1000, not " + score);
  }

  static void requireCommand(ProcessSetup process) {
    demand(!process.arguments().isEmpty(), "a process needs a command");
  }

  private static void checkTerminal(ProcessSetup process) {
    boolean rows = process.rows() >= 0 && process.rows() <= MAX_TERMINAL_SIZE;
    boolean columns = process.columns() >= 0 && process.columns() <= MAX_TERMINAL_SIZE;
    demand(rows && columns, "a terminal has at most 65535 rows and columns");
  }

  /** What the kernel would refuse when it is too late to say it well (capabilities(7)). */
  private static void check(ProcessSetup.CapabilitySets sets) {
    demand(isIn(sets.effective(), sets.permitted()), "effective capabilities must be permitted");
    demand(
        isIn(sets.ambient(), sets.permitted() & sets.inheritable()),
        "ambient capabilities must be permitted and inheritable");
  }

  private static boolean isIn(long set, long other) {
    return (set & ~other) == 0;
  }

  private static void checkFilter(int length) {
    demand(length % INSTRUCTION == 0, "a filter's instructions have eight bytes each");
    demand(
        length / INSTRUCTION <= MAX_INSTRUCTIONS,
        "a filter has at most " + MAX_INSTRUCTIONS + " instructions");
  }

  private static void check(ProcessSetup.ResourceLimit limit) {
    boolean known = limit.resource() >= 0 && limit.resource() <= Limits.RLIMIT_RTTIME;
    demand(known, "there is no resource limit " + limit.resource());
    boolean ordered = Long.compareUnsigned(limit.soft(), limit.hard()) <= 0;
    demand(ordered, "a soft limit is not above the hard one");
  }
}

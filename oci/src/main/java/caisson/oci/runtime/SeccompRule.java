package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/** What happens to some system calls. */
public record SeccompRule(
    List<String> names, String action, Optional<Integer> errnoRet, List<SeccompArg> args) {
  public SeccompRule {
    names = Absent.list(names);
    args = Absent.list(args);
  }
}

package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;
import java.util.Optional;

/** A program; {@code timeout} is in seconds. */
public record Hook(String path, List<String> args, List<String> env, Optional<Integer> timeout) {
  public Hook {
    args = Absent.list(args);
    env = Absent.list(env);
  }
}

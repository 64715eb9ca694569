package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;

/** Programs run at points of a container's life (config.md, "POSIX-platform Hooks"). */
public record Hooks(
    List<Hook> prestart,
    List<Hook> createRuntime,
    List<Hook> createContainer,
    List<Hook> startContainer,
    List<Hook> poststart,
    List<Hook> poststop) {
  /** Nothing to run. */
  public static final Hooks NONE =
      new Hooks(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Hooks {
    prestart = Absent.list(prestart);
    createRuntime = Absent.list(createRuntime);
    createContainer = Absent.list(createContainer);
    startContainer = Absent.list(startContainer);
    poststart = Absent.list(poststart);
    poststop = Absent.list(poststop);
  }
}

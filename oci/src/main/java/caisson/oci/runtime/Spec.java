package caisson.oci.runtime;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container as the OCI runtime spec describes it (runtime-spec, config.md and config-linux.md).
 * Field names are the spec's; a field the document does not have is empty; fields the spec does not
 * name are ignored.
 */
public record Spec(
    String ociVersion,
    Optional<ProcessSpec> process,
    Optional<Root> root,
    Optional<String> hostname,
    Optional<String> domainname,
    List<MountSpec> mounts,
    Optional<Hooks> hooks,
    Map<String, String> annotations,
    Optional<LinuxSpec> linux) {
  public Spec {
    mounts = Absent.list(mounts);
    annotations = Absent.map(annotations);
  }

  /** The same with other limits; what has no Linux section has none. */
  public Spec withResources(Resources resources) {
    return new Spec(
        ociVersion,
        process,
        root,
        hostname,
        domainname,
        mounts,
        hooks,
        annotations,
        linux.map(it -> it.withResources(resources)));
  }

  /** Whether the container's process has a terminal. */
  @JsonIgnore
  public boolean hasTerminal() {
    return process.map(ProcessSpec::terminal).orElse(false);
  }
}

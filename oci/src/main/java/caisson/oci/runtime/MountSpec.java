package caisson.oci.runtime;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/** A mount (config.md, "Mounts"). */
public record MountSpec(
    String destination,
    Optional<String> type,
    Optional<String> source,
    List<String> options,
    List<IdMapping> uidMappings,
    List<IdMapping> gidMappings) {
  public MountSpec {
    options = Absent.list(options);
    uidMappings = Absent.list(uidMappings);
    gidMappings = Absent.list(gidMappings);
  }

  /** Whether it shows a file or directory that is there already, its source. */
  @JsonIgnore
  public boolean isBind() {
    return type.orElse("").equals("bind") || options.contains("bind") || options.contains("rbind");
  }
}

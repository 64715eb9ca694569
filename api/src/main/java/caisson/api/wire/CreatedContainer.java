package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;

/** The answer to {@link CreateContainer}. */
public record CreatedContainer(String id, List<String> warnings) {
  public CreatedContainer {
    warnings = Absent.list(warnings);
  }
}

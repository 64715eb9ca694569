package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;

/** Capability sets, each a list of names with their CAP_ (capabilities(7)). */
public record Capabilities(
    List<String> bounding,
    List<String> effective,
    List<String> inheritable,
    List<String> permitted,
    List<String> ambient) {
  /** No privilege at all. */
  public static final Capabilities NONE =
      new Capabilities(List.of(), List.of(), List.of(), List.of(), List.of());

  public Capabilities {
    bounding = Absent.list(bounding);
    effective = Absent.list(effective);
    inheritable = Absent.list(inheritable);
    permitted = Absent.list(permitted);
    ambient = Absent.list(ambient);
  }
}

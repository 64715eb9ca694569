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
  public Capabilities {
    bounding = Absent.list(bounding);
    effective = Absent.list(effective);
    inheritable = Absent.list(inheritable);
    permitted = Absent.list(permitted);
    ambient = Absent.list(ambient);
  }
}

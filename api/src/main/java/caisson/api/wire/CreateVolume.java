package caisson.api.wire;

import caisson.base.Absent;
import java.util.Map;

/**
 * The body of {@code POST /volumes/create}.
 *
 * @param name "" for one that the daemon invents
 * @param driver {@code local} or ""
 * @param driverOpts {@code type=disk} makes a disk of its own, {@code size} says how large
 */
public record CreateVolume(
    String name, String driver, Map<String, String> driverOpts, Map<String, String> labels) {
  public CreateVolume {
    name = Absent.text(name);
    driver = Absent.text(driver);
    driverOpts = Absent.texts(driverOpts);
    labels = Absent.texts(labels);
  }
}

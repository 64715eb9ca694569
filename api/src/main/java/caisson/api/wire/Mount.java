package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mount in a {@link HostConfig}, as {@code --mount} asks for it.
 *
 * @param type bind, volume or tmpfs
 * @param source a path of the host, or a volume's name
 * @param target the path in the container
 */
public record Mount(
    String type,
    String source,
    String target,
    boolean readOnly,
    String consistency,
    Optional<BindOptions> bindOptions,
    Optional<VolumeOptions> volumeOptions,
    Optional<TmpfsOptions> tmpfsOptions) {
  public Mount {
    type = Absent.text(type);
    source = Absent.text(source);
    target = Absent.text(target);
    consistency = Absent.text(consistency);
  }

  /**
   * How a path of the host is bound.
   *
   * @param createMountpoint whether a missing source becomes a directory
   */
  public record BindOptions(
      String propagation,
      boolean nonRecursive,
      boolean createMountpoint,
      boolean readOnlyNonRecursive,
      boolean readOnlyForceRecursive) {
    public BindOptions {
      propagation = Absent.text(propagation);
    }
  }

  /** How a volume is mounted, and made if it is not there. */
  public record VolumeOptions(
      boolean noCopy, Map<String, String> labels, Optional<Driver> driverConfig, String subpath) {
    public VolumeOptions {
      labels = Absent.texts(labels);
      subpath = Absent.text(subpath);
    }
  }

  /** What makes a volume. */
  public record Driver(String name, Map<String, String> options) {
    public Driver {
      name = Absent.text(name);
      options = Absent.texts(options);
    }
  }

  /**
   * How large a tmpfs is and whose.
   *
   * @param sizeBytes 0 for half of the memory
   * @param mode permission bits; 0 for 01777
   */
  public record TmpfsOptions(long sizeBytes, int mode, List<List<String>> options) {
    public TmpfsOptions {
      options = Absent.list(options);
    }
  }
}

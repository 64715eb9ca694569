package caisson.api.docker.containers;

import caisson.api.http.BadRequest;
import caisson.api.wire.Device;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.oci.runtime.DeviceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code --device}: devices that every machine has, whatever the host does. A device of the host's
 * stays the host's.
 */
final class GuestDevices {
  /** A character device's numbers (the kernel's Documentation/admin-guide/devices.txt). */
  private record Numbers(long major, long minor) {}

  private static final Map<String, Numbers> KNOWN =
      Map.of("/dev/fuse", new Numbers(10, 229), "/dev/net/tun", new Numbers(10, 200));

  private GuestDevices() {}

  static List<DeviceSpec> of(List<Device> devices) {
    return devices.stream().map(GuestDevices::of).toList();
  }

  private static DeviceSpec of(Device device) {
    var numbers = KNOWN.get(device.pathOnHost());
    if (numbers == null) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "HostConfig.Devices: %s is the host's, and a machine has devices of its own; there are %s"
              .formatted(device.pathOnHost(), KNOWN.keySet().stream().sorted().toList()));
    }
    var path = device.pathInContainer().isEmpty() ? device.pathOnHost() : device.pathInContainer();
    if (!path.startsWith("/")) {
      throw BadRequest.of(path + " is not an absolute path");
    }
    return new DeviceSpec(
        "c",
        path,
        Optional.of(numbers.major()),
        Optional.of(numbers.minor()),
        Optional.of(0666),
        Optional.of(0L),
        Optional.of(0L));
  }
}

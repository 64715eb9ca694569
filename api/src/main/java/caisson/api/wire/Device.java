package caisson.api.wire;

import caisson.base.Absent;

/**
 * A device for a container.
 *
 * @param pathInContainer "" for the same
 * @param cgroupPermissions of r, w and m
 */
public record Device(String pathOnHost, String pathInContainer, String cgroupPermissions) {
  public Device {
    pathOnHost = Absent.text(pathOnHost);
    pathInContainer = Absent.text(pathInContainer);
    cgroupPermissions = Absent.text(cgroupPermissions);
  }
}

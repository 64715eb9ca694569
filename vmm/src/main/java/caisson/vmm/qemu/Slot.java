package caisson.vmm.qemu;

/**
 * The virtio-mmio slots of every machine. A microvm without ACPI has eight, and nothing can be
 * plugged into one later: so all are taken from the start, always by the same device, and what
 * comes later goes through a device that is there. A clone fits its template only because of that.
 */
enum Slot {
  SERIAL(0, "virtio-serial-device"),
  SCSI(1, "virtio-scsi-device"),
  RNG(2, "virtio-rng-device"),
  BALLOON(3, "virtio-balloon-device"),
  SHARES(4, "virtio-9p-device"),
  NET0(5, "virtio-net-device"),
  NET1(6, "virtio-net-device"),
  BLOCK0(7, "virtio-blk-device");

  private final int bus;
  private final String driver;

  Slot(int bus, String driver) {
    this.bus = bus;
    this.driver = driver;
  }

  /** The value of QEMU's option {@code -device}, with the device's own {@code properties}. */
  String device(String... properties) {
    var value = new StringBuilder(driver).append(",bus=virtio-mmio-bus.").append(bus);
    for (var property : properties) {
      value.append(',').append(property);
    }
    return value.toString();
  }
}

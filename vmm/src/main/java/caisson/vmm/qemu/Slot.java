package caisson.vmm.qemu;

/**
 * The virtio-mmio slots of every machine. A microvm without ACPI has eight, and nothing can be
 * plugged into one later: so all are taken from the start, always by the same device, and what
 * comes later goes through a device that is there. A clone fits its template only because of that.
 *
 * <p>The guest's kernel finds the slot with the highest number first: so they count down, and net 0
 * becomes eth0.
 */
enum Slot {
  SERIAL(7, "virtio-serial-device"),
  SCSI(6, "virtio-scsi-device"),
  RNG(5, "virtio-rng-device"),
  BALLOON(4, "virtio-balloon-device"),
  SHARES(3, "virtio-9p-device"),
  NET0(2, "virtio-net-device"),
  NET1(1, "virtio-net-device"),
  BLOCK0(0, "virtio-blk-device");

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

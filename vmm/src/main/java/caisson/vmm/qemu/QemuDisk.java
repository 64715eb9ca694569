package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.VmDisk;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Disks as QEMU's block nodes and devices (QEMU, qapi/block-core.json). */
final class QemuDisk {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** The serial of the disk on the block slot, and the name of its block node. */
  static final String BLOCK_SERIAL = "layer0";

  /** What is on the block slot while no disk is: nothing but zeros, and large enough for any. */
  static final String EMPTY_SLOT =
      json(
          node(
              BLOCK_SERIAL,
              true,
              Map.of("driver", "null-co", "size", 1L << 40, "read-zeroes", true)));

  private QemuDisk() {}

  /**
   * Looks whether QEMU can use the image.
   *
   * @throws CaissonException NOT_FOUND if it is not there, INVALID_ARGUMENT if it is too large
   */
  static void requireSupported(VmDisk disk) {
    try {
      if (Files.size(disk.image()) > BoundedFile.MAX_FILE) {
        throw new CaissonException(
            ErrorCode.INVALID_ARGUMENT,
            "the disk %s is larger than %d GiB"
                .formatted(disk.image(), BoundedFile.MAX_FILE >> 30));
      }
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NOT_FOUND, "cannot find the disk " + disk.image() + ": " + e, e);
    }
  }

  static boolean isOnBlockSlot(VmDisk disk) {
    return disk.serial().equals(BLOCK_SERIAL);
  }

  static Optional<VmDisk> onBlockSlot(List<VmDisk> disks) {
    return disks.stream().filter(QemuDisk::isOnBlockSlot).findFirst();
  }

  /** The block node over the open file {@code image}, as JSON. */
  static String blockDevice(VmDisk disk, DescriptorSet image) {
    return json(blockNode(disk, image));
  }

  /** The same, as arguments of {@code blockdev-add}. */
  static Map<String, ?> blockNode(VmDisk disk, DescriptorSet image) {
    return node(disk.serial(), disk.readOnly(), file(disk, image));
  }

  /** The open file {@code image} alone, as a block node that {@link #reopened} puts to use. */
  static Map<String, ?> fileNode(VmDisk disk, DescriptorSet image) {
    var node = new HashMap<String, Object>(file(disk, image));
    node.put("node-name", fileName(disk));
    return node;
  }

  /** The disk's block node over {@link #fileNode}, as an option of {@code blockdev-reopen}. */
  static Map<String, ?> reopened(VmDisk disk) {
    return node(disk.serial(), disk.readOnly(), fileName(disk));
  }

  private static String fileName(VmDisk disk) {
    return disk.serial() + "-file";
  }

  private static Map<String, ?> file(VmDisk disk, DescriptorSet image) {
    return Map.of(
        "driver",
        "file",
        "filename",
        image.path(),
        "read-only",
        disk.readOnly(),
        "discard",
        "unmap",
        // A file has one machine by its container's state; probing for locks needs a /dev/null.
        "locking",
        "off");
  }

  private static Map<String, ?> node(String name, boolean readOnly, Object file) {
    return Map.of(
        "driver", "raw",
        "node-name", name,
        "read-only", readOnly,
        "discard", "unmap",
        "file", file);
  }

  /** The device on the scsi slot, as JSON. */
  static String scsiDevice(VmDisk disk) {
    return json(scsiArguments(disk));
  }

  /** The same, as arguments of {@code device_add}. */
  static Map<String, ?> scsiArguments(VmDisk disk) {
    return Map.of(
        "driver",
        "scsi-hd",
        "bus",
        "scsi.0",
        "id",
        "disk-" + disk.serial(),
        "drive",
        disk.serial(),
        "serial",
        disk.serial());
  }

  private static String json(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new AssertionError("texts, numbers and maps are JSON", e);
    }
  }
}

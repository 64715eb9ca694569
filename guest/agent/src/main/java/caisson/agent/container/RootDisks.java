package caisson.agent.container;

import caisson.libc.FileStatus;
import caisson.libc.Files;
import caisson.libc.Mounts;
import java.util.List;

/**
 * Puts a container's root together from its disks: EROFS layers below, ext4 on top of them by
 * overlayfs. All of it happens below a small tmpfs that only the container's set-up sees, and goes
 * out of sight with it.
 */
final class RootDisks {
  /** Where the tmpfs is. */
  static final String STAGE = "/stage";

  /** Where the container's root is. */
  static final String ROOT = STAGE + "/root";

  private static final String DISK = "disk";

  /** What the container has of its own, in the stage. */
  static final String UPPER = DISK + "/upper";

  private static final String STAGE_OPTIONS = "mode=700,size=1m,nr_inodes=1k";
  private static final String LOWER = "lower";

  /** Nothing happens to an empty disk beside what the container does. */
  static final List<String> WRITABLE_OPTIONS = List.of("noinit_itable", "nodiscard");

  private static final int PERMISSIONS = 07777;

  /**
   * Everything that the kernel's configuration could turn on and that an upper directory moved to
   * another machine does not survive is off.
   */
  private static final String OVERLAY_OPTIONS =
      ",redirect_dir=off,metacopy=off,index=off,xino=auto";

  private final List<String> lowerDisks;
  private final String writableDisk;

  RootDisks(List<String> lowerDisks, String writableDisk) {
    this.lowerDisks = lowerDisks;
    this.writableDisk = writableDisk;
  }

  /** Mounts everything and leaves the process in the stage. */
  void mount() {
    mountDisks();
    mountOverlay();
  }

  /**
   * Mounts the disks once more, where only this process sees them, and leaves it in the stage: the
   * container's own files are in {@link #UPPER}, the image's in {@link #lower}.
   */
  void mountApart() {
    mountDisks();
    if (lowerDisks.size() > 1) {
      Files.makeDirectory(LOWER, 0700);
      String options = lowerDirectories() + OVERLAY_OPTIONS;
      Mounts.mount("overlay", LOWER, "overlay", Mounts.MS_RDONLY, options);
    }
  }

  /** Where {@link #mountApart} puts the image's files: overlayfs takes no layer alone. */
  String lower() {
    return lowerDisks.size() > 1 ? LOWER : "0";
  }

  private void mountDisks() {
    makeStage();
    try (DiskSearch disks = new DiskSearch()) {
      for (int layer = 0; layer < lowerDisks.size(); layer++) {
        String place = String.valueOf(layer);
        Files.makeDirectory(place, 0700);
        String device = disks.await(lowerDisks.get(layer));
        Mounts.mount(device, place, "erofs", Mounts.MS_RDONLY, "");
      }
      Files.makeDirectory(DISK, 0700);
      if (!writableDisk.isEmpty()) {
        String device = disks.await(writableDisk);
        String options = String.join(",", WRITABLE_OPTIONS);
        Mounts.mount(device, DISK, "ext4", Mounts.MS_NOATIME, options);
      }
    }
  }

  /** Makes the tmpfs and leaves the process in it. */
  static void makeStage() {
    Files.makeDirectories(STAGE, 0700);
    Mounts.mount("stage", STAGE, "tmpfs", 0, STAGE_OPTIONS);
    Files.changeDirectory(STAGE);
  }

  private void mountOverlay() {
    makeUpper();
    Files.makeDirectory(ROOT, 0755);
    String upper = ",upperdir=" + UPPER + ",workdir=" + DISK + "/work";
    Mounts.mount("overlay", ROOT, "overlay", 0, lowerDirectories() + upper + OVERLAY_OPTIONS);
  }

  /**
   * Without a writable disk the upper directory is on the stage: mount points that the image lacks
   * are made there before the root becomes read-only. The root's own attributes are those of the
   * topmost layer.
   */
  private void makeUpper() {
    if (!Files.exists(UPPER)) {
      FileStatus root = FileStatus.of(String.valueOf(lowerDisks.size() - 1));
      Files.makeDirectory(UPPER, 0755);
      Files.setOwner(UPPER, root.uid(), root.gid(), 0);
      Files.setMode(UPPER, root.mode() & PERMISSIONS);
    }
    Files.makeDirectories(DISK + "/work", 0700);
  }

  /** The topmost comes first; short names, since all options fit in one page. */
  private String lowerDirectories() {
    StringBuilder lower = new StringBuilder("lowerdir=");
    for (int layer = lowerDisks.size() - 1; layer >= 0; layer--) {
      lower.append(layer).append(layer == 0 ? "" : ":");
    }
    return lower.toString();
  }
}

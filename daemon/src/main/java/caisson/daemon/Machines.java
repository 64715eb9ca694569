package caisson.daemon;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.vmm.qemu.AcceleratorChoice;
import caisson.vmm.qemu.QemuConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What machines are made with: the installation's parts, or those that the configuration names. */
final class Machines {
  private static final String BRIDGE = "bridge";
  private static final String USER = "user";
  private static final int READY = 2;
  private static final int MOST_READY = 64;

  private Machines() {}

  static QemuConfig config(Path installation, Places places, ConfigFile file, int uid) {
    var usual = QemuConfig.of(installation, places.run(), places.root().resolve("cache"), uid == 0);
    return new QemuConfig(
        usual.launcher(),
        file.path(Setting.KERNEL).orElse(usual.kernel()),
        file.path(Setting.INITRAMFS).orElse(usual.initramfs()),
        file.path(Setting.QEMU).orElse(usual.qemu()),
        file.path(Setting.SLIRP4NETNS).orElse(usual.slirp()),
        usual.runDirectory(),
        usual.cacheDirectory(),
        usual.users(),
        file.value(Setting.ACCELERATOR).map(Machines::accelerator).orElse(usual.accelerator()),
        file.value(Setting.CLONES).map(Machines::isOn).orElse(usual.clones()));
  }

  /**
   * Whether each machine has a user-mode network of its own instead of a place on a bridge, which
   * only root can make.
   */
  static boolean userNetwork(ConfigFile file, int uid) {
    return switch (file.value(Setting.NETWORK).orElse(uid == 0 ? BRIDGE : USER)) {
      case USER -> true;
      case BRIDGE -> {
        if (uid != 0) {
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT,
              "the configuration's network cannot be bridge: only root may make one; use user");
        }
        yield false;
      }
      case String other ->
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT,
              "the configuration's network is bridge or user, not \"" + other + "\"");
    };
  }

  /** How many machines of a kind are kept ready. */
  static int ready(ConfigFile file) {
    var word = file.value(Setting.POOL);
    try {
      int ready = word.map(Integer::parseInt).orElse(READY);
      if (ready >= 0 && ready <= MOST_READY) {
        return ready;
      }
    } catch (NumberFormatException e) {
      // Said below, as for numbers out of range.
    }
    throw new CaissonException(
        ErrorCode.INVALID_ARGUMENT,
        "the configuration's pool is 0 to " + MOST_READY + ", not \"" + word.orElse("") + "\"");
  }

  private static boolean isOn(String word) {
    return switch (word) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT,
              "the configuration's clones is on or off, not \"" + word + "\"");
    };
  }

  private static AcceleratorChoice accelerator(String word) {
    return Arrays.stream(AcceleratorChoice.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new CaissonException(
                ErrorCode.INVALID_ARGUMENT,
                "the configuration's accelerator is auto, kvm or tcg, not \"" + word + "\""));
  }
}

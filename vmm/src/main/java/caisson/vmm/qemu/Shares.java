package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.launch.spec.Bind;
import caisson.launch.spec.Sharing;
import caisson.vmm.VmShare;
import caisson.vmm.VmShare.Owners;
import java.nio.file.Files;
import java.util.List;

/**
 * A machine's shares as one 9p export. QEMU has one security model for all of an export
 * (qemu-options.hx, -fsdev): as root it is {@code passthrough}, else what the owners of the shares
 * want.
 *
 * @param root whether QEMU can be given the capabilities that other users' files need
 */
record Shares(List<VmShare> all, boolean root) {
  static final Shares NONE = new Shares(List.of(), false);

  /** The directory of the export in the jail. */
  static final String DIRECTORY = "/vm/shares";

  /**
   * Looks whether QEMU can serve them.
   *
   * @throws CaissonException NOT_FOUND if one is not there, UNSUPPORTED if they do not go together
   */
  void check() {
    for (var share : all) {
      if (!Files.exists(share.source())) {
        throw new CaissonException(
            ErrorCode.NOT_FOUND, "bind source path does not exist: " + share.source());
      }
    }
    if (!root && all.stream().map(VmShare::owners).distinct().count() > 1) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED,
          "without root a machine cannot have both binds and named volumes that are directories;"
              + " make the volumes disks (volume create -o type=disk), or use binds alone");
    }
  }

  /** What QEMU may do for them. */
  Sharing sharing() {
    if (all.isEmpty()) {
      return Sharing.NONE;
    }
    return root ? Sharing.EVERY_USER : Sharing.OWN_USER;
  }

  /** What is bound in the jail. */
  List<Bind> binds() {
    return all.stream().map(Shares::bind).toList();
  }

  /** Where the share {@code name} is in the jail. */
  static String target(String name) {
    return DIRECTORY + "/" + name;
  }

  private static Bind bind(VmShare share) {
    return new Bind(
        share.source().toString(),
        target(share.name()),
        share.readOnly() ? Bind.Kind.DATA : Bind.Kind.WRITABLE);
  }

  /** The value of QEMU's option {@code -fsdev}, with the id {@code shares}. */
  String device() {
    var device = "local,id=shares,security_model=%s,path=%s".formatted(model(), DIRECTORY);
    // Several file systems of the host look like one: their inode numbers are told apart.
    return all.isEmpty() ? device : device + ",multidevs=remap";
  }

  private String model() {
    boolean host = all.stream().anyMatch(share -> share.owners() == Owners.HOST);
    if (all.isEmpty()) {
      return "mapped-xattr";
    }
    return root ? "passthrough" : host ? "none" : "mapped-xattr";
  }
}

package caisson.vmm.qemu;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.Digest;
import caisson.base.ErrorCode;
import caisson.vmm.VmId;
import caisson.vmm.VmNetwork;
import caisson.vmm.VmSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All that goes into a template besides its shape, as one word: the host's kernel and CPU, QEMU's
 * build, the guest's kernel and initramfs, the accelerator, and QEMU's whole command line. When any
 * of it changes, what was saved before fits no machine any more.
 */
record TemplateOrigin(QemuConfig config, HostDescription host) {
  /** Changes when what is done before a template is saved does. */
  private static final String METHOD = "method 2";

  private static final int LENGTH = 16;
  private static final VmSpec ANY =
      new VmSpec(
          new VmId("0".repeat(16)), ByteSize.ofMib(512), 1, VmNetwork.NONE, List.of(), List.of());

  String of(Accelerator accelerator) {
    var directory = VmDirectory.of(Path.of("/"), ANY.id());
    var original = new Boot.Original(Path.of("/memory"));
    var arguments = QemuCommand.of(ANY, directory, accelerator, original, Shares.NONE).arguments();
    var all =
        List.of(METHOD, host.text(), "initramfs " + initramfs(), String.join("\0", arguments));
    var digest = Digest.of(String.join("\n", all).getBytes(StandardCharsets.UTF_8));
    return digest.hex().substring(0, LENGTH);
  }

  private Digest initramfs() {
    try {
      return Digest.of(Files.readAllBytes(config.initramfs()));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.UNSUPPORTED, "cannot read the guest's initramfs: " + e, e);
    }
  }
}

package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.launch.spec.Bind;
import caisson.launch.spec.InvalidSpecException;
import caisson.launch.spec.SharesSpec;
import caisson.vmm.VmShare;
import java.util.List;

/** Shares that a running machine gets, and loses, in the jail of its QEMU. */
record LateShares(Launcher launcher, VmDirectory directory, VmRecord content) {
  void add(List<VmShare> shares) {
    var late = new Shares(shares, content.user().isPresent());
    late.check();
    change(late.binds(), List.of());
  }

  void remove(List<String> names) {
    change(List.of(), names.stream().map(Shares::target).toList());
  }

  private void change(List<Bind> added, List<String> removed) {
    if (added.isEmpty() && removed.isEmpty()) {
      return;
    }
    try {
      int qemu = Math.toIntExact(content.qemu().pid());
      var mark = VmProcesses.mark(directory);
      var spec = new SharesSpec(qemu, mark, Shares.DIRECTORY, added, removed);
      launcher.run(directory, spec.encode(), "the machine's shares did not change", "shares");
    } catch (InvalidSpecException e) {
      throw new CaissonException(
          ErrorCode.INVALID_ARGUMENT, "cannot share files: " + e.getMessage(), e);
    }
  }
}

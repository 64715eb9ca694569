package caisson.vmm.qemu;

import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.linux.Descriptor;
import caisson.linux.PidFd;
import caisson.vmm.GuestAddress;
import caisson.vmm.Vm;
import caisson.vmm.VmDisk;
import caisson.vmm.VmId;
import caisson.vmm.VmShare;
import caisson.vmm.qmp.DescriptorMonitor;
import caisson.vmm.qmp.QmpConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A machine whose QEMU runs and answers. */
public final class QemuVm implements Vm {
  /** How long QEMU may take for what it is asked. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  private final VmDirectory directory;
  private final VmRecord content;
  private final QmpConnection qmp;
  private final LateShares shares;
  private final FullDisk fullDisk;
  private final VmEnd end;
  private final Runnable whenCleared;
  private final ReentrantLock destruction = new ReentrantLock();
  private boolean cleared;

  QemuVm(
      VmDirectory directory,
      VmRecord content,
      QmpConnection qmp,
      LateShares shares,
      FullDisk fullDisk,
      VmEnd end,
      Runnable whenCleared) {
    this.directory = directory;
    this.content = content;
    this.qmp = qmp;
    this.shares = shares;
    this.fullDisk = fullDisk;
    this.end = end;
    this.whenCleared = whenCleared;
  }

  @Override
  public VmId id() {
    return directory.id();
  }

  @Override
  public long pid() {
    return content.qemu().pid();
  }

  @Override
  public Path agentSocket() {
    return directory.agent();
  }

  @Override
  public Path portSocket() {
    return directory.ports();
  }

  @Override
  public Optional<GuestAddress> address() {
    return content.cards().stream().findFirst();
  }

  @Override
  public String consoleTail() {
    return directory.console().tail();
  }

  @Override
  public void assign(List<VmDisk> disks) {
    for (var disk : disks) {
      if (QemuDisk.isOnBlockSlot(disk)) {
        replace(disk);
      } else {
        attach(disk);
      }
    }
  }

  /** Puts another image behind the block slot; the guest keeps the size that it knows. */
  private void replace(VmDisk disk) {
    QemuDisk.requireSupported(disk);
    try (var image = open(disk)) {
      var set = new DescriptorSet(DescriptorMonitor.pass(directory.descriptors(), image, ANSWER));
      qmp.execute("blockdev-add", QemuDisk.fileNode(disk, set));
      qmp.execute("remove-fd", Map.of("fdset-id", set.id()));
      qmp.execute("blockdev-reopen", Map.of("options", List.of(QemuDisk.reopened(disk))));
    }
  }

  /**
   * Gives the running guest a disk, which it finds on the scsi slot by the disk's serial number.
   *
   * @throws CaissonException NOT_FOUND if the image cannot be opened, VM_FAILED if QEMU refuses
   */
  public void attach(VmDisk disk) {
    QemuDisk.requireSupported(disk);
    try (var image = open(disk)) {
      var set = new DescriptorSet(DescriptorMonitor.pass(directory.descriptors(), image, ANSWER));
      qmp.execute("blockdev-add", QemuDisk.blockNode(disk, set));
      // From here on the node holds the file open; the set would hold it a second time.
      qmp.execute("remove-fd", Map.of("fdset-id", set.id()));
      qmp.execute("device_add", QemuDisk.scsiArguments(disk));
    }
  }

  /** Shows the guest a disk that QEMU has had open since it was started. */
  void show(VmDisk disk) {
    qmp.execute("device_add", QemuDisk.scsiArguments(disk));
  }

  /**
   * Has a clone's guest go on where its template's was saved; it runs when this returns.
   *
   * @param state the file of the template's state
   * @throws CaissonException VM_FAILED if QEMU does not take it
   */
  void restore(Descriptor state) {
    DescriptorMonitor.restoreState(directory.descriptors(), state, ANSWER);
    qmp.execute("cont"); // the template was stopped when it was saved
  }

  /**
   * Stops the guest for good and saves its devices' state in {@code file}; its memory is in the
   * file that it was started with.
   */
  void save(Descriptor file) {
    qmp.execute("stop");
    DescriptorMonitor.saveState(directory.descriptors(), file, ANSWER);
  }

  @Override
  public void share(List<VmShare> added) {
    shares.add(added);
  }

  @Override
  public void unshare(List<String> names) {
    shares.remove(names);
  }

  private static Descriptor open(VmDisk disk) {
    try {
      return disk.readOnly()
          ? Descriptor.openToRead(disk.image())
          : Descriptor.openToWrite(disk.image());
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NOT_FOUND, "cannot open the disk " + disk.image() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public ByteSize memory() {
    return new ByteSize(qmp.execute("query-memory-size-summary").path("base-memory").asLong());
  }

  @Override
  public void pause() {
    fullDisk.hold();
    qmp.execute("stop");
  }

  @Override
  public void resume() {
    fullDisk.unhold();
    qmp.execute("cont");
  }

  @Override
  public void onExit(Consumer<String> listener) {
    end.listen(listener);
  }

  @Override
  public boolean awaitExit(Duration timeout) throws InterruptedException {
    return end.await(timeout);
  }

  @Override
  public void kill() {
    VmProcesses.send(content.qemu().identity(), PidFd.SIGKILL);
  }

  @Override
  public void destroy() {
    destruction.lock();
    try {
      if (!cleared) {
        VmProcesses.kill(content.qemu().identity());
        content.companions().forEach(companion -> VmProcesses.kill(companion.identity()));
        qmp.close();
        directory.delete();
        whenCleared.run();
        cleared = true;
      }
    } finally {
      destruction.unlock();
    }
  }

  @Override
  public void release() {
    end.forget();
    qmp.close();
  }
}

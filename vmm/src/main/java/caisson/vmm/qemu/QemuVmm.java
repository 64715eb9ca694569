package caisson.vmm.qemu;

import caisson.base.CaissonException;
import caisson.vmm.Vm;
import caisson.vmm.VmId;
import caisson.vmm.VmRemains;
import caisson.vmm.VmSpec;
import caisson.vmm.VmTemplates;
import caisson.vmm.Vmm;
import caisson.vmm.VmmStatus;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Machines by QEMU's microvm. On a host whose /dev/kvm nobody has tried yet, the first {@link
 * #start} or {@link #status} boots a probe guest, for ten seconds at most; the verdict is kept in
 * the cache directory.
 */
public final class QemuVmm implements Vmm, AutoCloseable {
  private static final String UNKNOWN = "unknown";

  private final QemuConfig config;
  private final QemuMachines machines;
  private final QemuRemains remains;
  private final AcceleratorVerdict accelerator;
  private final Templates templates;

  public QemuVmm(QemuConfig config) {
    var directory = config.runDirectory().resolve("vms");
    this.config = config;
    this.machines = new QemuMachines(config, directory);
    this.remains = new QemuRemains(directory);
    this.accelerator = new AcceleratorVerdict(config, machines);
    this.templates = new Templates(config, machines);
  }

  @Override
  public QemuVm start(VmSpec spec) {
    Requirements.check(config, spec.network());
    var verdict = accelerator.get().accelerator();
    if (!config.clones()) {
      return machines.start(spec, verdict, Boot.COLD);
    }
    var key = templates.key(spec, verdict);
    var template = templates.get(key);
    return template.isPresent()
        ? clone(spec, key, template.get())
        : machines.start(spec, verdict, Boot.COLD);
  }

  @Override
  public boolean clones(VmSpec spec) {
    return config.clones()
        && templates.get(templates.key(spec, accelerator.get().accelerator())).isPresent();
  }

  /** A clone of {@code template}, or a machine that boots if that fails. */
  private QemuVm clone(VmSpec spec, TemplateKey key, Template template) {
    CaissonException failure;
    try {
      return template.start(boot -> machines.start(spec, key.accelerator(), boot));
    } catch (CaissonException e) {
      failure = e;
    }
    var vm = machines.start(spec, key.accelerator(), Boot.COLD);
    templates.reject(key, template, failure.text());
    return vm;
  }

  @Override
  public VmTemplates templates() {
    return new QemuTemplates(config, accelerator, templates);
  }

  @Override
  public Optional<Vm> adopt(VmId id) {
    return machines.adopt(id).map(vm -> vm);
  }

  @Override
  public List<VmRemains> remains(Set<VmId> known) {
    return remains.list(withOwn(known));
  }

  @Override
  public Set<VmId> strangers(Set<VmId> known) {
    return remains.machines(withOwn(known));
  }

  @Override
  public void sweep(Set<VmId> known) {
    remains.sweep(withOwn(known));
  }

  /** With the machines that no container asked for. */
  private Set<VmId> withOwn(Set<VmId> known) {
    var all = new HashSet<>(known);
    all.addAll(templates.originals());
    accelerator.probedMachine().ifPresent(all::add);
    return all;
  }

  /** What machines run on; where something is missing, what and what to do is the reason. */
  @Override
  public VmmStatus status() {
    var verdict = verdict();
    return new VmmStatus(verdict.accelerator().word(), verdict.reason(), kernel(), qemuVersion());
  }

  private Verdict verdict() {
    try {
      return accelerator.get();
    } catch (CaissonException e) {
      return new Verdict(Accelerator.TCG, "KVM could not be tried: " + e.text());
    }
  }

  private String kernel() {
    var file = config.kernel().toString();
    try {
      return new GuestKernel(config.kernel()).release().orElse(file);
    } catch (IOException e) {
      return file;
    }
  }

  private String qemuVersion() {
    try {
      return new QemuProgram(config.qemu()).version();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Ends the machines that no container asked for; all others run on. */
  @Override
  public void close() {
    templates.close();
  }
}

package caisson.vmm.agent;

import caisson.vmm.Vm;
import java.util.regex.Pattern;

/** What a guest's console tells of the machine's end. */
final class LastWords {
  /** The kernel's words in kernel/panic.c and kernel/reboot.c. */
  private static final Pattern PANIC = Pattern.compile("Kernel panic - not syncing: ([^\\r\\n]*)");

  private static final Pattern REBOOT = Pattern.compile("reboot: (Restarting system|Power down)");

  private LastWords() {}

  /**
   * Why a machine is gone.
   *
   * @param exit what is known of the VMM's process
   */
  static String why(Vm vm, String exit) {
    var console = vm.consoleTail();
    var panic = PANIC.matcher(console);
    if (panic.find()) {
      return "the guest's kernel panicked (" + panic.group(1).strip() + "): " + exit;
    }
    if (REBOOT.matcher(console).find()) {
      return "the guest restarted or switched off its machine: " + exit;
    }
    return exit;
  }

  /** The end of the console, to be put behind a sentence. */
  static String appended(Vm vm) {
    var console = vm.consoleTail().strip();
    return console.isEmpty() ? "; its console is empty" : "; the end of its console:\n" + console;
  }
}

package caisson.vmm;

import caisson.base.ByteSize;
import java.util.List;

/** The templates that machines are made clones of. */
public interface VmTemplates {
  /** Those that are there and those that are being made, the smallest first. */
  List<VmTemplate> list();

  /**
   * Makes the template for machines of that shape unless it is there, and waits for it.
   *
   * @return its name
   * @throws caisson.base.CaissonException UNSUPPORTED if machines are not to be clones, VM_FAILED
   *     or NO_RESOURCES with the reason if it cannot be made; nothing is left
   */
  String make(ByteSize memory, int cpus);

  /**
   * Removes a template; its clones run on.
   *
   * @throws caisson.base.CaissonException NOT_FOUND if there is none of that name, CONFLICT if it
   *     is being made
   */
  void remove(String name);
}

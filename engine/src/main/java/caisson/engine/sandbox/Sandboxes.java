package caisson.engine.sandbox;

import caisson.base.CaissonException;
import caisson.engine.DefaultNetwork;
import caisson.engine.EngineStatus;
import caisson.engine.Leak;
import caisson.engine.Templates;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where containers get their virtual machines from. */
public interface Sandboxes {
  /**
   * Starts a virtual machine and the container's first process in it; the process runs when this
   * returns. On failure nothing is left.
   *
   * @throws CaissonException COMMAND_NOT_FOUND and COMMAND_NOT_EXECUTABLE if the command is to
   *     blame
   */
  Sandbox start(SandboxRequest request, ProcessEvents events);

  /**
   * Starts a virtual machine and makes the container's first process, which waits for {@link
   * Sandbox#begin}. On failure nothing is left.
   *
   * @throws CaissonException COMMAND_NOT_FOUND and COMMAND_NOT_EXECUTABLE if the command is to
   *     blame
   */
  Sandbox prepare(SandboxRequest request, ProcessEvents events);

  /**
   * Starts a virtual machine that has the container's files and runs none of its processes. On
   * failure nothing is left.
   */
  Sandbox open(SandboxRequest request);

  /**
   * Takes over a virtual machine that an earlier daemon started.
   *
   * @param tenants all containers in it that are still wanted, at least one
   * @return theirs, in the same order; empty if the machine is gone, with everything that was left
   *     of it cleared away
   */
  Optional<List<Sandbox>> adopt(String vm, List<Tenant> tenants);

  /** The same of a machine with one container, the first. */
  default Optional<Sandbox> adopt(SandboxRequest request, String vm, ProcessEvents events) {
    return adopt(vm, List.of(new Tenant(request, Tenant.FIRST, events))).map(List::getFirst);
  }

  /** What is there and belongs to none of the machines in {@code known}. */
  List<Leak> leaks(Set<String> known);

  /** Removes what {@link #leaks} lists. */
  void sweep(Set<String> known);

  /** The templates that machines are clones of. */
  Templates templates();

  EngineStatus status();

  /** The network of sandboxes that ask for none in particular. */
  DefaultNetwork network();
}

package caisson.engine;

import java.util.List;

/**
 * What every front end drives: containers, each in a virtual machine of its own. A front end (the
 * Docker API, the OCI runtime, CRI) turns its requests into an OCI runtime spec and {@link
 * SandboxOptions}; the engine knows nothing of Docker's words.
 *
 * <p>Every method blocks until it is done and may be called from any thread. Failures are {@link
 * caisson.base.CaissonException}s.
 */
public interface Engine extends AutoCloseable {
  Containers containers();

  Execs execs();

  Volumes volumes();

  /** Containers that OCI engines make. */
  Bundles bundles();

  Events events();

  /** What the engine runs on: accelerator and why, kernels, counts. */
  EngineStatus status();

  /** The network of containers that ask for none in particular. */
  DefaultNetwork network();

  /** The templates that machines are clones of. */
  Templates templates();

  /** What is on the host and belongs to no container; empty when all is well. */
  List<Leak> leaks();

  /** Removes what {@link #leaks} lists. */
  void sweep();

  /** Stops serving; running virtual machines go on and are found again by the next daemon. */
  @Override
  void close();
}

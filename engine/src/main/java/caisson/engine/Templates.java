package caisson.engine;

import caisson.base.ByteSize;
import java.util.List;
import java.util.Optional;

/** Booted machines that containers' machines are clones of. */
public interface Templates {
  /** Those that are there and those that are being made, the smallest first. */
  List<Template> list();

  /**
   * Makes the template for containers with that memory limit unless it is there, and waits for it.
   *
   * @param limit empty for containers without one
   * @return the template's name
   */
  String make(Optional<ByteSize> limit);

  /** Removes a template; its clones run on. NOT_FOUND if there is none of that name. */
  void remove(String name);
}

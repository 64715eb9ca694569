package caisson.engine.vm;

import caisson.base.ByteSize;
import caisson.engine.sandbox.Uplink;
import caisson.oci.runtime.Spec;

/** Machines of one kind can stand in for each other. */
record Kind(ByteSize memory, int cpus, Uplink uplink) {
  /** What a container of {@code spec} needs. */
  static Kind of(Spec spec, Uplink uplink) {
    var shape = Shape.of(spec, Runtime.getRuntime().availableProcessors());
    return new Kind(shape.memory(), shape.cpus(), uplink);
  }
}

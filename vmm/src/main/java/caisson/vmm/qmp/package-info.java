/**
 * A small client of QMP, QEMU's control protocol (QEMU, docs/interop/qmp-spec.txt): a JSON object a
 * line, commands answered by id, events in between. QEMU is confined because it may be taken over
 * by its guest, so what it says is bounded and believed only as far as it has to be.
 */
package caisson.vmm.qmp;

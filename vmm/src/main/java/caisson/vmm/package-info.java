/**
 * A virtual machine as the engine sees it: {@link caisson.vmm.Vmm} starts one from a {@link
 * caisson.vmm.VmSpec} and finds those that an earlier daemon started; {@link caisson.vmm.Vm} is
 * one. What is particular to QEMU stays below.
 */
package caisson.vmm;

/**
 * Virtual machines by QEMU's microvm: {@link caisson.vmm.qemu.QemuVmm} starts each through
 * caisson-launch, which confines it, and steers it over QMP. All that belongs to a machine is in
 * one directory, whose path is also the machine's name in the command lines of its processes, so
 * that a later daemon finds both.
 */
package caisson.vmm.qemu;

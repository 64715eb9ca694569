/**
 * System call filters: {@link caisson.oci.seccomp.DefaultProfile} is the profile that containers
 * get, {@link caisson.oci.seccomp.SeccompCompiler} turns any profile into a classic BPF program.
 */
package caisson.oci.seccomp;

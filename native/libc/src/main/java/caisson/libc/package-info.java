/**
 * Typed system calls for programs that TeaVM compiles to C: the guest's agent and the host's native
 * commands.
 *
 * <p>One class a topic ({@link caisson.libc.Files}, {@link caisson.libc.Descriptors}, {@link
 * caisson.libc.Mounts}, {@link caisson.libc.Processes}…), constants with the kernel's names, file
 * descriptors as plain ints, and one exception, {@link caisson.libc.ErrnoException}, that says
 * which call failed on what. On a JVM the classes load, and everything that calls no native method
 * works, so that pure logic is tested there.
 *
 * <p>Two rules of TeaVM shape the package. Its collector moves objects, so an address of an array
 * is good for one call only: whatever outlives a call is copied to the C heap ({@link
 * caisson.libc.Block}), and {@link caisson.libc.Scratch} frees what belongs to one call. And its
 * program is one thread, which is what makes {@link caisson.libc.Processes#fork} safe: a child goes
 * on in the same Java heap, copied.
 */
package caisson.libc;

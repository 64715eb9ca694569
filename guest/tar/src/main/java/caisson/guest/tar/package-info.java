/**
 * Tar archives as the guest's agent and the command line read and write them, of files that are
 * copied to and from containers. Compiled by both, so it is plain Java: no recursion, every length
 * bounded.
 */
package caisson.guest.tar;

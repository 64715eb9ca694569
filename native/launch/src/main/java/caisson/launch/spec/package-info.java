/**
 * What caisson-launch is told: a {@link caisson.launch.spec.LaunchSpec}, written to its standard
 * input by the daemon and read there by the native program. Both sides compile these classes, so
 * there is one definition; the records refuse what cannot be right wherever they are made.
 *
 * <p>The encoding, big-endian: the magic {@code CSNL}, a format number (u16), then the record's
 * components in their order. A string is a u16 length and UTF-8; a list is a u16 count and its
 * elements; a choice (enum, sealed interface, boolean) is one byte. Nothing may follow. The whole
 * is at most {@link caisson.launch.spec.LaunchSpec#MAX_BYTES}.
 */
package caisson.launch.spec;

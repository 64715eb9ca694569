/**
 * The program {@code caissond}: configuration, the object graph written by hand, listening and
 * draining.
 *
 * <p>The configuration file has lines of {@code key = value}; a line that begins with {@code #} is
 * a comment, and an unknown key ends the start. It is {@code /etc/caisson/caisson.conf} for root
 * and {@code $XDG_CONFIG_HOME/caisson/caisson.conf} (without the variable, under {@code ~/.config})
 * for others; it may be missing. The keys are those of {@link caisson.daemon.Setting}.
 */
package caisson.daemon;

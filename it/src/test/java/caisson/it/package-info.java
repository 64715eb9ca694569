/**
 * Tests in real virtual machines, of the installation that {@code ./test} has built: a daemon of
 * the test's own in a network namespace of its own ({@link caisson.it.Daemon}), driven by the
 * command line as a user would ({@link caisson.it.Cli}).
 */
package caisson.it;

/** The daemon's log: one file and one before it, both bounded. */
package caisson.daemon.log;

/**
 * A container's files as tar archives, read and written by a child of the agent's that sees them as
 * the container does.
 */
package caisson.agent.archive;

/**
 * The agent's end of the channel to the host: what has come, what goes next, and what has to go
 * again after the host has been away. See {@link caisson.guest.protocol.Protocol}.
 */
package caisson.agent.channel;

/**
 * The host's end of the channel to a guest's agent. An {@link caisson.vmm.agent.Agent} carries out
 * requests and moves the streams of processes; it connects again by itself when the channel breaks,
 * and goes on with nothing lost and nothing repeated. What a guest says is never trusted: whatever
 * the protocol does not allow ends the conversation, and all that a guest can make the host keep is
 * bounded by the protocol's windows.
 */
package caisson.vmm.agent;

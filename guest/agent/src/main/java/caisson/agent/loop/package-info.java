/** The one loop that everything in the agent happens in. */
package caisson.agent.loop;

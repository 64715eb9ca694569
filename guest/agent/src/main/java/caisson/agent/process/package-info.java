/**
 * The processes that the host has asked for: their pipes and terminals, how they begin and how they
 * end. What a child does to itself before it becomes its program is the container package's.
 */
package caisson.agent.process;

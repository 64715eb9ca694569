/** What the daemon and a container's monitor say to each other; both sides compile it. */
package caisson.runtime.link;
